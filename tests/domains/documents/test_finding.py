"""Looking documents up: every field, what looks like a number, words of files, orders, pages, kept searches."""

from __future__ import annotations

import io
import subprocess
import zipfile
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
import time_machine

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.domains.documents import selectors, services
from congvu.domains.documents.models import Incoming, SavedSearch
from congvu.domains.documents.selectors import FindQuery
from congvu.domains.documents.selectors.finding import FIELDS, WORDS
from congvu.domains.documents.types import Forwarding
from congvu.ground.events.models import Event
from congvu.ground.files import jobs
from congvu.ground.files import services as files
from congvu.ground.files.models import BlobText
from tests.domains.documents.office import Office
from tests.domains.documents.test_registers import issued
from tests.marks import refuses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_saturday(office):
    with time_machine.travel(datetime(2026, 11, 21, 14, tzinfo=VN), tick=False):
        yield


def found(office: Office, actor=None, **asked) -> list[str]:
    fields = {key: asked.pop(key) for key in list(asked) if key not in ("text", "content", "scope", "order")}
    page = selectors.find(actor or office.clerk, FindQuery(**asked, fields=fields), limit=50)
    return [row.code for row in page.rows]


def word(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
    return out.getvalue()


def with_file(office: Office, content: bytes, name: str = "goc.docx", **values) -> UUID:
    file = files.store(office.clerk, name=name, content=content)
    record = office.register(files=(file.id,), **values).record_id
    jobs.read(record=str(record))
    return record


def test_what_looks_like_a_number_is_read_as_one(office: Office):
    for number, symbol in (("15", "QĐ-UBND"), ("115", "QĐ-UBND"), ("12", "UBND-VP"), ("7", "BC-SNV")):
        office.register(number=number, symbol=symbol)
    issued(office, 15)
    assert sorted(found(office, text="15/QĐ-UBND")) == ["15/QĐ-UBND", "15/QĐ-UBND"]
    assert found(office, text="15/qd-ubnd", scope="in") == ["15/QĐ-UBND"]
    assert found(office, text="Số: 12/UBND") == ["12/UBND-VP"]
    assert found(office, text="07/") == ["7/BC-SNV"]
    assert found(office, text="115") == ["115/QĐ-UBND"]
    assert sorted(found(office, text="4", scope="in")) == ["7/BC-SNV"]  # its number of arrival
    assert found(office, text="99/QĐ-UBND") == []


def test_words_are_found_without_marks_in_subject_sender_and_signer(office: Office):
    office.register(number="1", subject="V/v phòng chống cháy rừng", sender="Hạt Kiểm lâm", signer="Đỗ Văn Đạt")
    office.register(number="2", subject="V/v biên chế")
    for text in ("chay rung", "kiểm lâm", "do van dat", "RỪNG hạt", '"cháy rừng'):
        assert found(office, text=text) == ["1/SNV-TCBC"]


def test_every_field_narrows_to_the_document_that_has_it(office: Office):
    office.register(
        number="1", symbol="KH-STC", kind_name="Kế hoạch", sender="Sở Tài chính", priority=2, signer="Đỗ Văn Đạt",
        signer_position="Giám đốc", description="Kèm phụ lục", reply_by=date(2026, 12, 1), copies=4, pages=9,
        issued_on=date(2026, 11, 3), paper_follows=True, sender_code="H99.07", channel="mail",
        document_id="H99.07,2026/11/03,1/KH-STC",
    )  # fmt: skip
    office.register(Forwarding(unit=office.unit("kt")), number="2")
    one, two = ["1/KH-STC"], ["2/SNV-TCBC"]
    asked = {
        "number": "01", "symbol": "kh", "kind": "ke hoach", "sender": "tai chinh", "signer": "đạt", "priority": 2,
        "signer_position": "giam doc", "description": "phụ lục", "copies": 4, "pages": 9, "paper": True,
        "sender_code": "h99", "channel": "mail", "document_id": "2026/11/03", "arrival_number": 1,
        "issued_until": date(2026, 11, 3), "reply_since": date(2026, 12, 1), "reply_until": date(2026, 12, 1),
        "state_in": "registered",
    }  # fmt: skip
    for name, value in asked.items():
        assert (name, found(office, scope="in", **{name: value})) == (name, one)
    assert found(office, unit=office.unit("kt")) == two
    assert found(office, issued_since=date(2026, 11, 4)) == two
    assert found(office, arrived_since=date(2026, 11, 22)) == []
    assert sorted(found(office, arrived_until=date(2026, 11, 21))) == one + two
    assert sorted(found(office, registered_by="ngan", secrecy=0)) == one + two
    issued(office, 5)
    for name, value in (("drafter", "soan"), ("sent_since", date(2026, 11, 20)), ("capacity", "")):
        assert (name, found(office, **{name: value})) == (name, ["05/QĐ-UBND"])
    assert found(office, state_out="issued", subject="ke hoach") == ["05/QĐ-UBND"]
    assert found(office, recipient="so noi vu") == []
    assert found(office, result="xong") == found(office, language="Anh") == []
    assert {*FIELDS, *WORDS} >= {"number", "symbol", "sender", "signer", "kind", "priority", "unit"}


def test_words_of_files_are_found_in_word_and_pdf_once_they_were_read(office: Office):
    with_file(office, word("Kế hoạch trồng rừng", "phòng hộ ven sông Mực"), number="1")
    other = with_file(office, word("Rừng và sông, không có gì khác"), number="2")
    assert found(office, content="rung phong ho") == ["1/SNV-TCBC"]
    assert sorted(found(office, content="sông rừng")) == ["1/SNV-TCBC", "2/SNV-TCBC"]
    assert found(office, content='"ven song muc"') == ["1/SNV-TCBC"]
    assert found(office, content='"song ven"') == []
    assert found(office, content="???") == []
    assert found(office, actor=office.official, content="rung phong ho") == []
    (row,) = selectors.find(office.clerk, FindQuery(content="ven sông")).rows
    assert row.piece == "Kế hoạch trồng rừng phòng hộ ven sông Mực"
    jobs.read(record=str(other))
    assert BlobText.objects.count() == 2


def test_the_text_of_a_pdf_is_read_and_a_broken_one_is_no_error(office: Office):
    from congvu.engines.typeset import services as typeset
    from congvu.engines.typeset.types import Column, RegisterBook

    pdf = typeset.set_register(RegisterBook(
        kind="report", agency="UBND xã", title="Rà soát đê điều", columns=(Column("Tuyến"),), rows=(("Kè sông Bạc",),)
    ))  # fmt: skip
    with_file(office, pdf, name="a.pdf", number="1")
    assert found(office, content="ke song bac") == ["1/SNV-TCBC"]
    broken = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF"
    record = office.register(number="2").record_id
    file = files.store(office.clerk, name="b.pdf", content=pdf[:-1] + b" ")
    files.attach(office.clerk, file.id, record=record, purpose="document")
    from congvu.ground.files import markup, reading

    with pytest.raises(reading.Unreadable):
        reading.text_of(_written(broken), "application/pdf")
    with pytest.raises(reading.Unreadable):
        reading.text_of(_written(b"PK\x03\x04"), markup.WORD)


def _written(content: bytes):
    import tempfile
    from pathlib import Path

    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(content)
    return Path(file.name)


def test_a_mark_of_secrecy_in_a_file_warns_once_and_words_about_honey_do_not(office: Office):
    from congvu.ground.events.services import deliver_pending

    marked = with_file(office, word("TỐI MẬT", "Số: 01/BC"), number="1", name="bao-cao.docx")
    honey = with_file(office, word("Phát triển nghề nuôi ong lấy MẬT ong", "Mật độ dân cư"), number="2")
    jobs.read(record=str(marked))
    deliver_pending()
    expected = "Tệp “bao-cao.docx” có thể có dấu TỐI MẬT. Nếu đúng là văn bản mật, không xử lý trên hệ thống này."
    assert Incoming.objects.get(pk=marked).warnings == [expected]
    assert Incoming.objects.get(pk=honey).warnings == []
    assert Event.objects.filter(name="file.marks_found").count() == 2


@refuses("document.note_marks")
def test_only_the_program_warns_of_marks(office: Office):
    record = office.register().record_id
    with pytest.raises(Forbidden):
        services.note_marks(office.clerk, record, [("a", "MẬT")])
    assert Incoming.objects.get(pk=record).warnings == []


@pytest.mark.parametrize("asked", [{}, {"content": "bien"}])
def test_pages_follow_each_other_over_both_kinds_and_many_weeks(office: Office, asked):
    made = []
    for back in (0, 1, 9, 40, 200, 500):
        with time_machine.travel(datetime(2026, 11, 21, 14, tzinfo=VN) - timedelta(days=back), tick=False):
            given = {"number": str(back + 1), "issued_on": None}
            made.append(with_file(office, word(f"Văn bản về biển {back}"), **given))
    if not asked:
        made += [issued(office, 5)]
    seen, after = [], ""
    while True:
        page = selectors.find(office.clerk, FindQuery(**asked), after=after, limit=2)
        seen += [(row.at, row.id) for row in page.rows]
        after = page.next
        if not after:
            break
    assert {key for _at, key in seen} == set(made)
    assert seen == sorted(seen, reverse=True)
    with pytest.raises(Invalid):
        selectors.find(office.clerk, FindQuery(), after="x")


def test_other_orders_are_made_of_the_newest(office: Office):
    for number, sender in (("10", "Sở Y tế"), ("9", "Đài Truyền thanh"), ("100", "Hội Nông dân")):
        office.register(number=number, sender=sender)
    assert found(office, order="number") == ["9/SNV-TCBC", "10/SNV-TCBC", "100/SNV-TCBC"]
    assert found(office, order="party") == ["9/SNV-TCBC", "100/SNV-TCBC", "10/SNV-TCBC"]
    page = selectors.find(office.clerk, FindQuery(order="number"), limit=2)
    assert (len(page.rows), page.next) == (2, "2")
    assert [r.code for r in selectors.find(office.clerk, FindQuery(order="number"), after="2", limit=2).rows] == [
        "100/SNV-TCBC"
    ]
    assert selectors.found_at_once(office.clerk, FindQuery(order="number"))[0].code == "9/SNV-TCBC"


def test_a_page_takes_few_statements(office: Office, django_assert_max_num_queries):
    for number in range(5):
        with_file(office, word("Trồng rừng"), number=str(number))
        issued(office, number + 1)
    clerk = office.clerk
    with django_assert_max_num_queries(8):
        assert len(selectors.find(clerk, FindQuery(text="noi vu"), limit=10).rows) == 5
    with django_assert_max_num_queries(18):
        assert len(selectors.find(clerk, FindQuery(content="rung"), limit=10).rows) == 5


@refuses("document.save_search", "document.drop_search")
def test_searches_are_kept_by_their_person(office: Office, monkeypatch):
    with pytest.raises(Forbidden):
        services.save_search(office.world.citizen(), "x", "q=1")
    for name, query in ((" ", "q=1"), ("a" * 81, "q=1"), ("a", ""), ("a", "q" * 2001)):
        with pytest.raises(Invalid):
            services.save_search(office.clerk, name, query)
    assert SavedSearch.objects.count() == 0
    services.save_search(office.clerk, "Văn bản khẩn", "khan=1")
    kept = services.save_search(office.clerk, "Văn bản khẩn", "khan=2")
    assert selectors.searches(office.clerk) == [(kept, "Văn bản khẩn", "khan=2")]
    assert selectors.searches(office.chair) == []
    with pytest.raises(NotFound):
        services.drop_search(office.chair, kept)
    monkeypatch.setattr("congvu.domains.documents.services.searching.MOST", 1)
    with pytest.raises(Conflict):
        services.save_search(office.clerk, "Khác", "q=1")
    services.drop_search(office.clerk, kept)
    assert SavedSearch.objects.count() == 0


def test_poppler_is_where_the_suite_runs():
    assert subprocess.run(["pdftotext", "-v"], capture_output=True, check=True).returncode == 0
