"""Words of scans by a job: asked for once, read once however often it runs, nothing of a secret kept."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont
from procrastinate.contrib.django.models import ProcrastinateJob

from congvu.common.errors import Forbidden, NotFound
from congvu.ground.audit.models import Entry
from congvu.ground.files import jobs, ocr, recognition, selectors, services, store
from congvu.ground.files.errors import NoReader, ReadingFailed
from congvu.ground.files.models import Blob, BlobText, File, Recognition
from congvu.ground.files.stamps import stamps_in
from tests.ground.files import build
from tests.ground.files.build import HOA, TUNG
from tests.marks import refuses

pytestmark = pytest.mark.django_db
WORDS = "SỞ NỘI VỤ\nV/v cử người dự lớp tập huấn"


@pytest.fixture
def reader(monkeypatch):
    """A recogniser that says what the test wants, and counts how often it was asked."""
    said = {"words": WORDS, "asked": 0}

    def read(_path: object, _type: str) -> str:
        said["asked"] += 1
        return said["words"]

    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "read", read)
    return said


def waiting() -> int:
    return ProcrastinateJob.objects.filter(task_name="files.recognise").count()


def test_asked_twice_and_run_thrice_it_is_read_once(send, reader):
    scan = send(HOA, build.pdf("quét")).id
    services.recognise(HOA, scan)
    services.recognise(HOA, scan)
    assert (waiting(), selectors.scan_words(HOA, scan).state) == (1, "reading")
    for _time in range(3):
        jobs.recognise(str(scan))
    assert reader["asked"] == 1
    found = selectors.scan_words(HOA, scan)
    assert (found.state, found.text) == ("read", WORDS)
    assert Entry.objects.filter(verb="file.keep_words").count() == 1
    assert selectors.scan_words(TUNG, scan) is None


def test_a_worker_killed_while_reading_leaves_it_to_the_next(send, reader, monkeypatch):
    scan = send(HOA, build.pdf("quét")).id
    services.recognise(HOA, scan)
    monkeypatch.setattr(recognition, "keep", lambda *_a, **_k: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        jobs.recognise(str(scan))
    monkeypatch.undo()
    monkeypatch.setattr(ocr, "read", lambda *_a: WORDS)
    assert selectors.scan_words(HOA, scan).state == "reading"
    jobs.recognise_waiting(0)
    assert selectors.scan_words(HOA, scan).state == "reading", "its own job may still be at it"
    Recognition.objects.update(asked_at=timezone.now() - timedelta(minutes=6))
    jobs.recognise_waiting(0)
    assert selectors.scan_words(HOA, scan).text == WORDS


def test_a_mark_of_secrecy_leaves_nothing(send, reader):
    reader["words"] = "SỞ NỘI VỤ\n[ TỐI MAT ]\nV/v việc kín của cơ quan"
    scan = send(HOA, build.pdf("kín"))
    services.recognise(HOA, scan.id)
    jobs.recognise(str(scan.id))
    assert selectors.scan_words(HOA, scan.id).state == "marked"
    assert (File.objects.count(), BlobText.objects.count()) == (0, 0)
    jobs.destroy([scan.sha256])
    assert not store.path_of(scan.sha256).exists()
    assert Blob.objects.count() == 0
    assert "kín của cơ quan" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_attached_meanwhile_its_words_are_found_and_a_mark_warns(send, reader):
    scan, record = send(HOA, build.pdf("quét")).id, build.record(["u:1"])
    services.recognise(HOA, scan)
    services.attach(HOA, scan, record=record.id, purpose="document")
    jobs.read(str(record.id))
    jobs.recognise(str(scan))
    assert selectors.texts_of(record.id) == [WORDS]
    reader["words"] = "TUYỆT MẬT\nViệc kín của cơ quan"
    other = send(HOA, build.pdf("kín")).id
    services.recognise(HOA, other)
    services.attach(HOA, other, record=record.id, purpose="document")
    jobs.recognise(str(other))
    assert selectors.marks_of(record.id) == [("to-khai.pdf", "TUYỆT MẬT")]
    assert selectors.texts_of(record.id) == [WORDS], "no word of a secret is kept"
    assert File.objects.filter(record=record.id).count() == 2


def test_what_cannot_be_read_says_so(send, reader, monkeypatch):
    reader["words"] = " . ,i |"
    dirt = send(HOA, build.pdf("trắng")).id
    services.recognise(HOA, dirt)
    jobs.recognise(str(dirt))
    assert selectors.scan_words(HOA, dirt).state == "failed"

    def fail(*_args: object) -> str:
        raise ReadingFailed("x")

    monkeypatch.setattr(ocr, "read", fail)
    torn = send(HOA, build.pdf("rách")).id
    services.recognise(HOA, torn)
    jobs.recognise(str(torn))
    assert selectors.scan_words(HOA, torn).state == "failed"
    assert list(Recognition.objects.order_by("asked_at").values_list("failed", flat=True)) == [
        "nothing", "reading_failed",
    ]  # fmt: skip


@refuses("file.recognise")
def test_only_the_uploader_asks_and_only_where_a_machine_reads(send, reader, monkeypatch):
    scan = send(HOA, build.pdf("quét")).id
    with pytest.raises(NotFound):
        services.recognise(TUNG, scan)
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(NoReader):
        services.recognise(HOA, scan)
    assert (Recognition.objects.count(), waiting()) == (0, 0)


@refuses("file.keep_words")
def test_only_the_program_writes_what_was_read(send, reader):
    scan = send(HOA, build.pdf("quét")).id
    services.recognise(HOA, scan)
    with pytest.raises(Forbidden):
        recognition.keep(HOA, scan, text=WORDS)
    assert (selectors.scan_words(HOA, scan).state, BlobText.objects.count()) == ("reading", 0)


def test_a_discarded_scan_is_no_fault(send, reader):
    scan = send(HOA, build.pdf("quét")).id
    services.recognise(HOA, scan)
    services.discard(HOA, scan)
    jobs.recognise(str(scan))
    assert (reader["asked"], selectors.scan_words(HOA, scan).state) == (0, "failed")


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("MẬT", ["MẬT"]), ("   | MAT |  Số: 5", ["MẬT"]), ("[TUYỆT MẬT]", ["TUYỆT MẬT"]), ("mật ong", []),
        ("GIỮ BÍ MẬT NHÀ NƯỚC", []), ("TỐI  MẬT", ["MẬT"]),
    ],
)  # fmt: skip
def test_stamps_as_a_machine_reads_them(words, marks):
    assert stamps_in(words) == marks


@pytest.mark.skipif(not ocr.available() or not shutil.which("fc-match"), reason="needs tesseract with Vietnamese")
def test_a_real_picture_is_read_by_the_job(send):
    path = subprocess.run(["fc-match", "-f", "%{file}", "DejaVu Sans"], capture_output=True, check=True).stdout.decode()
    page, out = Image.new("L", (1200, 300), 255), io.BytesIO()
    ImageDraw.Draw(page).text((40, 100), "Về việc tập huấn nghiệp vụ", fill=0, font=ImageFont.truetype(path, 56))
    page.save(out, "PNG")
    scan = send(HOA, out.getvalue(), name="quet.png").id
    services.recognise(HOA, scan)
    jobs.recognise(str(scan))
    assert "tập huấn nghiệp vụ" in selectors.scan_words(HOA, scan).text
