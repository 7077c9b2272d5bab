"""Reception at the counter: code of the day, clocks, process, receipt; refusals move nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest

from congvu.common.errors import Forbidden, Invalid, KeyReused
from congvu.common.zones import VN
from congvu.domains.dossiers import selectors, services
from congvu.domains.dossiers.errors import NotRunnable, WrongState
from congvu.domains.dossiers.models import Dossier
from congvu.domains.dossiers.types import Person
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.workflow.models import WorkItem
from congvu.ground.audit.models import Entry
from congvu.ground.numbering.models import Counter
from congvu.ground.records.models import Record
from tests.marks import refuses


def nothing_moved():
    return not (
        Record.objects.exists() or Dossier.objects.exists() or Counter.objects.exists() or WorkItem.objects.exists()
    )


def test_code_receipt_due_time_and_first_step(world):
    answer = world.take_in("1.004873")
    assert answer.code == "H99.101-261119-0001"
    assert answer.receipt_number == "1/TTPVHCC"
    # 3 working days from Thursday 9:30: Friday 20, Monday 23, (Tuesday 24 off), Wednesday 25 at the same hour.
    assert answer.due_at == datetime(2026, 11, 25, 9, 30, tzinfo=VN)
    assert world.waiting(answer.record_id).step_kind == "assign"
    entry = Entry.objects.get(verb="dossier.take_in")
    assert (entry.actor_name, entry.detail["code"]) == ("Phạm Thị Hoa", "H99.101-261119-0001")


def test_birth_runs_by_same_day(world):
    assert world.take_in("1.001193").due_at == datetime(2026, 11, 19, 17, 0, tzinfo=VN)
    world.clock.move_to(datetime(2026, 11, 20, 15, 1, tzinfo=VN))
    # Received on Friday after 15:00: Monday at 17:00.
    assert world.take_in("1.001193").due_at == datetime(2026, 11, 23, 17, 0, tzinfo=VN)


def test_codes_count_per_agency_and_day(world):
    codes = [world.take_in().code for _ in range(2)]
    world.clock.move_to(datetime(2026, 11, 20, 8, 0, tzinfo=VN))
    codes.append(world.take_in().code)
    assert codes == ["H99.101-261119-0001", "H99.101-261119-0002", "H99.101-261120-0001"]


def test_repeat_with_the_same_key_gives_the_first_answer(world):
    key, intake = uuid4().hex, world.intake()
    first = services.take_in(world.clerk, intake, key=key)
    assert services.take_in(world.clerk, intake, key=key) == first
    assert Dossier.objects.count() == 1
    with pytest.raises(KeyReused):
        services.take_in(world.clerk, world.intake("2.000908"), key=key)
    assert Dossier.objects.count() == 1


@refuses("dossier.take_in")
def test_only_clerks_take_in(world):
    with pytest.raises(Forbidden):
        services.take_in(world.staff("vanthu"), world.intake(), key=uuid4().hex)
    with pytest.raises(Forbidden):
        services.take_in(world.citizen(), world.intake(), key=uuid4().hex)
    assert nothing_moved()


def test_every_wrong_field_is_named_at_once(world):
    person = Person("A" * 10_000, personal_id="12345", phone="không có", email="x")
    with pytest.raises(Invalid) as refusal:
        world.take_in(applicant=person, agent=Person("Lê Văn B", personal_id="099188000999"))
    assert {p.field for p in refusal.value.problems} == {
        "applicant.full_name", "applicant.personal_id", "applicant.phone", "applicant.email", "agent.authorisation",
    }  # fmt: skip
    assert nothing_moved()


def test_names_are_stored_in_nfc_without_control_characters(world):
    answer = world.take_in(applicant=Person("Nguye\u0302\u0303n Va\u0306n\x00 A", personal_id="099188000124"))
    assert Dossier.objects.get(pk=answer.record_id).applicant["full_name"] == "Nguyễn Văn A"


def test_a_procedure_that_cannot_run_is_refused_with_its_reasons(world):
    from congvu.common.actor import SYSTEM
    from congvu.domains.procedures import services as procedures

    row = {**next(r for r in procedures.shipped_rows() if r["code"] == "1.000656")}
    procedures.import_rows(SYSTEM, [row | {"time": {"value": None, "unit": None}}], dry_run=False)
    with pytest.raises(NotRunnable, match=r"1\.000656"):
        world.take_in("1.000656")
    assert nothing_moved()


def test_two_clocks_start(world):
    record = world.take_in().record_id
    legal, index = deadlines.clocks(record)
    assert (legal.kind, legal.rule, index.kind, index.rule) == ("legal", "restart", "index", "subtract")


def test_look_up_by_code_in_both_agency_orders_shows_no_name(world):
    code = world.take_in().code
    view = selectors.public_look_up(code)
    assert selectors.public_look_up(" h99.101-261119-0001 ") == view
    assert "Trần" not in repr(view)
    assert selectors.code_orders("000.00.15.H26-240501-0001") == [
        "000.00.15.H26-240501-0001", "H26.15-240501-0001",
    ]  # fmt: skip


def test_receipt_holds_every_field_of_form_01(world):
    from pikepdf import Pdf  # noqa: F401 - the file must be a readable PDF

    answer = world.take_in(agent=Person("Lê Văn Bình", personal_id="099188000999", authorisation="Giấy ủy quyền số 12"))
    text = pdf_text(services.receipt_pdf(world.clerk, answer.record_id))
    for words in (
        "1/TTPVHCC", "H99.101-261119-0001", "Trần Thị Lan", "099188000123", "0900000147", "Lê Văn Bình",
        "Giấy ủy quyền số 12", "xác nhận tình trạng hôn nhân", "Tờ khai", "3 ngày làm việc", "9 giờ 30 phút",
        "ngày 19 tháng 11 năm 2026", "ngày 25 tháng 11 năm 2026", "Phạm Thị Hoa", "Hội đồng nhân dân",
    ):  # fmt: skip
        assert words in text, words


def pdf_text(content: bytes) -> str:
    import subprocess

    raw = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True).stdout
    return " ".join(raw.decode().split())


@refuses("dossier.decline")
def test_what_was_received_is_not_declined_and_only_clerks_decline(world):
    record = world.take_in().record_id
    for actor, reason, refusal in (
        (world.clerk, " ", Invalid), (world.clerk, "Thiếu giấy tờ.", WrongState), (world.citizen(), "Thử", Forbidden),
    ):  # fmt: skip
        with pytest.raises(refusal):
            services.decline(actor, record, reason=reason)
    assert selectors.dossier(world.clerk, record).state == "processing"
