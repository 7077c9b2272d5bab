"""From reception to the result in the citizen's hand, with send-back, stand-in, assignment and bulk approval."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone

from congvu.common.actor import ANONYMOUS, SYSTEM
from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound
from congvu.domains.dossiers import selectors, services
from congvu.domains.dossiers.errors import WrongState
from congvu.domains.dossiers.models import Dossier, Rating, Result
from congvu.domains.dossiers.types import ResultInput
from congvu.domains.procedures import services as procedures
from congvu.domains.procedures.types import StepInput
from congvu.engines.deadlines import selectors as deadlines
from congvu.engines.workflow import selectors as work
from congvu.ground.audit.models import Entry
from congvu.ground.files import services as files
from congvu.ground.orgs import selectors as orgs
from tests.ground.files.build import pdf
from tests.marks import refuses


def test_own_steps_run_to_the_end(world):
    record = world.take_in("2.000908").record_id
    item = world.go_to(record, "issue")
    services.issue_result(world.holder(record), item.id, ResultInput(text="Cấp bản sao."))
    view = selectors.dossier(world.clerk, record)
    assert (view.state, view.national_status) == ("finished", 9)
    (result,) = view.results
    assert (result.number, result.code, result.signed) == ("1/KQ-UBND", "KQ.G15.000020", False)
    services.return_result(world.clerk, record, to="Trần Thị Lan")
    view = selectors.dossier(world.clerk, record)
    assert (view.state, view.national_status) == ("returned", 10)
    assert work.open_items(record, world.clerk) == []
    assert {clock.state for clock in deadlines.clocks(record)} == {"stopped"}


@refuses("dossier.step", "dossier.approve", "dossier.send_back", "dossier.issue", "dossier.assign")
def test_only_the_holder_works_on_a_step(world):
    record = world.take_in("2.000908").record_id
    item = world.waiting(record)
    before = Entry.objects.count()
    for actor, refusal in ((world.clerk, Forbidden), (world.citizen("Lạ Mặt", "099188000777"), NotFound)):
        for call in (
            lambda a: services.complete_step(a, item.id),
            lambda a: services.approve(a, item.id),
            lambda a: services.send_back(a, item.id, to="x", reason="Sửa"),
            lambda a: services.issue_result(a, item.id, ResultInput()),
            lambda a: services.assign(a, item.id, position_id=1),
        ):
            with pytest.raises((refusal, Forbidden)):
                call(actor)
    assert world.waiting(record) == item
    assert Entry.objects.count() == before
    assert not Result.objects.exists()


def test_a_step_is_done_once(world):
    record = world.take_in("2.000908").record_id
    item, holder = world.waiting(record), world.holder(record)
    services.complete_step(holder, item.id)
    with pytest.raises(Conflict, match=holder.name):
        services.complete_step(holder, item.id)


def test_send_back_needs_a_reason_and_returns_the_work(world):
    record = world.take_in("2.000908").record_id
    first = world.waiting(record)
    services.complete_step(world.holder(record), first.id)
    item, holder = world.waiting(record), world.holder(record)
    with pytest.raises(Invalid):
        services.send_back(holder, item.id, to=first.node, reason=" ")
    services.send_back(holder, item.id, to=first.node, reason="Thiếu số quyển")
    assert world.waiting(record).node == first.node


def test_issuing_step_needs_a_result(world):
    record = world.take_in("2.000908").record_id
    item = world.go_to(record, "issue")
    with pytest.raises(WrongState):
        services.complete_step(world.holder(record), item.id)
    assert world.waiting(record).id == item.id


def test_a_ministry_result_keeps_its_number_and_needs_its_file(world):
    record = world.take_in("1.001193").record_id
    item = world.go_to(record, "issue")
    with pytest.raises(Invalid) as refusal:
        services.issue_result(world.holder(record), item.id, ResultInput())
    assert {p.field for p in refusal.value.problems} == {"number", "file"}
    assert not Result.objects.exists()


def test_who_issues_an_uploaded_result_answers_for_it_and_the_citizen_may_read_it(world):
    record = world.take_in("2.000908").record_id
    item = world.go_to(record, "issue")
    holder = world.holder(record)
    upload = files.upload(holder, name="bản sao.pdf", stream=BytesIO(pdf("result")))
    assert upload.scan == "quarantined"
    services.issue_result(holder, item.id, ResultInput(file=upload.id))
    issued = files.open_file(world.citizen(), upload.id)
    assert (issued.info.scan, issued.info.scan_reason) == ("released", f"{holder.name}: Ban hành kết quả số 1/KQ-UBND")
    entry = Entry.objects.get(verb="dossier.issue", record=record)
    assert (entry.actor_name, entry.detail["vouched"]) == (holder.name, "Ban hành kết quả số 1/KQ-UBND")


def test_the_upload_of_somebody_else_is_no_result(world):
    record = world.take_in("2.000908").record_id
    item = world.go_to(record, "issue")
    upload = files.upload(world.clerk, name="của người khác.pdf", stream=BytesIO(pdf("other")))
    with pytest.raises(NotFound):
        services.issue_result(world.holder(record), item.id, ResultInput(file=upload.id))
    assert files.open_file(world.clerk, upload.id).info.scan == "quarantined"
    assert not Result.objects.exists()


def test_a_stand_in_approves_and_both_names_are_kept(world):
    record = world.take_in("2.000908").record_id
    item = world.go_to(record, "approve")
    deputy = world.made.users["phochutich"]
    post = next(p for p in orgs.posts_of(deputy) if p.stand_in_for)
    actor = orgs.staff_actor(deputy, post.position_id)
    services.approve(actor, item.id)
    entry = Entry.objects.get(verb="dossier.approve")
    assert (entry.actor_name, entry.on_behalf_of) == ("Vũ Thị Lan", "Lương Trọng Hùng")


def test_assigned_work_leaves_other_inboxes(world):
    record = world.take_in("2.000908").record_id
    item, holder = world.waiting(record), world.holder(record)
    services.assign(holder, item.id, position_id=holder.position_id)
    assert world.waiting(record).assignee_id == holder.position_id


@refuses("dossier.return")
def test_results_are_returned_by_clerks_to_a_named_person(world):
    record = world.take_in("2.000908").record_id
    with pytest.raises(WrongState):
        services.return_result(world.clerk, record, to="Trần Thị Lan")
    item = world.go_to(record, "issue")
    services.issue_result(world.holder(record), item.id, ResultInput(text="Cấp bản sao."))
    with pytest.raises(Forbidden):
        services.return_result(world.staff("vanthu"), record, to="Trần Thị Lan")
    with pytest.raises(Invalid):
        services.return_result(world.clerk, record, to=" ")
    assert Dossier.objects.get(pk=record).returned_at is None


@refuses("dossier.rate")
def test_rating_once_by_token_and_only_after_a_result(world):
    answer = world.take_in("2.000908")
    with pytest.raises(WrongState):
        services.rate(ANONYMOUS, answer.token, score=5, reasons=[])
    with pytest.raises(NotFound):
        services.rate(ANONYMOUS, "khong-co", score=5, reasons=[])
    item = world.go_to(answer.record_id, "issue")
    services.issue_result(world.holder(answer.record_id), item.id, ResultInput(text="Cấp bản sao."))
    with pytest.raises(Invalid):
        services.rate(ANONYMOUS, answer.token, score=6, reasons=[])
    assert not Rating.objects.exists()
    services.rate(ANONYMOUS, answer.token, score=1, reasons=["wait", "khác"])
    with pytest.raises(Conflict):
        services.rate(ANONYMOUS, answer.token, score=5, reasons=[])
    assert list(Rating.objects.values_list("score", "reasons")) == [(1, ["wait"])]
    # The official concerned never reads it; the head does.
    assert selectors.dossier(world.clerk, answer.record_id).rating is None
    assert selectors.dossier(world.staff("chutich"), answer.record_id).rating == 1


@refuses("dossier.step")
def test_an_approving_step_is_approved_not_just_done(world):
    record = world.take_in("2.000908").record_id
    item = world.go_to(record, "approve")
    with pytest.raises(WrongState, match="Phê duyệt"):
        services.complete_step(world.holder(record), item.id)
    assert world.waiting(record).id == item.id
    services.approve(world.holder(record), item.id)
    assert Entry.objects.filter(verb="dossier.approve", detail__step=item.name).count() == 1
    assert world.waiting(record).id != item.id


def test_an_approval_that_leaves_only_the_hand_over_decides_the_dossier(world):
    rows = [
        StepInput("Tiếp nhận hồ sơ", "clerk", "center", Decimal(2)),
        StepInput("Thẩm định", "specialist", "section", Decimal(10)),
        StepInput("Phê duyệt", "chair", "authority", Decimal(4), kind="approve"),
        StepInput("Trả kết quả", "clerk", "center", Decimal(0)),
    ]
    procedures.set_steps(SYSTEM, "2.000908", rows)
    record = world.take_in("2.000908").record_id
    item = world.go_to(record, "approve")
    services.approve(world.holder(record), item.id)
    view = selectors.dossier(world.clerk, record)
    assert (view.state, view.finished_at) == ("finished", timezone.now())
    assert {clock.state for clock in deadlines.clocks(record)} == {"stopped"}
    assert world.waiting(record).step_kind == "return"
