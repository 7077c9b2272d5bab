"""An official mailbox on a real IMAP server: each mail once in the book, a receipt to its sender, faults, rubbish."""

from __future__ import annotations

import dataclasses
import socket
import tempfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from congvu.common.actor import SYSTEM
from congvu.common.errors import Invalid
from congvu.domains.documents import selectors, services
from congvu.domains.documents.types import Forwarding
from congvu.engines.exchange import services as exchange
from congvu.engines.exchange.mail import read
from congvu.engines.exchange.models import Message, Partner, Raw
from congvu.engines.exchange.transports import mailbox
from congvu.ground.events.services import deliver_pending
from congvu.ground.files import selectors as files
from congvu.ground.notifications.models import Message as Told
from tests.domains.documents.office import Office
from tests.engines.exchange import imap_server
from tests.engines.exchange.imap_server import SECRET, USER, Server, free_port
from tests.engines.signing.papers import paper

needs_server = pytest.mark.skipif(not imap_server.there(), reason="needs Dovecot and the right to start it")


def mail(message_id: str = "a1@cong-ty.example", *, files: int = 1, subject: str = "Kiến nghị về đường", **headers):
    made = EmailMessage()
    made["From"] = "Công ty Thép Đông Bình <lienhe@cong-ty.example>"
    made["To"], made["Subject"], made["Message-ID"] = USER, subject, f"<{message_id}>"
    made["Date"] = "Thu, 19 Nov 2026 08:15:00 +0700"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content("Kính gửi UBND xã, công ty gửi kèm văn bản.")
    for n in range(files):
        made.add_attachment(paper(), maintype="application", subtype="pdf", filename=f"Công văn số {n}.pdf")
    return made.as_bytes()


@pytest.fixture(scope="module")
def server():
    with tempfile.TemporaryDirectory(prefix="imap") as folder:
        Path(folder).chmod(0o755)
        made = Server(Path(folder), free_port())
        made.start()
        yield made
        made.stop()


@pytest.fixture
def box(office: Office, settings, server: Server):
    """An empty mailbox, read for Yên Khê; a mail server for receipts."""
    import imaplib

    with imaplib.IMAP4("127.0.0.1", server.port) as client:
        client.login(USER, SECRET)
        client.select("INBOX")
        client.store("1:*", "+FLAGS", r"(\Deleted)") if client.search(None, "ALL")[1][0] else None
        client.expunge()
    settings.EXCHANGE_SECRET = lambda _key: SECRET
    settings.CONFIG = dataclasses.replace(settings.CONFIG, email_url="smtp://127.0.0.1:1")
    exchange.set_partner(
        SYSTEM, "hop-thu", name="Hộp thư công vụ", transport="mailbox", address=server.address,
        settings={"user": USER, "book": "xa-yen-khe"},
    )  # fmt: skip
    return server


def fetch() -> int:
    taken = exchange.poll("hop-thu")
    for message in Message.objects.filter(state="waiting").values_list("id", flat=True):
        exchange.read_message(message)
    while deliver_pending():
        pass
    return taken


def error() -> str:
    return Partner.objects.get(key="hop-thu").error


@needs_server
@pytest.mark.django_db(transaction=False)
def test_a_mail_waits_in_the_book_once_with_its_files_and_the_sender_is_told(office: Office, box: Server):
    box.put(mail(files=2))
    assert fetch() == 1
    (row,) = selectors.arrivals(office.clerk)
    view = selectors.incoming(office.clerk, row.id)
    assert (row.sender, row.title, row.channel) == ("Công ty Thép Đông Bình", "Kiến nghị về đường", "mail")
    assert view.description == (
        "Từ địa chỉ lienhe@cong-ty.example. Kính gửi UBND xã, công ty gửi kèm văn bản."
    )  # fmt: skip
    assert sorted(f.name for f in files.visible_files(office.clerk, row.id)) == [
        "Công văn số 0.pdf",
        "Công văn số 1.pdf",
    ]
    assert row.warnings[0] == "Thư điện tử: hãy kiểm tra người gửi trước khi vào sổ."
    (told,) = Told.objects.filter(kind="mail_received")
    assert (told.address, told.channel) == ("lienhe@cong-ty.example", "email")
    assert "gồm 2 tệp" in told.body
    # Unread for people, marked for us; asked again nothing comes.
    assert b"CongVuDaNhan" in box.flags()[0]
    assert b"Seen" not in box.flags()[0]
    assert fetch() == 0
    assert len(selectors.arrivals(office.clerk)) == 1


@needs_server
@pytest.mark.django_db
def test_the_same_mail_again_with_other_bytes_is_the_same_mail(office: Office, box: Server):
    box.put(mail())
    box.put(mail(X_Received="by another way"))
    assert fetch() == 2
    assert Message.objects.filter(kind="mail").count() == 2, "both are kept as they came"
    assert Message.objects.filter(duplicate_of__isnull=False).count() == 1
    assert len(selectors.arrivals(office.clerk)) == 1
    assert Told.objects.filter(kind="mail_received").count() == 1


