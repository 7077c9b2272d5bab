"""An accepted batch becomes work files: one for each paper file, scans named there without a copy, called digitised."""

from __future__ import annotations

from datetime import datetime

import pytest

from congvu.common.actor import SYSTEM
from congvu.common.errors import Forbidden, Invalid, NotFound
from congvu.common.zones import VN
from congvu.domains.digitising import selectors as digitising
from congvu.domains.digitising import services
from congvu.domains.digitising.errors import WrongState
from congvu.domains.workfiles import selectors as workfiles
from congvu.domains.workfiles import services as filing
from congvu.domains.workfiles.models import DisposalItem, WorkFile
from congvu.ground.audit.models import Entry
from congvu.ground.events.services import deliver_pending
from congvu.ground.files import jobs, store
from congvu.ground.files import services as files
from congvu.ground.files.models import Blob, File
from congvu.journeys import digitising_workfiles as journey
from tests.domains.digitising.papers import begun, scan, taken
from tests.domains.workfiles.filing import handed
from tests.marks import refuses


@refuses("digitising.accept")
def test_a_batch_is_filed_when_its_sample_passed(world):
    batch, clerk, chief = begun(world), world.staff("vanthu"), world.staff("chanhvp")
    taken(world, batch, 1, content=scan(1, pages=3))
    taken(world, batch, 2, paper_file="16.DC", file_title="Hồ sơ thu hồi đất", issued_on=None)
    with pytest.raises(WrongState):
        journey.accept(clerk, batch, years=70)
    services.draw(clerk, batch, percent=100)
    one, two = digitising.batch(clerk, batch).scans
    services.check(chief, one.id, passed=True)
    with pytest.raises(WrongState):
        journey.accept(clerk, batch, years=70)
    services.check(chief, two.id, passed=True)
    with pytest.raises(Forbidden):
        journey.accept(chief, batch, years=70)
    with pytest.raises(Invalid):
        journey.accept(clerk, batch, years=None)
    assert WorkFile.objects.count() == 0
    blobs = Blob.objects.count()
    assert journey.accept(clerk, batch, years=70) == 2
    assert Blob.objects.count() == blobs
    (first, second) = WorkFile.objects.order_by("notation")
    view = workfiles.file(clerk, first.pk)
    assert (view.row.code, view.row.title, view.row.retention, view.paper) == (
        "H99.101.2003.15.DC", "Hồ sơ giao đất năm 2003", "70 năm", True,
    )  # fmt: skip
    (entry,) = view.entries
    assert (entry.described.confidence, entry.described.pages, entry.described.type_name) == ("02", 3, "Quyết định")
    assert entry.described.process == "Số hóa ngày 19/11/2026, H99.101_QĐ_000001_V1"
    assert second.record.code == "H99.101.1998.16.DC"
    done = digitising.batch(clerk, batch)
    assert (done.row.state, [found.work_file for found in done.scans]) == ("accepted", [first.pk, second.pk])
    (row,) = digitising.progress(clerk, 2026)
    assert (row.scanned, row.accepted) == (4, 4)
    with pytest.raises(WrongState):
        journey.accept(clerk, batch, years=70)


def test_digitised_files_do_not_count_as_handled_on_the_network(world):
    batch, clerk = begun(world, login="hotich"), world.staff("vanthu")
    taken(world, batch, 1, login="hotich")
    services.draw(clerk, batch, percent=10)
    (one,) = digitising.batch(clerk, batch).scans
    services.check(world.staff("chanhvp"), one.id, passed=True)
    journey.accept(clerk, batch, years=None, permanent=True)
    file = WorkFile.objects.get()
    world.clock.move_to(datetime(2026, 11, 20, 9, 0, tzinfo=VN))
    filing.close(clerk, file.pk)
    handed(clerk, file.pk)
    assert WorkFile.objects.get().online is False
    assert workfiles.package(clerk, file.pk).content.startswith(b"PK")


COUNCIL = ("chanhvp", "truongphong", "hotich", "giamdoc", "vanhoa")


def destroyed(world, file) -> None:
    """The council agrees, the chair decides, the clerk destroys."""
    clerk, chair, posts = world.staff("vanthu"), world.staff("chutich"), [world.staff(login) for login in COUNCIL]
    made = filing.list_for_disposal(
        clerk, world.made.units["xa-yen-khe"], title="Xét hủy", files=[file],
        members=[post.position_id for post in posts], reason="Hết thời hạn lưu trữ",
    )  # fmt: skip
    for post in posts:
        filing.speak(post, made, agrees=True)
    filing.decide(chair, made, destroy=True, decision="Quyết định 5/QĐ-UBND ngày 10/01/2030")
    filing.destroy(clerk, made)


@refuses("digitising.erase")
def test_scans_are_destroyed_with_their_file_and_leave_their_trace(world):
    """One file is destroyed, the other of the same batch stays; the scan that was made again goes too."""
    batch, clerk, chief = begun(world), world.staff("vanthu"), world.staff("chanhvp")
    taken(world, batch, 1)
    taken(world, batch, 2, paper_file="16.DC", file_title="Hồ sơ thu hồi đất")
    services.draw(clerk, batch, percent=100)
    one, two = digitising.batch(clerk, batch).scans
    services.check(chief, one.id, passed=False, reason="Mờ")
    services.check(chief, two.id, passed=True)
    taken(world, batch, 3, replaces=one.id)
    again = next(scan for scan in digitising.batch(clerk, batch).scans if scan.state == "taken")
    services.check(chief, again.id, passed=True)
    journey.accept(clerk, batch, years=2)
    first, second = WorkFile.objects.order_by("notation")
    filing.close(clerk, first.pk)
    handed(clerk, first.pk)
    filing.answer(clerk, first.pk, accepted=True)
    digests = {file.blob.sha256: store.path_of(file.blob.sha256) for file in File.objects.all()}
    with pytest.raises(Forbidden):
        services.erase(clerk, first.pk)
    world.clock.move_to(datetime(2030, 1, 2, 9, 0, tzinfo=VN))
    destroyed(world, first.pk)
    deliver_pending()
    deliver_pending()
    jobs.destroy(list(digests))
    left = {file.blob.sha256 for file in File.objects.all()}
    assert len(digests) == 3
    assert (len(left), left == set(Blob.objects.values_list("sha256", flat=True))) == (1, True)
    assert [path.exists() for digest, path in digests.items() if digest not in left] == [False, False]
    with pytest.raises(NotFound):
        files.open_file(clerk, again.file)
    scans = {scan.paper_file: scan for scan in digitising.batch(clerk, batch).scans if scan.state != "replaced"}
    assert (scans["15.DC"].state, scans["16.DC"].state) == ("erased", "accepted")
    files.open_file(SYSTEM, scans["16.DC"].file)
    gone = set(digests) - left
    (entry,) = Entry.objects.filter(verb="digitising.erase")
    assert {scan["sha256"] for scan in entry.detail["scans"]} == gone
    (listed,) = DisposalItem.objects.values_list("trace", flat=True)
    assert {content["sha256"] for content in listed["contents"]} < gone
    (row,) = digitising.progress(clerk, 2026)
    assert row.accepted == 2, "what was done stays done"
    assert services.erase(SYSTEM, first.pk) == 0
    assert workfiles.file(clerk, second.pk).row.state == "open"
