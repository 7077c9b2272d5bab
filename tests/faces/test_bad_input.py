"""Bad input, bad moments: the field is named, what was typed stays on the screen, and nothing moves."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from html import unescape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from congvu.common.actor import SYSTEM, Actor
from congvu.common.zones import VN
from congvu.domains.dossiers import services as acts
from congvu.domains.dossiers.models import Dossier
from congvu.domains.dossiers.types import ResultInput
from congvu.domains.procedures import services as procedures
from congvu.engines.deadlines.jobs import recompute_batch
from congvu.engines.workflow.models import WorkItem
from congvu.faces.desk import held
from congvu.ground.accounts.models import Subject, User
from congvu.ground.audit.models import Entry
from congvu.ground.events.services import deliver_pending
from congvu.ground.files.models import File
from congvu.ground.notifications.models import Message
from congvu.ground.numbering.models import Number
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.models import OneTimeKey, Record
from congvu.ground.worktime import services as worktime
from tests.ground.files.build import docx, pdf

COUNTER = "/lam-viec/mot-cua/tiep-nhan"
CHOSEN = f"{COUNTER}?thu-tuc=2.000908"


def form(**changed):
    return {
        "procedure": "2.000908", "key": "k1", "papers": "2", "applicant.personal_id": "099188000123",
        "applicant.full_name": "Trần Thị Lan", "applicant.phone": "0900 000 147", "request": "Cấp hai bản sao",
        "paper-0": "1", "paper-0-name": "Tờ khai", "paper-0-originals": "3", "result_channel": "counter",
    } | changed  # fmt: skip


@pytest.fixture
def clerk(world) -> Client:
    client = Client()
    client.force_login(User.objects.get(username="motcua"))
    return client


def moved() -> dict[str, int]:
    """What a reception leaves behind, counted."""
    tables = (Record, Dossier, Number, WorkItem, Subject, OneTimeKey)
    counts = {table.__name__: table.objects.count() for table in tables}
    return {name: count for name, count in counts.items() if count} | (
        {"acts": n} if (n := Entry.objects.filter(verb__startswith="dossier.", record__isnull=False).count()) else {}
    )


ONE = {"Record": 1, "Dossier": 1, "Number": 2, "WorkItem": 2, "Subject": 1, "OneTimeKey": 1, "acts": 1}


def refused(response, field: str, status: int = 422) -> str:
    """The page, after looking: its status, the field named in the summary, and nothing moved."""
    page = unescape(response.content.decode())
    assert response.status_code == status, page[-1500:]
    assert f'href="#{field}"' in page, field
    assert moved() == {}
    return page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("applicant.full_name", "A" * 10_000),
        ("applicant.full_name", "   "),
        ("applicant.full_name", "\x00"),
        ("applicant.personal_id", "0991880001\x0023"),
        ("applicant.personal_id", "٠٩٩١٨٨٠٠٠١٢٣"),
        ("applicant.phone", "không có"),
        ("applicant.email", "lan" * 200 + "@example.com"),
        ("applicant.email", "lan@exa\x00mple.com"),
        ("applicant.email", "không"),
        ("applicant.address", "Thôn " * 500),
        ("request", "x" * 2_001),
    ],
)
def test_the_field_is_named_and_everything_typed_stays(clerk, field, value):
    page = refused(clerk.post(CHOSEN, form(**{field: value})), field)
    kept = {"Trần Thị Lan", "099188000123", "0900 000 147", "Cấp hai bản sao"} - {form().get(field, "")}
    assert all(words in page for words in kept)
    if value.strip(" \x00") and "\x00" not in value:
        assert value.strip() in page
    assert 'name="paper-0-originals" inputmode="numeric" value="3"' in page


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        (unicodedata.normalize("NFD", "Nguyễn Thị Đặng"), "Nguyễn Thị Đặng"),
        ("Trần\x00 Thị\x07  Lan ", "Trần Thị Lan"),
        ("Lan 🙂 Trần", "Lan 🙂 Trần"),
    ],
)
def test_odd_names_are_stored_tidy(clerk, name, stored):
    assert clerk.post(CHOSEN, form(**{"applicant.full_name": name})).status_code == 302
    assert Dossier.objects.get().applicant["full_name"] == stored
    assert moved() == ONE


@pytest.mark.parametrize(
    ("field", "value"),
    [("result_channel", "x" * 400), ("result_channel", "\x00"), ("key", ""), ("key", "k" * 81), ("key", "k\x00")],
)
def test_values_no_screen_sends_are_refused_in_words(clerk, field, value):
    refused(clerk.post(CHOSEN, form(**{field: value})), field)


def test_paper_names_lose_control_characters(clerk):
    assert clerk.post(CHOSEN, form(**{"paper-0-name": "Tờ\x00 khai"})).status_code == 302
    assert [line["name"] for line in Dossier.objects.get().papers] == ["Tờ khai"]


@pytest.mark.parametrize("address", ["/lam-viec/tim?q=%00a%00", "/lam-viec/ho-so/?q=%00a", "/lam-viec/?xem=%00"])
def test_zero_bytes_in_a_search_find_nothing(clerk, address):
    assert clerk.get(address).status_code == 200


@pytest.mark.parametrize("cursor", ["x", "2026-11-19_x", "_", "2026-11-19T09:30:00+07:00_%00", "9" * 5000])
def test_a_strange_cursor_is_refused(clerk, cursor):
    for page in ("/lam-viec/ho-so/", "/lam-viec/tim?q=an", "/lam-viec/", "/lam-viec/thong-bao"):
        response = clerk.get(f"{page}{'&' if '?' in page else '?'}sau={cursor}")
        assert response.status_code in (200, 422), (page, cursor)


def test_the_same_key_twice_is_one_dossier_also_with_a_scan_chosen_again(clerk):
    """A double click, Back, a lost answer: the browser sends the same form and the same file once more."""
    sent = [clerk.post(CHOSEN, form(**{"paper-0-file": SimpleUploadedFile("quet.pdf", pdf("x"))})) for _ in range(2)]
    assert [response.status_code for response in sent] == [302, 302]
    assert sent[0]["Location"] == sent[1]["Location"]
    assert moved() == ONE
    assert File.objects.filter(record__isnull=False).count() == 1


@pytest.mark.parametrize("change", [{"request": "Cấp ba bản"}, {"paper-0-file": "other"}, {"result_channel": "post"}])
def test_the_same_key_with_other_content_is_refused_and_keeps_it(clerk, change):
    clerk.post(CHOSEN, form(**{"paper-0-file": SimpleUploadedFile("quet.pdf", pdf("x"))}))
    if "paper-0-file" not in change:
        change |= {"paper-0-file": SimpleUploadedFile("quet.pdf", pdf("x"))}
    else:
        change = {"paper-0-file": SimpleUploadedFile("quet.pdf", pdf("another"))}
    response = clerk.post(CHOSEN, form(**change))
    page = unescape(response.content.decode())
    assert response.status_code == 409
    assert "Mã gửi này đã dùng cho một nội dung khác" in page
    assert "Trần Thị Lan" in page
    assert form(**change)["request"] in page
    assert moved() == ONE


def test_two_tabs_are_two_dossiers(clerk):
    """Each opened form has a key of its own: two applicants in two tabs do not meet."""
    keys = set()
    for number, name in (("099188000123", "Trần Thị Lan"), ("099188000125", "Lê Thị Mai")):
        page = clerk.get(CHOSEN).content.decode()
        key = page.split('name="key" value="')[1].split('"')[0]
        keys.add(key)
        clerk.post(CHOSEN, form(**{"key": key, "applicant.personal_id": number, "applicant.full_name": name}))
    assert len(keys) == 2
    assert {d.applicant["full_name"] for d in Dossier.objects.all()} == {"Trần Thị Lan", "Lê Thị Mai"}


def test_an_act_from_a_stale_tab_changes_nothing(clerk, world):
    """The second tab still shows the dossier as it was: the act is done once, the repeat is told."""
    record = world.take_in("2.000908").record_id
    for status in (302, 409):
        response = clerk.post(f"/lam-viec/ho-so/{record}/dung", {"reason": "Người nộp đề nghị dừng."})
        assert response.status_code == status
    assert "Dừng giải quyết" in unescape(response.content.decode())
    assert Entry.objects.filter(verb="dossier.stop").count() == 1


@pytest.mark.parametrize("verb", ["tiep-nhan"])
def test_a_version_of_thousands_of_digits_is_told(clerk, world, verb):
    record = world.take_in("2.000908").record_id
    response = clerk.post(f"/lam-viec/ho-so/{record}/{verb}", {"version": "9" * 5000})
    assert response.status_code == 422
    assert "Hãy tải lại trang rồi làm lại." in unescape(response.content.decode())


def test_a_position_of_thousands_of_digits_is_nobody(clerk, world):
    item = WorkItem.objects.filter(record=world.take_in("2.000908").record_id, state="open").get()
    response = clerk.post(f"/lam-viec/ho-so/viec/{item.id}/phan-cong", {"position": "9" * 5000})
    assert response.status_code in (403, 404, 422)


def bomb() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 300_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("to-khai.pdf", lambda: b"MZ\x90\x00" + b"\0" * 400),
        ("to-khai.pdf", lambda: b"%PDF-1.7\n khong phai"),
        ("to-khai.docx", bomb),
        ("to-khai.pdf", lambda: b""),
        ("to-khai.exe", lambda: b"MZ\x90\x00" + b"\0" * 400),
        ("to-khai.docx", lambda: docx({"word/vbaProject.bin": b"x"})),
    ],
    ids=["program as pdf", "broken pdf", "zip bomb", "empty", "program", "macros"],
)
def test_files_that_cannot_be_taken_are_named_at_their_paper(clerk, name, make):
    response = clerk.post(CHOSEN, form(**{"paper-0-file": SimpleUploadedFile(name, make())}))
    page = refused(response, "paper-0-file")
    assert "Trần Thị Lan" in page
    assert "Cấp hai bản sao" in page
    assert not File.objects.exists()


def test_a_huge_file_is_named_at_its_paper(clerk, settings):
    settings.UPLOAD_LIMIT = 1000
    response = clerk.post(CHOSEN, form(**{"paper-0-file": SimpleUploadedFile("quet.pdf", pdf() + b"%" * 2000)}))
    refused(response, "paper-0-file")
    assert not File.objects.exists()


def test_a_session_that_ends_loses_nothing_typed(clerk):
    """Signed out meanwhile: the form is asked to sign in, and stands there again as typed."""
    clerk.cookies.clear()
    response = clerk.post(
        CHOSEN, form(**{"applicant.full_name": "Lê Thị Mai"}), headers={"referer": f"http://testserver{CHOSEN}"}
    )
    assert response.status_code == 302
    assert response["Location"].startswith("/can-bo/dang-nhap?next=%2Flam-viec%2Fmot-cua%2Ftiep-nhan")
    assert moved() == {}
    signed = clerk.post(response["Location"], {"login": "motcua", "password": "binh-lam-2026", "next": CHOSEN})
    assert signed["Location"] == CHOSEN
    page = unescape(clerk.get(CHOSEN).content.decode())
    for words in ("Lê Thị Mai", "099188000123", "0900 000 147", "Cấp hai bản sao"):
        assert words in page
    assert "Lê Thị Mai" not in unescape(clerk.get(CHOSEN).content.decode())


def test_an_act_after_the_session_ended_comes_back_to_its_form(clerk, world):
    record = world.take_in("2.000908").record_id
    where = f"/lam-viec/ho-so/{record}/?lam=dung"
    clerk.cookies.clear()
    response = clerk.post(
        f"/lam-viec/ho-so/{record}/dung",
        {"reason": "Bà Lan đề nghị dừng"},
        headers={"referer": f"http://testserver{where}"},
    )
    assert response.status_code == 302
    clerk.post(response["Location"], {"login": "motcua", "password": "binh-lam-2026"})
    assert "Bà Lan đề nghị dừng" in unescape(clerk.get(where).content.decode())
    assert not Entry.objects.filter(verb="dossier.stop").exists()


def test_what_is_too_much_for_a_session_is_not_held(clerk):
    clerk.cookies.clear()
    response = clerk.post(CHOSEN, form(request="x" * 40_000), headers={"referer": f"http://testserver{CHOSEN}"})
    assert response.status_code == 302
    assert "typed" not in clerk.session


def test_strangers_cannot_fill_the_session_table(client, world, monkeypatch):
    """One address is held for so often; after that it is still asked to sign in, and no session is made."""
    monkeypatch.setattr(held, "HOLDS", 3)
    for _try in range(5):
        client.cookies.clear()
        assert client.post(CHOSEN, form()).status_code == 302
    assert Session.objects.count() == 3


@pytest.mark.parametrize(
    ("received", "due"),
    [
        # Thursday 12/2/2026 + 3 working days: Friday 13 is day 1; Tết holiday 14 to 22/2; Monday 23 and Tuesday 24.
        (datetime(2026, 2, 12, 9, 0, tzinfo=VN), datetime(2026, 2, 24, 9, 0, tzinfo=VN)),
        # Friday 9/1/2026: Saturday 10/1 is worked in place of 2/1 and is day 1, then Monday 12 and Tuesday 13.
        (datetime(2026, 1, 9, 9, 0, tzinfo=VN), datetime(2026, 1, 13, 9, 0, tzinfo=VN)),
    ],
)
def test_due_times_over_tet_and_over_a_worked_saturday(world, received, due):
    # The catalogue of the small world begins on its own day; here it is loaded on the day of reception.
    world.clock.move_to(received)
    rows = [row for row in procedures.shipped_rows() if row["code"] == "1.014464"]
    procedures.import_rows(SYSTEM, rows, dry_run=False)
    intake = world.intake("1.014464")
    answer = acts.take_in(in_center(world, "tt-tinh"), intake, key="tet")
    assert answer.due_at == due
    assert Record.objects.get(id=answer.record_id).due_at == due


def in_center(world, center: str) -> Actor:
    position = orgs.positions(world.made.units[center], "clerk")[0]
    return orgs.staff_actor(orgs.holders_of(position.id)[0].user_id, position.id)


def test_a_calendar_changed_under_open_dossiers_moves_only_those_it_touches(world):
    """Friday 20/11 becomes a day off. 3 days from Thursday end Thursday 26; one working day from Thursday: Monday 23.

    A dossier already finished keeps its promise; codes, numbers and work stay as they are.
    """
    running, short, finished = (world.take_in(code) for code in ("1.004873", "2.000908", "2.000908"))
    item = world.go_to(finished.record_id, "issue")
    acts.issue_result(world.holder(finished.record_id), item.id, ResultInput(text="Cấp bản sao."))
    before = moved()
    off = {"kind": "off", "cause": "holiday", "name": "Nghỉ bão", "legal_basis": "Công điện (minh họa)"}
    worktime.set_day_rule(SYSTEM, "vn", day=date(2026, 11, 20), **off)
    for _ in range(2):
        deliver_pending()
        recompute_batch([str(one.record_id) for one in (running, short, finished)], "vn")
    due = {one: Record.objects.get(id=one.record_id).due_at for one in (running, short, finished)}
    assert due == {
        running: datetime(2026, 11, 26, 9, 30, tzinfo=VN), short: datetime(2026, 11, 23, 9, 30, tzinfo=VN),
        finished: datetime(2026, 11, 20, 9, 30, tzinfo=VN),
    }  # fmt: skip
    assert moved() == before
    assert Message.objects.filter(kind="due_changed").count() == 2
    assert WorkItem.objects.get(record=running.record_id, state="open").due_at == due[running]