@needs_server
@pytest.mark.django_db
def test_a_connection_lost_in_the_middle_keeps_what_came_and_goes_on_later(office: Office, box: Server, monkeypatch):
    for n in range(3):
        box.put(mail(f"n{n}@x.example", subject=f"Thư {n}"))
    fetched = mailbox.Mailbox._fetch
    calls = []

    def cut(self, uid):
        calls.append(uid)
        if len(calls) == 2:
            self.open.sock.shutdown(socket.SHUT_RDWR)
        return fetched(self, uid)

    monkeypatch.setattr(mailbox.Mailbox, "_fetch", cut)
    assert fetch() == 1
    assert error().startswith("Mất kết nối với hộp thư 127.0.0.1")
    monkeypatch.setattr(mailbox.Mailbox, "_fetch", fetched)
    assert fetch() == 2
    assert error() == ""
    assert sorted(row.title for row in selectors.arrivals(office.clerk)) == ["Thư 0", "Thư 1", "Thư 2"]


@needs_server
@pytest.mark.django_db
def test_kept_before_the_server_knew_it_comes_again_and_is_one(office: Office, box: Server, monkeypatch):
    box.put(mail())
    monkeypatch.setattr(mailbox.Mailbox, "done", lambda _self, _uid: None)
    assert fetch() == 1
    assert fetch() == 1
    assert (Raw.objects.count(), Message.objects.get().repeats) == (1, 1)
    assert len(selectors.arrivals(office.clerk)) == 1


@needs_server
@pytest.mark.django_db
def test_too_large_stays_there_and_is_told_and_the_others_come(office: Office, box: Server, monkeypatch):
    box.put(mail("big@x.example", files=3))
    box.put(mail("small@x.example", files=1, subject="Thư nhỏ"))
    size = len(mail(files=2))
    monkeypatch.setattr(mailbox, "LIMITS", dataclasses.replace(mailbox.LIMITS, message=size))
    assert fetch() == 1
    assert error().startswith("1 thư lớn hơn")
    assert [row.title for row in selectors.arrivals(office.clerk)] == ["Thư nhỏ"]


@needs_server
@pytest.mark.django_db
def test_without_attachments_it_is_kept_and_not_registered_and_programs_get_no_receipt(office: Office, box: Server):
    box.put(mail("plain@x.example", files=0))
    box.put(mail("robot@x.example", Auto_Submitted="auto-generated"))
    assert fetch() == 2
    plain = Message.objects.get(document_id="plain@x.example")
    assert plain.problems == ["Thư không có tệp đính kèm nên không chuyển thành văn bản đến."]
    assert len(selectors.arrivals(office.clerk)) == 1
    assert not Told.objects.filter(kind="mail_received").exists()


@needs_server
@pytest.mark.django_db
def test_what_the_file_room_refuses_is_named_and_the_rest_comes(office: Office, box: Server):
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = "x@y.example", "Có tệp lạ", "<exe@y.example>"
    made.set_content("Xem tệp.")
    made.add_attachment(b"MZ\x90\x00" + bytes(200), maintype="application", subtype="pdf", filename="hoa-don.pdf")
    box.put(made.as_bytes())
    fetch()
    (row,) = selectors.arrivals(office.clerk)
    assert any("hoa-don.pdf” không lấy vào được" in words for words in row.warnings)
    assert files.visible_files(office.clerk, row.id) == []


@needs_server
@pytest.mark.django_db
def test_registering_or_returning_a_mail_sends_no_codes(office: Office, box: Server):
    box.put(mail())
    box.put(mail("b@x.example", subject="Gửi nhầm"))
    fetch()
    first, second = selectors.arrivals(office.clerk)
    services.register_arrived(office.clerk, first.id, Forwarding())
    services.send_back(office.clerk, second.id, reason="Gửi nhầm cơ quan")
    while deliver_pending():
        pass
    assert not Message.objects.filter(outgoing=True).exists()


@needs_server
@pytest.mark.django_db
def test_a_wrong_password_is_told_and_nothing_is_taken(office: Office, box: Server, settings):
    settings.EXCHANGE_SECRET = lambda _key: "sai"
    box.put(mail())
    assert fetch() == 0
    assert error() == "Hộp thư không nhận tên đăng nhập hoặc mật khẩu."


@pytest.mark.parametrize(
    ("raw", "subject", "text"),
    [
        (b"Subject: =?utf-8?b?VsSDbiBi4bqjbg==?=\r\nFrom: a@b.example\r\n\r\nxin ch\xc3\xa0o", "Văn bản", "xin chào"),
        (
            b"Subject: =?x-khong-co?q?abc?=\r\nContent-Type: text/plain; charset=x-khong-co\r\n\r\nch\xc3\xa0o",
            None,
            "chào",
        ),
        (
            b"Subject: Th\xf4ng b\xe1o\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTh\xf4ng b\xe1o",
            None,
            "Thông báo",
        ),
        (b"Content-Type: text/html\r\n\r\n<style>p{}</style><p>Xin <b>ch\xc3\xa0o</b></p>", "", "Xin chào"),
        (b"", "", ""),
        (b"\x00\xff\xfe garbage without headers", None, None),
    ],
)
def test_any_mail_is_read_whatever_it_says_of_itself(raw, subject, text):
    found = read(raw)
    assert found.subject == subject or subject is None
    assert found.text == text or text is None
    found.subject.encode("utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["https://thu.example", "imap://", "thu.example"])
def test_a_mailbox_needs_an_imap_address(address):
    with pytest.raises(Invalid):
        exchange.set_partner(SYSTEM, "hop-thu", name="x", transport="mailbox", address=address)
    assert not Partner.objects.exists()
