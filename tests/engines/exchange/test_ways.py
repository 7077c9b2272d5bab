"""The ways to partners, against stand-ins that refuse what the real ones refuse."""

from __future__ import annotations

import pytest

from congvu.common.actor import SYSTEM
from congvu.engines.exchange import services
from congvu.engines.exchange.models import Delivery, Message, Partner
from congvu.engines.exchange.transports import Direct, http
from congvu.engines.exchange.transports.base import Outgoing, Rejected, Unreachable
from tests.engines.exchange.office import deliveries, told, written
from tests.engines.exchange.samples import OURS, THEIRS, letter, report
from tests.engines.exchange.stand_ins import SECRET, serving

pytestmark = pytest.mark.django_db
SECRETS = {"hub": SECRET, "tinh": "khoa-tinh"}


@pytest.fixture(autouse=True)
def secrets(settings):
    settings.EXCHANGE_SECRET = SECRETS.get


@pytest.fixture
def hub(office):
    with serving(hub=True) as axis:
        Partner.objects.filter(key="hub").update(address=axis.address)
        yield axis


@pytest.fixture
def province(office):
    with serving(hub=False) as axis:
        services.set_partner(
            SYSTEM, "tinh", name="Trục tỉnh", transport="province", address=axis.address, dialect="raw",
            settings={"system_id": "bl-01"},
        )  # fmt: skip
        partner = Partner.objects.get(key="tinh")
        from congvu.engines.exchange.models import Agency

        Agency.objects.filter(pk=office.elsewhere).update(partner=partner)
        yield axis


def send(office) -> Delivery:
    office.send(letter(sender=OURS, to=(THEIRS,)))
    services.deliver(Delivery.objects.get().id)
    return Delivery.objects.get()


def test_the_hub_takes_a_signed_sending(office, hub):
    row = send(office)
    assert (row.state, row.remote_id, row.remote_state, row.error) == ("sent", "d-1", "inbox", "")
    ((fields, file),) = hub.sent
    assert fields == {"from": OURS.id, "to": THEIRS.id, "serviceType": "eDoc", "messageType": "edoc"}
    assert file.startswith(b"<?xml")


def test_the_hub_refuses_a_wrong_key(office, hub, settings):
    settings.EXCHANGE_SECRET = {"hub": "khác"}.get
    row = send(office)
    assert (row.state, hub.sent) == ("failed", [])
    assert row.error == "Trục liên thông từ chối (HTTP 401, mã 15): lỗi 15"


def test_without_a_secret_nothing_is_sent_and_the_setting_is_named(office, hub, settings):
    settings.EXCHANGE_SECRET = {}.get
    assert "CONGVU_EXCHANGE_SECRET_HUB" in send(office).error
    assert hub.sent == []


def test_a_hub_that_is_down_is_tried_again(office, hub):
    hub.down = True
    row = send(office)
    assert (row.state, row.attempts) == ("queued", 1)
    assert row.error == "Trục liên thông đang lỗi (HTTP 503)."
    hub.down = False
    assert services.deliver(row.id)


def test_nobody_listening_is_tried_again(office):
    Partner.objects.filter(key="hub").update(address="http://127.0.0.1:9")
    row = send(office)
    assert (row.state, row.error) == ("queued", "Không kết nối được tới 127.0.0.1:9 (ConnectionRefusedError).")


def test_fetching_keeps_first_and_acknowledges_then(office, hub, monkeypatch):
    hub.queue = {"d-7": ("edoc", written()), "d-8": ("status", told(report("03", sender=THEIRS, to=OURS.id)))}
    assert services.poll("hub") == 2
    assert sorted(Message.objects.values_list("via", "state")) == [("hub", "waiting")] * 2
    assert (hub.done, hub.queue) == (["d-7", "d-8"], {})
    assert services.poll("hub") == 0


def test_what_was_not_acknowledged_comes_again_and_does_no_harm(office, hub):
    hub.queue = {"d-7": ("edoc", written())}
    services.accept(written(), via="hub")
    assert services.poll("hub") == 1
    message = Message.objects.get()
    assert (message.repeats, hub.done) == (1, ["d-7"])


def test_a_bad_item_does_not_stand_in_the_way(office, hub):
    hub.queue = {"d-1": ("edoc", b""), "d-2": ("edoc", written())}
    assert services.poll("hub") == 1
    partner = Partner.objects.get(key="hub")
    assert (hub.done, partner.error.startswith("d-1: ")) == (["d-2"], True)


def test_an_error_of_fetching_is_shown(office, hub):
    hub.down = True
    assert services.poll("hub") == 0
    assert Partner.objects.get(key="hub").error == "Trục liên thông đang lỗi (HTTP 503)."


