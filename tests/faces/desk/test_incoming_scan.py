"""Vào sổ with a scan: a job reads it, the form takes what it says, the clerk may go on without it."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from congvu.domains.documents.models import Incoming
from congvu.ground.events.services import deliver_pending
from congvu.ground.files import jobs
from congvu.ground.files import ocr as recogniser
from congvu.ground.files.errors import ReadingFailed
from congvu.ground.files.models import File
from tests.domains.documents.conftest import office  # noqa: F401
from tests.faces.desk.pages import errors, text
from tests.faces.desk.test_incoming import HERE, PDF, fields
from tests.faces.shape import faults

NEW = HERE + "vao-so"
ASK = NEW + "/doc-quet"
WORDS = "SỞ XÂY DỰNG\n\nSố: 05/SXD-QLN      Bình Lam, ngày 17 tháng 11 năm 2026\nV/v rà soát nhà ở\n\nKính gửi: xã"
SECRET = "SỞ NỘI VỤ\nSố: 02/SNV-VP\n\nMẬT\n\nV/v việc kín\n"
EMPTY = {"number": "", "symbol": "", "subject": "", "issued_on": "", "kind_name": ""}


def scanned(monkeypatch, words: str) -> SimpleUploadedFile:
    monkeypatch.setattr(recogniser, "available", lambda: True)
    monkeypatch.setattr(recogniser, "read", lambda _path, _type: words)
    return SimpleUploadedFile("quet.pdf", PDF, "application/pdf")


def run() -> int:
    """Run the readings that wait; how many."""
    found = ProcrastinateJob.objects.filter(task_name="files.recognise", status="todo")
    asked = list(found.values_list("args__file", flat=True))
    for file in asked:
        jobs.recognise(file)
    return len(asked)


def test_a_scan_is_read_by_a_job_and_the_form_takes_what_it_says(desk, office, monkeypatch):  # noqa: F811
    scan = scanned(monkeypatch, WORDS)
    client = desk("vanthu")
    assert "Đọc bản quét, điền sẵn các ô" in text(client.get(NEW))
    empty = fields(**EMPTY, sender="Sở Xây dựng tỉnh")
    page = client.post(NEW, {**empty, "scan": scan, "read": "1"})
    kept = File.objects.get()
    held = {**empty, "scan-kept": str(kept.id), "read": "1"}
    assert (page.status_code, faults(page)) == (200, [])
    assert "Đang đọc bản quét" in text(page)
    assert f'hx-get="{ASK}?tep={kept.id}"' in page.content.decode()
    assert 'value="Sở Xây dựng tỉnh"' in page.content.decode(), "what was typed stays"
    # Without script the same button asks again, and nothing is read twice.
    assert "Xem đã đọc xong chưa" in text(client.post(NEW, held))
    assert "hx-trigger" in client.get(ASK, {"tep": kept.id}).content.decode()
    assert run() == 1
    ready = client.get(ASK, {"tep": kept.id})
    assert "Đã đọc xong bản quét" in text(ready)
    assert "hx-trigger" not in ready.content.decode(), "it asks no more"
    page = client.post(NEW, held)
    body = page.content.decode()
    assert faults(page) == []
    assert ">V/v rà soát nhà ở</textarea>" in body
    for value in ("5", "SXD-QLN", "17/11/2026", "Công văn", "Sở Xây dựng tỉnh"):
        assert f'value="{value}"' in body
    assert "5 ô được điền từ bản quét" in text(page)
    assert Incoming.objects.count() == 0, "reading registers nothing"
    sent = fields(number="5", symbol="SXD-QLN", subject="V/v rà soát nhà ở", **{"scan-kept": str(kept.id)})
    client.post(NEW, sent)
    assert File.objects.get().record_id == Incoming.objects.get().record_id
    nothing = client.post(NEW, {**empty, "read": "1"})
    assert errors(nothing) == [("lam-scan", "Chọn bản quét trước khi đọc.")]


def test_the_clerk_goes_on_without_it(desk, office, monkeypatch):  # noqa: F811
    """Registered before the machine was ready; its words are found afterwards, a mark only warns."""
    scan = scanned(monkeypatch, SECRET)
    client = desk("vanthu")
    client.post(NEW, fields(scan=scan))
    row = Incoming.objects.get()
    assert run() == 1
    assert File.objects.get().record_id == row.record_id, "people judge what people registered"
    deliver_pending()
    row.refresh_from_db()
    assert row.warnings == ["Tệp “quet.pdf” có thể có dấu MẬT. Nếu đúng là văn bản mật, không xử lý trên hệ thống này."]


def test_a_mark_of_secrecy_on_a_scan_stops_everything(desk, office, monkeypatch):  # noqa: F811
    scan = scanned(monkeypatch, SECRET)
    client = desk("vanthu")
    client.post(NEW, fields(scan=scan, read="1"))
    kept = File.objects.get().id
    assert run() == 1
    assert File.objects.count() == 0
    assert "không được lưu" in text(client.get(ASK, {"tep": kept}))
    for extra in ({"read": "1"}, {}):
        page = client.post(NEW, fields(**{"scan-kept": str(kept)}, **extra))
        assert errors(page)[0][0] == "lam-secrecy"
        assert "không được lưu" in text(page)
        assert Incoming.objects.count() == 0
    client.post(NEW, fields(scan=SimpleUploadedFile("khac.pdf", PDF + b"\n% khac", "application/pdf")))
    assert Incoming.objects.count() == 1, "another scan is another scan"


def test_a_scan_nobody_can_read_says_so(desk, office, monkeypatch):  # noqa: F811
    scan = scanned(monkeypatch, "")

    def fail(_path: object, _type: str) -> str:
        raise ReadingFailed("x")

    monkeypatch.setattr(recogniser, "read", fail)
    client = desk("vanthu")
    client.post(NEW, fields(**EMPTY, scan=scan, read="1"))
    kept = File.objects.get().id
    run()
    said = text(client.get(ASK, {"tep": kept}))
    assert "Không đọc được chữ trên bản quét này. Hãy ghi các ô bằng tay." in said
    page = client.post(NEW, fields(**EMPTY, **{"scan-kept": str(kept), "read": "1"}))
    assert "Không đọc được chữ trên bản quét này" in text(page)
    assert faults(page) == []


def test_a_machine_without_a_reader_promises_nothing(desk, office, monkeypatch):  # noqa: F811
    monkeypatch.setattr(recogniser, "tesseract", lambda: "")
    client = desk("vanthu")
    said = text(client.get(NEW))
    assert "Máy chủ chưa cài bộ nhận dạng chữ" in said
    assert "Đọc bản quét" not in said
    scan = SimpleUploadedFile("quet.pdf", PDF, "application/pdf")
    page = client.post(NEW, fields(scan=scan, read="1"))
    assert (page.status_code, Incoming.objects.count()) == (409, 0)
    assert "quet.pdf" in page.content.decode(), "the scan is kept for the form"
    client.post(NEW, fields(**{"scan-kept": str(File.objects.get().id)}))
    assert (run(), Incoming.objects.count()) == (0, 1)


def test_nobody_asks_about_the_scan_of_somebody_else(desk, office, monkeypatch):  # noqa: F811
    scan = scanned(monkeypatch, WORDS)
    desk("vanthu").post(NEW, fields(scan=scan, read="1"))
    kept = File.objects.get().id
    assert desk("chutich").get(ASK, {"tep": kept}).status_code == 403
    assert "Đang đọc" not in text(desk("vanthu").get(ASK, {"tep": UUID(int=7)}))
