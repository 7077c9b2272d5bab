"""The inbox of a post and its acts over the API."""

from __future__ import annotations

from uuid import uuid4

from congvu.engines.workflow import selectors as work
from congvu.ground.audit.models import Entry
from congvu.ground.orgs import selectors as orgs
from tests.faces.api.caller import Caller, caller, fields


def at_step(world, record) -> Caller:
    """A program in the unit and role for which the record's step waits."""
    role, _, unit = world.waiting(record).holders[0].removeprefix("r:").partition("@")
    return caller(orgs.unit(int(unit)).key, role)


def test_the_inbox_holds_what_waits_for_the_post(world, counter, django_assert_num_queries):
    records = [world.take_in("2.000908").record_id for _ in range(3)]
    program = at_step(world, records[0])
    with django_assert_num_queries(3):
        first = program.get("work", {"limit": 2}).json()
    second = program.get("work", {"limit": 2, "after": first["next"]}).json()
    rows = first["rows"] + second["rows"]
    assert (sorted(row["dossier"] for row in rows), second["next"]) == (sorted(map(str, records)), "")
    assert rows[0]["due_at"].endswith("+07:00")
    assert counter.get("work").json()["rows"] == []


def test_strange_queries_are_refused_by_name(counter):
    for query in ({"after": "x"}, {"group": "never"}, {"limit": "101"}, {"after": "a\x00"}):
        response = counter.get("work", query)
        assert (response.status_code, set(fields(response))) == (422, set(query)), query


def test_a_step_is_completed_once(world):
    record = world.take_in("2.000908").record_id
    item, program = world.waiting(record), at_step(world, record)
    response = program.post(f"work/{item.id}/complete", {"comment": "Đủ giấy tờ"})
    answer = response.json()
    assert (response.status_code, answer["state"], answer["done_by"]) == (200, "done", "Phần mềm hộ tịch Yên Khê")
    assert answer["done_at"] == "2026-11-19T09:30:00+07:00"
    again = program.post(f"work/{item.id}/complete")
    assert (again.status_code, again.json()["code"]) == (409, "already_done")
    assert Entry.objects.filter(verb="dossier.step", actor_user=program.user).count() == 1


def test_approval_and_its_refusals(world):
    record = world.take_in("2.000908").record_id
    early = world.waiting(record)
    if early.step_kind not in ("approve", "review"):
        response = at_step(world, record).post(f"work/{early.id}/approve")
        assert (response.status_code, response.json()["code"]) == (409, "wrong_state")
    item = world.go_to(record, "approve")
    program = at_step(world, record)
    stale = program.post(f"work/{item.id}/approve", If_Match='"99"')
    assert (stale.status_code, world.waiting(record).id) == (412, item.id)
    tag = program.get(f"dossiers/{record}")["ETag"]
    response = program.post(f"work/{item.id}/approve", {"comment": ""}, If_Match=tag)
    assert (response.status_code, response.json()["outcome"]) == (200, "next")
    assert world.waiting(record).id != item.id


def test_sending_back_names_the_step_and_the_reason(world):
    record = world.take_in("2.000908").record_id
    first = world.waiting(record)
    at_step(world, record).post(f"work/{first.id}/complete")
    item, program = world.waiting(record), at_step(world, record)
    refused = program.post(f"work/{item.id}/send-back", {"to": first.node, "reason": " "})
    assert (refused.status_code, fields(refused)) == (422, {"reason": "blank"})
    assert program.post(f"work/{item.id}/send-back", {"to": "khong-co", "reason": "Sửa"}).status_code in (409, 422)
    assert world.waiting(record).id == item.id
    response = program.post(f"work/{item.id}/send-back", {"to": first.node, "reason": "Thiếu số quyển"})
    assert (response.status_code, response.json()["outcome"]) == (200, "send_back")
    assert world.waiting(record).node == first.node


def test_who_does_not_hold_the_step_changes_nothing(world, counter, stranger):
    record = world.take_in("2.000908").record_id
    item = world.waiting(record)
    before = Entry.objects.count()
    for verb in ("complete", "approve", "send-back"):
        body = {"to": item.node, "reason": "Sửa"} if verb == "send-back" else {}
        assert counter.post(f"work/{item.id}/{verb}", body).status_code == 403
        assert stranger.post(f"work/{item.id}/{verb}", body).status_code == 404
        assert counter.post(f"work/{uuid4()}/{verb}", body).status_code == 404
        assert counter.post(f"work/{item.id}/{verb}", body | {"la": 1}).status_code == 422
    long = counter.post(f"work/{item.id}/complete", {"comment": "x" * 10_000})
    assert (long.status_code, fields(long)) == (422, {"comment": "max_length"})
    assert (work.open_items(record)[0].id, Entry.objects.count()) == (item.id, before)
