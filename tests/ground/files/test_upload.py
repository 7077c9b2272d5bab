"""Taking files in: what is told, what is refused, and that a refusal keeps nothing."""

from __future__ import annotations

import hashlib
import io
import unicodedata
import zipfile

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from congvu.common.actor import ANONYMOUS
from congvu.common.errors import Forbidden
from congvu.ground.audit.models import Entry
from congvu.ground.files import store
from congvu.ground.files.errors import FileRefused
from congvu.ground.files.models import Blob, File
from congvu.ground.files.names import clean_name
from tests.ground.files import build
from tests.ground.files.build import HOA, LAN, QUAY
from tests.marks import refuses

pytestmark = pytest.mark.django_db

TAKEN = [
    ("to-khai.pdf", build.pdf(), "application/pdf"),
    ("anh.JPG", build.picture(), "image/jpeg"),
    ("anh.png", build.picture("PNG"), "image/png"),
    ("anh.webp", build.picture("WEBP"), "image/webp"),
    ("anh.heic", build.heic(), "image/heic"),
    ("don.docx", build.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (
        "bang.xlsx", build.docx(main="xl/workbook.xml"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("du-lieu.xml", b'\xef\xbb\xbf<?xml version="1.0"?><a>\xc3\xa2</a>', "application/xml"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "media_type"), TAKEN, ids=[row[0] for row in TAKEN])
def test_upload_is_told_by_its_bytes_stored_and_quarantined(send, on_disk, name, content, media_type):
    info = send(LAN, content, name)
    digest = hashlib.sha256(content).hexdigest()
    assert (info.name, info.media_type, info.size, info.sha256) == (name, media_type, len(content), digest)
    assert (info.scan, info.sendable, info.record_id, info.uploaded_by) == ("quarantined", False, None, "Vũ Thị Lan")
    assert on_disk() == [digest]
    assert store.path_of(digest).read_bytes() == content
    assert ProcrastinateJob.objects.filter(task_name="files.scan").count() == 1
    entry = Entry.objects.get(verb="file.upload")
    assert entry.detail == {"file": str(info.id), "sha256": digest, "size": len(content), "media_type": media_type}


def bomb() -> bytes:
    return build.docx({"word/media/x.bin": b"\0" * (60 * 1024 * 1024)})


def lying_bomb() -> bytes:
    """The directory claims one byte where 400 MB come out."""
    content = build.docx({"word/media/x.bin": b"\0" * (8 * 1024 * 1024)})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo("word/media/x.bin")
    true_size = entry.file_size.to_bytes(4, "little")
    return content.replace(true_size, (1).to_bytes(4, "little"))


def many_entries() -> bytes:
    return build.docx({f"word/{n}": b"" for n in range(5_100)})


def encrypted_pdf() -> bytes:
    import pikepdf

    return build.pdf(deterministic_id=False, encryption=pikepdf.Encryption(owner="a", user="b"))


REFUSED = {
    "empty": ("a.pdf", b"", "empty", "trống"),
    "wrong magic": ("a.pdf", b"GIF89a" + b"x" * 50, "mismatch", "nội dung không phải .pdf"),
    "jpeg named pdf": ("a.pdf", build.picture(), "mismatch", "nội dung là .jfif"),
    "pdf named jpg": ("a.jpg", build.pdf(), "mismatch", "nội dung là .pdf"),
    "no extension": ("don", build.pdf(), "mismatch", "không có phần đuôi"),
    "program": ("a.exe", b"MZ\x90\x00", "wrong_type", "Hãy gửi tệp PDF"),
    "html": ("a.xml", b"<!DOCTYPE html><script>1</script>", "mismatch", "nội dung không phải .xml"),
    "svg": ("a.xml", b"<svg onload='x'/>", "mismatch", "nội dung không phải .xml"),
    "old word": ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "wrong_type", "kiểu cũ"),
    "broken pdf": ("a.pdf", b"%PDF-1.7\n" + b"rubbish" * 20, "broken", "bị hỏng"),
    "cut pdf": ("a.pdf", build.pdf()[:100], "broken", "bị hỏng"),
    "encrypted pdf": ("a.pdf", encrypted_pdf(), "encrypted", "mật khẩu"),
    "pdf with script": ("a.pdf", build.scripted_pdf(), "active", "mã chạy tự động"),
    "cut picture": ("a.png", build.picture("PNG")[:40], "broken", "Hãy chụp lại"),
    "immense picture": ("a.png", build.immense_png(), "bomb", "quá lớn"),
    "heic outline": ("a.heic", b"\xff\xff\xff\xffftypheic" + b"\0" * 30, "broken", "Hãy chụp lại"),
    "pdf and zip": ("a.pdf", build.pdf() + build.docx(), "polyglot", "giấu bên trong"),
    "jpeg and zip": ("a.jpg", build.picture() + build.docx(), "polyglot", "giấu bên trong"),
    "zip bomb": ("a.docx", bomb(), "bomb", "bất thường"),
    "lying zip bomb": ("a.docx", lying_bomb(), "broken", "bị hỏng"),
    "many entries": ("a.docx", many_entries(), "bomb", "bất thường"),
    "nested zip": ("a.docx", build.docx({"word/a.zip": build.docx()}), "nested", "gửi riêng"),
    "macro": ("a.docx", build.docx({"word/vbaProject.bin": b"x"}), "macro", "macro"),
    "path out": ("a.docx", build.docx({"../../etc/x": b"x"}), "broken", "bị hỏng"),
    "plain zip": ("a.docx", build.docx(main="a.txt"), "wrong_type", "gửi từng tệp"),
    "xlsx named docx": ("a.docx", build.docx(main="xl/workbook.xml"), "mismatch", "nội dung là .xlsx"),
    "cut docx": ("a.docx", build.docx()[:-30], "broken", "bị hỏng"),
    "doctype": ("a.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "doctype", "DOCTYPE"),
    "doctype in utf-16": ("a.xml", '<a/><!DOCTYPE a>'.encode("utf-16-le"), "doctype", "DOCTYPE"),
    "broken xml": ("a.xml", b"<a><b></a>", "broken", "không đọc được"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "code", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_content_is_told_and_nothing_is_kept(send, on_disk, name, content, code, words):
    with pytest.raises(FileRefused) as refused:
        send(LAN, content, name)
    assert (refused.value.code, refused.value.problems[0].field) == (code, "file")
    assert words in refused.value.message
    assert "Hãy" in refused.value.message
    assert (File.objects.count(), Blob.objects.count(), Entry.objects.count(), on_disk()) == (0, 0, 0, [])


class Endless(io.RawIOBase):
    """A stream that never ends, and counts what was taken from it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        return b"%PDF-" + b"0" * (size - 5)


def test_huge_upload_is_cut_off_while_streaming(on_disk):
    from congvu.ground.files import services

    stream = Endless()
    with pytest.raises(FileRefused, match=r"lớn hơn 1,5 MB") as refused:
        services.upload(LAN, name="a.pdf", stream=stream, limit=1536 * 1024)
    assert refused.value.code == "too_large"
    assert stream.taken < 3 * 1024 * 1024
    assert on_disk() == []


@refuses("file.upload")
def test_nobody_in_particular_may_not_upload(send, on_disk):
    with pytest.raises(Forbidden, match="Hãy đăng nhập"):
        send(ANONYMOUS, build.pdf())
    assert (File.objects.count(), on_disk()) == (0, [])


def test_same_content_twice_is_one_blob_on_disk_and_two_files(send, on_disk):
    first, second, third = send(LAN, build.pdf()), send(LAN, build.pdf(), "khac.pdf"), send(QUAY, build.pdf())
    assert len({first.id, second.id, third.id}) == 3
    assert Blob.objects.count() == 1
    assert on_disk() == [first.sha256]
    assert ProcrastinateJob.objects.filter(task_name="files.scan").count() == 1


def test_content_known_as_dangerous_is_refused_at_once(send):
    Blob.objects.filter(sha256=send(LAN, build.pdf()).sha256).update(scan="rejected", scan_reason="Eicar-Test")
    from congvu.ground.files.errors import Blocked

    with pytest.raises(Blocked, match="Eicar-Test"):
        send(HOA, build.pdf())
    assert File.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Lan\\tờ khai.pdf", "tờ khai.pdf"),
        (unicodedata.normalize("NFD", "giấy ủy quyền.pdf"), "giấy ủy quyền.pdf"),
        ("a\x00b\x1f.pdf", "ab.pdf"),
        ("hoa\u202efdp.exe.pdf", "hoafdp.exe.pdf"),
        (".htaccess", "htaccess"),
        ("...", "tep"),
        ("", "tep"),
        ('a<b>:"c|d?*.pdf', "a_b___c_d__.pdf"),
        ("dòng\nhai.pdf", "dòng_hai.pdf"),
        ("👪 ảnh.jpg", "👪 ảnh.jpg"),
    ],
)
def test_name_is_made_harmless(given, kept):
    assert clean_name(given) == kept


def test_name_of_ten_thousand_letters_is_cut_and_keeps_its_extension(send):
    info = send(LAN, build.pdf(), "ắ" * 10_000 + ".pdf")
    assert info.name == "ắ" * 146 + ".pdf"