def test_the_province_takes_a_sending_in_its_dialect(office, province):
    assert send(office).state == "sent"
    assert b"application/pdf" in province.sent[0][1]


@pytest.mark.parametrize(
    ("change", "state", "words"),
    [
        (
            lambda axis: axis.known.discard(THEIRS.id),
            "failed",
            "Trục của tỉnh không biết nơi nhận này. (mã 18, HTTP 200)",
        ),
        (lambda axis: axis.known.discard(OURS.id), "failed", "Cơ quan gửi chưa đăng ký trên trục của tỉnh. (mã 19"),
        (lambda axis: axis.locked.add(THEIRS.id), "failed", "Nơi nhận đang bị khóa trên trục của tỉnh. (mã 23"),
        (lambda axis: setattr(axis, "judge", lambda *_: "22"), "failed", "báo sai định dạng edXML. (mã 22"),
        (lambda axis: setattr(axis, "judge", lambda *_: "20"), "queued", "Trục của tỉnh đang lỗi. (mã 20"),
        (lambda axis: setattr(axis, "judge", lambda *_: "77"), "failed", "Lỗi chưa biết. (mã 77"),
    ],
)
def test_the_provinces_codes_are_told_in_words(office, province, change, state, words):
    change(province)
    row = send(office)
    assert (row.state, province.sent) == (state, [])
    assert words in row.error


def test_the_province_refuses_a_wrong_key(office, province, settings):
    settings.EXCHANGE_SECRET = {"tinh": "x"}.get
    assert "Sai mã hệ thống hoặc khóa bí mật" in send(office).error


def test_the_province_is_fetched_from(office, province):
    province.queue = {"d-7": ("edoc", written())}
    assert (services.poll("tinh"), province.done) == (1, ["d-7"])


@pytest.fixture
def folder(office, tmp_path):
    services.set_partner(SYSTEM, "hub", name="Thư mục", transport="folder", address=str(tmp_path / "trao-doi"))
    return tmp_path / "trao-doi"


def test_a_folder_gets_whole_files_under_one_name(office, folder):
    row = send(office)
    (path,) = (folder / "out").iterdir()
    assert (row.state, path.name) == ("sent", f"{row.message_id}.edxml")
    assert path.read_bytes().startswith(b"<?xml")


def test_a_folder_is_emptied_into_done(office, folder):
    (folder / "in").mkdir(parents=True)
    for name in ("b.edxml", "a.XML", ".c.edxml", "d.txt"):
        (folder / "in" / name).write_bytes(written(number=str(len(name)) + name[0]))
    assert services.poll("hub") == 2
    assert sorted(p.name for p in (folder / "done").iterdir()) == ["a.XML", "b.edxml"]
    assert sorted(p.name for p in (folder / "in").iterdir()) == [".c.edxml", "d.txt"]
    assert Message.objects.count() == 2


def test_a_folder_that_cannot_be_written_waits(office, folder):
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file in the way")
    row = send(office)
    assert row.state == "queued"
    assert "Không dùng được thư mục trao đổi" in row.error


def test_a_paused_partner_keeps_what_is_queued(office, hub):
    office.send(letter(sender=OURS, to=(THEIRS,)))
    Partner.objects.filter(key="hub").update(active=False)
    services.deliver(Delivery.objects.get().id)
    assert deliveries() == [("queued", 1, "Đường gửi này đang tạm ngừng.")]
    assert services.poll("hub") == 0


class Answered:
    """One answer of the other installation."""

    def __init__(self, status: int, body: bytes) -> None:
        self.answer = http.Answer(status, body)

    def __call__(self, *_arguments, **_more):
        return self.answer


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (201, b'{"sha256": "khac"}', Unreachable),
        (201, b"<html>", Unreachable),
        (201, b"[]", Unreachable),
        (302, b"", Unreachable),
        (429, b"{}", Unreachable),
        (503, b"", Unreachable),
        (401, b'{"detail": "het han"}', Rejected),
        (403, b"[]", Rejected),
        (422, b"", Rejected),
    ],
)
def test_only_the_digest_of_these_bytes_acknowledges(office, monkeypatch, settings, status, body, error):
    settings.EXCHANGE_SECRET = {"hub": "x"}.get
    monkeypatch.setattr("congvu.engines.exchange.transports.direct.call", Answered(status, body))
    message = Outgoing("m", "document", OURS.id, (THEIRS.id,), "x", b"raw")
    with pytest.raises(error):
        Direct(Partner.objects.get(key="hub")).send(message)
