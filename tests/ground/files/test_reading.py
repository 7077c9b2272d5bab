"""Who may know of a file and open it, in every state."""

from __future__ import annotations

import pytest

from congvu.common.actor import ANONYMOUS, SYSTEM
from congvu.common.errors import Forbidden, NotFound
from congvu.ground.audit.models import Entry
from congvu.ground.files import selectors, services
from congvu.ground.files.errors import Blocked, Unscanned
from congvu.ground.files.models import Blob, File
from tests.ground.files import build
from tests.ground.files.build import HOA, LAN, QUAY, TUNG
from tests.marks import refuses

pytestmark = pytest.mark.django_db
ACTORS = {"lan": LAN, "quay": QUAY, "hoa": HOA, "tung": TUNG, "nobody": ANONYMOUS, "system": SYSTEM}


def state(value: str) -> None:
    Blob.objects.update(scan=value, scan_reason="Eicar" if value == "rejected" else "")


def outcome(actor, file_id, **options) -> str:
    try:
        services.open_file(actor, file_id, **options)
    except (NotFound, Unscanned, Blocked) as refusal:
        return type(refusal).__name__
    return "opened"


def matrix(file_id) -> dict[str, str]:
    return {name: outcome(actor, file_id) for name, actor in ACTORS.items()}


def test_upload_that_hangs_on_nothing_is_its_owners(send):
    info = send(LAN, build.pdf())
    assert matrix(info.id) == {
        "lan": "opened", "quay": "NotFound", "hoa": "NotFound", "tung": "NotFound", "nobody": "NotFound",
        "system": "opened",
    }  # fmt: skip


# Readers of the record are subject 101 (lan) and unit 1 (hoa); the paper was sent by lan, the others by hoa.
MATRIX = [
    ("submitted", LAN, "released", False, {"lan": "opened", "hoa": "opened"}),
    ("submitted", LAN, "unscanned", False, {"lan": "opened", "hoa": "Unscanned"}),
    ("submitted", LAN, "quarantined", False, {"lan": "opened", "hoa": "Unscanned"}),
    ("submitted", LAN, "rejected", False, {"lan": "Blocked", "hoa": "Blocked", "system": "Blocked"}),
    ("supplement", HOA, "released", False, {"lan": "opened", "hoa": "opened"}),
    ("supplement", HOA, "unscanned", False, {"lan": "Unscanned", "hoa": "opened"}),
    ("result", HOA, "released", False, {"hoa": "opened"}),
    ("result", HOA, "released", True, {"lan": "opened", "hoa": "opened"}),
    ("result", HOA, "unscanned", True, {"lan": "Unscanned", "hoa": "opened"}),
    ("draft", HOA, "released", False, {"hoa": "opened"}),
    ("internal", HOA, "released", False, {"hoa": "opened"}),
]


@pytest.mark.parametrize(("purpose", "sender", "scan", "lock", "seen"), MATRIX)
def test_file_on_a_record_follows_the_record_its_purpose_and_its_scan(send, purpose, sender, scan, lock, seen):
    dossier = build.record(["s:101", "u:1"])
    info = services.attach(sender, send(sender, build.pdf()).id, record=dossier.id, purpose=purpose)
    if lock:
        services.lock_version(info.id)
    state(scan)
    hidden = {"lan": "NotFound", "quay": "NotFound", "hoa": "NotFound", "tung": "NotFound", "nobody": "NotFound"}
    assert matrix(info.id) == {**hidden, "system": "opened", **seen}
    listed = {name for name, actor in ACTORS.items() if selectors.visible_files(actor, dossier.id)}
    assert listed == {"system"} | {name for name in seen if name != "system"}


def test_official_opens_an_unscanned_file_after_the_warning_and_it_is_written_down(send):
    dossier = build.record(["s:101", "u:1"])
    info = services.attach(LAN, send(LAN, build.pdf()).id, record=dossier.id, purpose="submitted")
    state("unscanned")
    before = Entry.objects.count()
    with pytest.raises(Unscanned, match="chưa được quét"):
        services.open_file(HOA, info.id)
    assert Entry.objects.count() == before
    opened = services.open_file(HOA, info.id, accept_unscanned=True)
    assert opened.path.stat().st_size == info.size
    entry = Entry.objects.get(verb="file.read")
    assert (entry.record, entry.actor_name, entry.detail["scan"]) == (dossier.id, "Phạm Thị Hoa", "unscanned")


