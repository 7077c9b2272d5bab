"""Xin ý kiến dự thảo on the desk: asking, answering with a file, taking over, the table to print, the lists."""

from __future__ import annotations

import io
import subprocess
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from congvu.boot.demo.arrivals import holder
from congvu.domains.documents import selectors
from congvu.domains.documents.models import Consultation, Consulted, DraftOpinion
from tests.domains.documents.conftest import office  # noqa: F401
from tests.faces.desk.pages import errors, text
from tests.faces.shape import faults

pytestmark = pytest.mark.django_db
HERE = "/lam-viec/van-ban-di/"


@pytest.fixture
def head(desk, office):  # noqa: F811
    """A client of the head of the section that is asked."""
    from django.contrib.auth import get_user_model

    actor = holder(office.world.made, "xa-yen-khe-vh", "head")
    return desk(get_user_model().objects.get(id=actor.user_id).username)


def asked(desk, office, draft: UUID, **values):  # noqa: F811
    given = {"asked": f"{office.unit('vh')}:", "due_on": "20/11/2026", "question": "Mục 2 đã đủ chưa?", **values}
    return desk("chuyenmon").post(f"{HERE}{draft}/du-thao/xin-y-kien", given)


def test_the_way_of_an_opinion_without_script(desk, office, head):  # noqa: F811
    draft = office.draft()
    assert head.get(f"{HERE}{draft}/").status_code == 404
    form = desk("chuyenmon").get(f"{HERE}{draft}/?lam=xin-y-kien")
    assert ("Phòng Văn hóa - Xã hội" in text(form), 'value="23/11/2026"' in form.content.decode()) == (True, True)
    assert faults(form) == []
    assert asked(desk, office, draft).status_code == 302
    inbox = head.get("/lam-viec/")
    assert "Cho ý kiến dự thảo văn bản" in text(inbox)
    listed = head.get(f"{HERE}xin-y-kien")
    assert ("Mục 2 đã đủ chưa?" in text(listed), "Chưa cho ý kiến" in text(listed), faults(listed)) == (True, True, [])
    page = head.get(f"{HERE}{draft}/")
    assert ("Gửi ý kiến" in text(page), 'class="cv-card o-answer" open' in page.content.decode()) == (True, True)
    assert (faults(page), "Sửa" in text(page)) == ([], False)
    one = Consulted.objects.get().id
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "PNG")
    file = SimpleUploadedFile("gop-y.png", picture.getvalue(), "image/png")
    sent = head.post(
        f"{HERE}{draft}/du-thao/cho-y-kien",
        {"consulted": one, "n": 1, "stance": "remarks", "said": "Thiếu số liệu quý IV.", "file": file},
    )
    assert sent.status_code == 302, errors(sent)
    page = desk("chuyenmon").get(f"{HERE}{draft}/")
    assert [words in text(page) for words in ("1/1 đã cho ý kiến", "Thiếu số liệu quý IV.", "Tệp kèm theo")] == [
        True
    ] * 3
    opinion = DraftOpinion.objects.get()
    took = {"opinion": opinion.id, "taken": "accepted", "words": "Đã bổ sung."}
    assert desk("chuyenmon").post(f"{HERE}{draft}/du-thao/tiep-thu", took).status_code == 302
    page = desk("chutich").get(f"{HERE}{draft}/")
    assert ("Tiếp thu: Đã bổ sung." in text(page), faults(page)) == (True, [])
    assert "Tôi xin ý kiến" in text(desk("chuyenmon").get(f"{HERE}xin-y-kien?ben=toi-hoi"))


def test_the_summary_is_printed(desk, office, head):  # noqa: F811
    draft = office.draft()
    assert desk("chuyenmon").get(f"{HERE}{draft}/tong-hop-y-kien.pdf").status_code == 404
    asked(desk, office, draft)
    given = {"consulted": Consulted.objects.get().id, "n": 1, "stance": "disagree", "said": "Chưa đúng thẩm quyền."}
    head.post(f"{HERE}{draft}/du-thao/cho-y-kien", given)
    sent = desk("chuyenmon").get(f"{HERE}{draft}/tong-hop-y-kien.pdf")
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=sent.content, capture_output=True, check=True)
    words = " ".join(run.stdout.decode().split())
    for part in ("BẢNG TỔNG HỢP, TIẾP THU, GIẢI TRÌNH Ý KIẾN", "Không nhất trí", "Chưa đúng thẩm quyền."):
        assert part in words, words


def test_refused_forms_come_back_with_what_was_typed(desk, office, head):  # noqa: F811
    draft = office.draft()
    refused = asked(desk, office, draft, asked="", question="Giữ câu này")
    assert (refused.status_code, errors(refused)[0][0]) == (422, "lam-asked")
    assert "Giữ câu này" in refused.content.decode()
    sunday = asked(desk, office, draft, due_on="22/11/2026")
    assert errors(sunday) == [("lam-due_on", "Ngày này không phải ngày làm việc; hãy chọn ngày khác.")]
    assert f'value="{office.unit("vh")}:" checked' in " ".join(sunday.content.decode().split())
    assert Consultation.objects.count() == 0
    asked(desk, office, draft)
    one = Consulted.objects.get().id
    empty = head.post(f"{HERE}{draft}/du-thao/cho-y-kien", {"consulted": one, "n": 1, "stance": "remarks", "said": ""})
    assert (empty.status_code, errors(empty)) == (422, [("lam-said", "Ghi nội dung ý kiến.")])
    assert 'value="remarks" id="lam-stance-2" checked' in empty.content.decode()
    other = office.draft()
    wrong = head.post(f"{HERE}{other}/du-thao/cho-y-kien", {"consulted": one, "n": 1, "stance": "agree"})
    assert (wrong.status_code, DraftOpinion.objects.count()) == (404, 0)
    assert desk("chuyenmon").post(f"{HERE}{draft}/du-thao/khac").status_code == 404


def test_a_round_is_closed(desk, office, head):  # noqa: F811
    draft = office.draft()
    asked(desk, office, draft)
    (round_,) = selectors.consultations(office.official, draft)
    sent = desk("chuyenmon").post(f"{HERE}{draft}/du-thao/khep-y-kien", {"round": round_.id})
    assert sent.status_code == 302
    assert "Đã khép" in text(head.get(f"{HERE}{draft}/"))
    assert desk("chuyenmon").post(f"{HERE}{draft}/du-thao/khep-y-kien", {"round": round_.id}).status_code == 409
