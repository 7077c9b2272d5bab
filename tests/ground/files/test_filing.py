"""Hanging files on records, versions, and freezing."""

from __future__ import annotations

import uuid

import pytest
from django.db import DatabaseError, transaction

from congvu.common.errors import Conflict, NotFound
from congvu.ground.files import selectors, services, store
from congvu.ground.files.errors import Frozen
from congvu.ground.files.models import File
from tests.ground.files import build
from tests.ground.files.build import HOA, LAN, QUAY
from tests.marks import refuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    return build.record(["s:101", "u:1"])


def test_attached_file_carries_purpose_and_label(send, dossier, django_assert_num_queries):
    info = services.attach(LAN, send(LAN, build.pdf()).id, record=dossier.id, purpose="submitted", label="Tờ khai")
    assert (info.record_id, info.purpose, info.label) == (dossier.id, "submitted", "Tờ khai")
    services.attach(LAN, send(LAN, build.picture(), "a.jpg").id, record=dossier.id, purpose="supplement")
    with django_assert_num_queries(1):
        assert [(f.purpose, f.media_type) for f in selectors.files_of(dossier.id)] == [
            ("submitted", "application/pdf"), ("supplement", "image/jpeg"),
        ]  # fmt: skip
    assert [f.label for f in selectors.files_of(dossier.id, purposes=["submitted"])] == ["Tờ khai"]


def test_attaching_again_changes_nothing(send, dossier):
    info = send(LAN, build.pdf())
    first = services.attach(LAN, info.id, record=dossier.id, purpose="submitted", label="Tờ khai")
    assert services.attach(LAN, info.id, record=dossier.id, purpose="submitted", label="Khác") == first


@pytest.mark.parametrize("other", [QUAY, HOA])
def test_somebody_elses_upload_cannot_be_attached(send, dossier, other):
    info = send(LAN, build.pdf())
    with pytest.raises(NotFound):
        services.attach(other, info.id, record=dossier.id, purpose="submitted")
    assert File.objects.get().record_id is None


def test_file_of_one_record_cannot_move_to_another(send, dossier):
    info = services.attach(LAN, send(LAN, build.pdf()).id, record=dossier.id, purpose="submitted")
    with pytest.raises(Frozen):
        services.attach(LAN, info.id, record=build.record(["s:101"]).id, purpose="submitted")
    assert File.objects.get().record_id == dossier.id


def test_detached_file_is_only_its_uploaders_again(send, dossier):
    info = services.attach(LAN, send(LAN, build.pdf()).id, record=dossier.id, purpose="submitted", label="x")
    services.detach(LAN, info.id)
    file = File.objects.get()
    assert (file.record_id, file.purpose, file.label) == (None, "", "")
    with pytest.raises(NotFound):
        services.detach(QUAY, info.id)


def test_new_version_takes_the_place_and_the_old_one_stays(send, dossier):
    old = services.attach(HOA, send(HOA, build.pdf("1")).id, record=dossier.id, purpose="draft", label="Dự thảo")
    new = services.replace(HOA, old.id, by=send(HOA, build.pdf("2")).id)
    assert (new.version, new.label, new.purpose, new.record_id) == (2, "Dự thảo", "draft", dossier.id)
    assert [(f.version, f.current) for f in selectors.files_of(dossier.id)] == [(1, False), (2, True)]
    with pytest.raises(Conflict, match="bản mới hơn"):
        services.replace(HOA, old.id, by=send(HOA, build.pdf("3")).id)


def test_locked_file_is_frozen_by_services_and_by_the_database(send, dossier):
    info = services.attach(LAN, send(LAN, build.pdf()).id, record=dossier.id, purpose="submitted", label="Tờ khai")
    locked = services.lock_version(info.id)
    assert locked.locked_at is not None
    assert services.lock_version(info.id).locked_at == locked.locked_at
    with pytest.raises(Frozen):
        services.detach(LAN, info.id)
    for change in ({"name": "khac.pdf"}, {"record": None, "purpose": ""}, {"locked_at": None}):
        with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
            File.objects.filter(id=info.id).update(**change)
    with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
        File.objects.filter(id=info.id).delete()
    assert selectors.files_of(dossier.id) == [locked]


def test_content_cannot_change_under_its_digest(send):
    from congvu.ground.files.models import Blob

    send(LAN, build.pdf())
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Blob.objects.update(sha256="0" * 64)


def test_lock_needs_a_record_and_a_whole_content(send, dossier):
    info = send(LAN, build.pdf())
    with pytest.raises(Frozen):
        services.lock_version(info.id)
    services.attach(LAN, info.id, record=dossier.id, purpose="submitted")
    store.path_of(info.sha256).write_bytes(b"")
    with pytest.raises(Conflict, match="Kho tệp thiếu"):
        services.lock_version(info.id)
    assert File.objects.get().locked_at is None
    with pytest.raises(NotFound):
        services.lock_version(uuid.uuid4())


def test_own_upload_can_be_discarded(send):
    services.discard(LAN, send(LAN, build.pdf()).id)
    assert not File.objects.exists()


@refuses("file.discard")
def test_discard_refuses_strangers_and_files_in_use(send, dossier):
    info = send(LAN, build.pdf())
    with pytest.raises(NotFound):
        services.discard(QUAY, info.id)
    services.attach(LAN, info.id, record=dossier.id, purpose="submitted")
    with pytest.raises(Frozen):
        services.discard(LAN, info.id)
    assert File.objects.get().record_id == dossier.id


def test_paper_made_by_the_program_is_clean_from_the_start():
    info = services.store(HOA, name="giay-tiep-nhan.pdf", content=build.pdf())
    assert (info.scan, info.scan_reason, info.sendable) == ("released", "Do hệ thống lập", True)
    assert selectors.sendable(info.id)


def test_own_uploads_names_only_the_actors(send):
    mine, theirs = send(LAN, build.pdf()), send(QUAY, build.picture(), "a.jpg")
    assert selectors.own_uploads(LAN, [mine.id, theirs.id]) == {mine.id: mine}