def test_warning_does_not_open_for_citizens_nor_open_what_is_blocked(send):
    dossier = build.record(["s:101", "u:1"])
    info = services.attach(HOA, send(HOA, build.pdf()).id, record=dossier.id, purpose="supplement")
    state("unscanned")
    assert outcome(LAN, info.id, accept_unscanned=True) == "Unscanned"
    state("rejected")
    assert outcome(HOA, info.id, accept_unscanned=True) == "Blocked"


@refuses("file.read")
def test_reading_a_confidential_records_file_is_an_act(send):
    dossier = build.record(["s:101", "u:1"], confidentiality=1)
    info = services.attach(LAN, send(LAN, build.pdf()).id, record=dossier.id, purpose="submitted")
    state("released")
    services.open_file(HOA, info.id)
    assert Entry.objects.filter(verb="file.read", record=dossier.id).count() == 1
    with pytest.raises(NotFound):
        services.read_traced(TUNG, info.id)
    assert Entry.objects.filter(verb="file.read").count() == 1


def test_ordinary_released_file_leaves_no_trace(send):
    dossier = build.record(["u:1"])
    info = services.attach(HOA, send(HOA, build.pdf()).id, record=dossier.id, purpose="internal")
    state("released")
    services.open_file(HOA, info.id)
    assert not Entry.objects.filter(verb="file.read").exists()


def test_official_vouches_for_an_unscanned_result(send):
    dossier = build.record(["s:101", "u:1"])
    info = services.attach(HOA, send(HOA, build.pdf()).id, record=dossier.id, purpose="result")
    services.lock_version(info.id)
    state("unscanned")
    assert not selectors.sendable(info.id)
    vouched = services.vouch(HOA, info.id, reason="Tự tay quét từ bản giấy")
    assert (vouched.sendable, vouched.scan_reason) == (True, "Phạm Thị Hoa: Tự tay quét từ bản giấy")
    assert outcome(LAN, info.id) == "opened"
    assert Entry.objects.get(verb="file.vouch").detail["vouched"] == "Tự tay quét từ bản giấy"


def test_who_issues_an_own_upload_answers_for_it_where_nothing_scans(send, monkeypatch):
    told: list[str | None] = []  # a step notes on the act it is part of; none runs here
    monkeypatch.setattr(services, "note", lambda **detail: told.append(detail.get("vouched")))
    dossier = build.record(["s:101", "u:1"])
    own = services.attach(HOA, send(HOA, build.pdf()).id, record=dossier.id, purpose="result")
    theirs = services.attach(LAN, send(LAN, build.pdf("b")).id, record=dossier.id, purpose="submitted")
    state("unscanned")
    answered = services.answer_when_issued(HOA, own.id, reason="Ban hành kết quả số 1/KQ-UBND")
    assert (answered.scan, answered.scan_reason) == ("released", "Phạm Thị Hoa: Ban hành kết quả số 1/KQ-UBND")
    assert services.answer_when_issued(HOA, theirs.id, reason="Ban hành").scan == "unscanned"
    assert told[-1:] == ["Ban hành kết quả số 1/KQ-UBND"]
    assert Blob.objects.filter(scan="unscanned").count() == 1


def test_with_a_scanner_issuing_waits_for_its_verdict(send, settings, tmp_path):
    dossier = build.record(["s:101", "u:1"])
    info = services.attach(HOA, send(HOA, build.pdf()).id, record=dossier.id, purpose="result")
    state("quarantined")
    settings.CLAMD_SOCKET = str(tmp_path)
    assert services.answer_when_issued(HOA, info.id, reason="Ban hành").scan == "quarantined"


@refuses("file.vouch")
def test_vouching_is_refused_to_outsiders_and_for_findings(send):
    dossier = build.record(["s:101", "u:1"])
    info = services.attach(LAN, send(LAN, build.pdf()).id, record=dossier.id, purpose="submitted")
    state("unscanned")
    with pytest.raises(Forbidden):
        services.vouch(LAN, info.id, reason="x")
    with pytest.raises(NotFound):
        services.vouch(TUNG, info.id, reason="x")
    assert Blob.objects.get().scan == "unscanned"
    state("rejected")
    with pytest.raises(Blocked, match="Eicar"):
        services.vouch(HOA, info.id, reason="x")
    assert Blob.objects.get().scan == "rejected"


def test_missing_content_is_told_not_a_crash(send):
    info = send(LAN, build.pdf())
    opened = services.open_file(LAN, info.id)
    opened.path.unlink()
    with pytest.raises(NotFound, match="Kho tệp thiếu"):
        services.open_file(LAN, info.id)
    assert File.objects.count() == 1
