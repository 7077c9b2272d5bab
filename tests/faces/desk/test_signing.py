"""Chờ ký without script: the list, what is read, what is returned, what a batch says afterwards."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from congvu.domains.documents import selectors, services
from congvu.engines.signing import jobs
from congvu.engines.signing import services as signing
from congvu.engines.signing.models import Batch, Certificate
from tests.domains.documents.conftest import signing_office  # noqa: F401 - a fixture
from tests.engines.signing.conftest import clock, pki  # noqa: F401 - fixtures
from tests.engines.signing.pki import PIN, credential
from tests.engines.signing.test_batches import Token
from tests.faces.desk.pages import errors, text
from tests.faces.shape import faults

pytestmark = pytest.mark.django_db
LIST = "/lam-viec/cho-ky/"


def waiting(house, count=2):
    made = [house.draft("QD", subject=f"Về việc số {n}") for n in range(count)]
    for record in made:
        house.to_signature(record)
    return made


def certificate(house, name="chair"):
    return Certificate.objects.get(content=getattr(house.pki, name).der).id


def test_read_sign_and_result_by_plain_forms(desk, signing_office):  # noqa: F811
    house = signing_office
    first, second = waiting(house)
    client = desk("chutich")
    page = client.get(LIST)
    assert ("Chưa xem" in text(page), "Ký 1 văn bản" in text(page), faults(page)) == (True, False, [])
    gone = client.post(f"{LIST}{first}/xem", {"n": 1})
    assert gone.url == f"{LIST}?xem={second}"
    form = client.get(f"{LIST}ky")
    assert (form.context["sign_words"], faults(form)) == ("Ký 1 văn bản đã xem", [])
    (token,) = form.context["tokens"]
    wrong = client.post(f"{LIST}ky", {"chosen": token, "certificate": certificate(house), "pin": "1"})
    assert (wrong.status_code, errors(wrong)) == (422, [("ky-pin", "Mã PIN hoặc mật khẩu khóa không đúng.")])
    assert Batch.objects.count() == 0
    other = client.post(f"{LIST}ky", {"chosen": token, "certificate": certificate(house, "ending"), "pin": PIN})
    assert (other.status_code, errors(other)[0][0]) == (422, "ky-certificate")
    done = client.post(f"{LIST}ky", {"chosen": token, "certificate": certificate(house), "pin": PIN})
    page = client.get(done.url)
    assert ("Đang hoàn tất 1 văn bản: xong 0" in text(page), faults(page)) == (True, [])
    (job,) = ProcrastinateJob.objects.filter(task_name="signing.run_batch")
    jobs.run_batch(**job.args)
    assert "1 văn bản đã ký" in text(client.get(f"{done.url}/tien-do"))
    assert [row.id for row in selectors.to_sign(house.chair)] == [second]
    assert desk("phochutich").get(done.url).status_code == 404


def test_returned_with_a_phrase_to_the_head_of_the_drafting_unit(desk, signing_office):  # noqa: F811
    house = signing_office
    (record,) = waiting(house, 1)
    (row,) = selectors.to_sign(house.chair)
    client = desk("chutich")
    given = {"item": row.item, "to": "noi_dung"}
    empty = client.post(f"{LIST}{record}/tra-lai", given)
    assert (empty.status_code, errors(empty)) == (422, [("tl-reason", "Ghi rõ cần sửa điều gì.")])
    client.post(f"{LIST}{record}/tra-lai", {**given, "phrase": "0", "reason": "Thiếu bảng 2."})
    view = selectors.outgoing(house.world.staff("truongphong"), record)
    assert view.row.state == "reviewing"
    page = desk("truongphong").get(f"/lam-viec/van-ban-di/{record}/")
    assert "Bổ sung số liệu, căn cứ rồi trình lại. Thiếu bảng 2." in text(page)


def test_changed_while_it_was_read_is_shown_anew(desk, signing_office):  # noqa: F811
    house = signing_office
    (record,) = waiting(house, 1)
    services.save_draft(house.chair, record, subject="kiện toàn", content=house.content("Sửa."))
    page = desk("chutich").post(f"{LIST}{record}/xem", {"n": 1})
    assert page.status_code == 409
    assert "Đây là bản mới, hãy xem lại." in text(page)
    assert 'name="n" value="2"' in page.content.decode()


def test_a_token_pulled_out_asks_for_one_more_authentication(desk, signing_office):  # noqa: F811
    from congvu.domains.documents.types import ToSign

    house = signing_office
    for record in waiting(house):
        services.mark_read(house.chair, record, n=1)
    rows = [ToSign(row.item, row.version) for row in selectors.to_sign(house.chair)]
    batch = services.open_signing(house.chair, certificate(house), rows)
    signing.hold_signatures(house.chair, batch, Token(credential(house.pki.chair), 1))
    client = desk("chutich")
    page = client.get(f"{LIST}luot/{batch}")
    assert ("Ký tiếp 1 văn bản còn lại" in text(page), faults(page)) == (True, [])
    client.post(f"{LIST}luot/{batch}/tiep", {"certificate": certificate(house), "pin": PIN})
    jobs.run_batch(str(batch))
    assert [str(item.state) for item in signing.batch_items(house.chair, batch)] == ["signed", "signed"]


def test_the_list_reads_the_same_number_of_statements_whatever_waits(
    desk, signing_office, django_assert_max_num_queries  # noqa: F811
):  # fmt: skip
    house, client = signing_office, desk("chutich")
    waiting(house, 1)
    client.get(LIST)
    with django_assert_max_num_queries(60) as one:
        client.get(LIST)
    waiting(house, 3)
    with django_assert_max_num_queries(60) as four:
        client.get(LIST)
    assert len(one) == len(four)


def test_opinions_are_told_and_an_objection_keeps_it_out(desk, signing_office):  # noqa: F811
    from tests.domains.documents.test_objections import allow_unread, ask, say

    house = signing_office
    first, second = waiting(house)
    allow_unread(house)
    say(house, ask(house, first, "vh")["vh"], "vh", "disagree", "Trái quy định về thẩm quyền.")
    say(house, ask(house, second, "vh", "kt")["vh"], "vh", "remarks", "Bổ sung số liệu.")
    client = desk("chutich")
    page = client.get(f"{LIST}?xem={first}")
    assert faults(page) == []
    told = text(page)
    assert "Xin ý kiến: 1/1 đã trả lời" in told
    assert "Trái quy định về thẩm quyền." in told
    assert f"/lam-viec/van-ban-di/{first}/#xin-y-kien" in page.content.decode()
    assert "1 ý kiến chưa tiếp thu" in told
    form = client.get(f"{LIST}ky")
    assert ([token.split(":")[0] for token in form.context["tokens"]], faults(form)) == (
        [str(row.item) for row in selectors.to_sign(house.chair) if row.id == second], [],
    )  # fmt: skip
    assert "Về việc số 0" in text(form)
    assert "Phòng Văn hóa - Xã hội (Nhất trí, có ý kiến)" in text(form)
    client.post(f"{LIST}{first}/xem", {"n": 1})
    assert len(client.get(f"{LIST}ky").context["tokens"]) == 2
