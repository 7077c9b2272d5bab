"""Mail over a real SMTP server: at least once, marked once, whatever dies in between."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from congvu.ground.notifications import jobs, mail, selectors, services
from congvu.ground.notifications.models import Message
from tests.ground.notifications.test_notify import CONTEXT, LINK


def queue(lan) -> Message:
    with transaction.atomic():
        services.notify(kind="result_ready", context=CONTEXT, subject=lan.id)
    return Message.objects.get(channel="email")


def run_job(message: Message, attempts: int = 0) -> None:
    jobs.send.func(SimpleNamespace(job=SimpleNamespace(attempts=attempts)), message_id=str(message.id))


@pytest.mark.django_db
def test_mail_arrives_and_is_marked(lan, smtp):
    message = queue(lan)
    run_job(message)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == ("sent", 1, "")
    (got,) = smtp.mails
    assert (got["To"], got["From"]) == ("lan@example.com", "motcua@yenkhe.example")
    assert got["Subject"].strip() == "Hồ sơ H99.24-261119-0016 đã có kết quả"
    assert got["Message-ID"] == f"<{message.id}@yenkhe.binhlam.example>"
    assert got["Auto-Submitted"] == "auto-generated"
    body = got.get_content()
    assert "Bản điện tử trong VNeID, bản giấy tại quầy 2." in body
    assert f"Xem hồ sơ: {LINK}" in body
    assert "Vũ Thị Lan" not in body
    assert "099188000382" not in body


@pytest.mark.django_db
def test_sent_mail_is_not_sent_again(lan, smtp):
    message = queue(lan)
    run_job(message)
    run_job(message)
    assert not services.deliver(message.id)
    assert len(smtp.mails) == 1


@pytest.mark.django_db
def test_temporary_refusal_is_tried_again_and_permanent_one_ends_it(lan, smtp):
    message = queue(lan)
    smtp.refuse = "451 try later"
    with pytest.raises(Exception, match="451"):
        run_job(message)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("queued", 1)
    assert "try later" in message.error
    smtp.refuse = "550 no such user"
    run_job(message)
    message.refresh_from_db()
    assert (message.state, message.attempts, smtp.mails) == ("failed", 2, [])


@pytest.mark.django_db
def test_last_attempt_ends_in_failed_and_is_visible(lan, smtp):
    message = queue(lan)
    smtp.refuse = "451 try later"
    run_job(message, attempts=jobs.MOST_ATTEMPTS - 1)
    message.refresh_from_db()
    assert message.state == "failed"


@pytest.mark.django_db
def test_server_that_is_down_leaves_the_mail_queued(lan, smtp, settings):
    message = queue(lan)
    settings.CONFIG = dataclasses.replace(settings.CONFIG, email_url="smtp://127.0.0.1:1")
    with pytest.raises(OSError):
        run_job(message)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("queued", 1)


@pytest.mark.django_db
def test_lost_mail_gets_a_new_job_but_never_two(lan, smtp):
    message = queue(lan)
    Message.objects.filter(id=message.id).update(created_at=timezone.now() - timedelta(hours=3))
    waiting = ProcrastinateJob.objects.filter(task_name="notifications.send", status="todo")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    jobs.resend_lost(timestamp=0)
    assert waiting.count() == 1


KILLED = """
import os, sys
import django; django.setup()
from django.conf import settings
from django.db import connections
from congvu.ground.notifications import mail, services
import dataclasses, uuid
settings.CONFIG = dataclasses.replace(settings.CONFIG, email_url=sys.argv[2])
settings.BASE_URL = "https://yenkhe.binhlam.example"
connections["default"].settings_dict["NAME"] = sys.argv[1]
connections["default"].settings_dict["OPTIONS"] = {}
send = mail.send
def dies(*a, **k):
    send(*a, **k)
    os._exit(9)
mail.send = dies
services.deliver(uuid.UUID(sys.argv[3]))
"""


@pytest.mark.django_db(transaction=True)
def test_kill_between_sending_and_commit_sends_again_recognisably_and_marks_once(lan, smtp, settings):
    message = queue(lan)
    run = subprocess.run(
        [sys.executable, "-c", KILLED, connection.settings_dict["NAME"], settings.CONFIG.email_url, str(message.id)],
        check=False, capture_output=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert run.returncode == 9, run.stderr.decode()
    message.refresh_from_db()
    assert (message.state, message.attempts, len(smtp.mails)) == ("queued", 0, 1)
    run_job(message)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 1)
    assert [m["Message-ID"] for m in smtp.mails] == [f"<{message.id}@yenkhe.binhlam.example>"] * 2


@pytest.mark.django_db
def test_header_cannot_be_broken_by_a_value(lan, smtp):
    with transaction.atomic():
        services.notify(kind="result_ready", context={**CONTEXT, "code": "H99\r\nBcc: x@example.com"}, subject=lan.id)
    run_job(Message.objects.get(channel="email"))
    (got,) = smtp.mails
    assert got["Bcc"] is None
    assert got["Subject"].strip() == "Hồ sơ H99 Bcc: x@example.com đã có kết quả"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://thu.example", ("smtp", "thu.example", 25, "", "", "khong-tra-loi@yenkhe.binhlam.example")),
        ("smtps://a%40b:p%2Fw@thu.example?from=x@y.vn", ("smtps", "thu.example", 465, "a@b", "p/w", "x@y.vn")),
        (
            "smtp+tls://thu.example:2525",
            ("smtp+tls", "thu.example", 2525, "", "", "khong-tra-loi@yenkhe.binhlam.example"),
        ),
    ],
)
def test_address_of_the_server(settings, url, expected):
    settings.CONFIG = dataclasses.replace(settings.CONFIG, email_url=url)
    assert dataclasses.astuple(mail.server()) == expected


def test_wrong_address_of_the_server_is_told(settings):
    settings.CONFIG = dataclasses.replace(settings.CONFIG, email_url="http://thu.example")
    with pytest.raises(ImproperlyConfigured, match="CONGVU_EMAIL_URL"):
        mail.server()


@pytest.mark.django_db
def test_channel_that_works_names_its_server(smtp):
    assert ("email", True, "Gửi qua máy chủ 127.0.0.1.") in [dataclasses.astuple(c) for c in selectors.channels()]
