"""Taking in, receiving and following dossiers over the API; refusals move nothing."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from congvu.domains.dossiers import services
from congvu.domains.dossiers.models import Dossier
from congvu.engines.workflow.models import WorkItem
from congvu.ground.audit.models import Entry
from congvu.ground.numbering.models import Counter
from congvu.ground.records.models import OneTimeKey, Record
from tests.faces.api.caller import BASE, caller, fields, filing
from tests.faces.api.online import file_online
from tests.ground.files.build import pdf
from tests.marks import refuses

PDF = pdf()


def nothing_moved() -> bool:
    moved = (Record, Dossier, Counter, WorkItem, OneTimeKey)
    return not any(model.objects.exists() for model in moved)


def take_in(program, body=None, key=""):
    return program.post("dossiers", body or filing(), Idempotency_Key=key or uuid4().hex)


def test_a_filing_is_taken_in_with_code_receipt_and_due_time(world, counter):
    response = take_in(counter)
    assert response.status_code == 201
    answer = response.json()
    # 3 working days from Thursday 9:30: Friday 20, Monday 23, (Tuesday 24 off), Wednesday 25 at the same hour.
    assert (answer["code"], answer["receipt_number"], answer["due_at"]) == (
        "H99.101-261119-0001", "1/TTPVHCC", "2026-11-25T09:30:00+07:00",
    )  # fmt: skip
    assert response["Location"] == f"/api/v1/dossiers/{answer['id']}"
    entry = Entry.objects.get(verb="dossier.take_in")
    assert (entry.actor_name, entry.actor_user, entry.position) == (
        "Phần mềm hộ tịch Yên Khê",
        counter.user,
        counter.position,
    )


def test_a_filing_with_a_file_and_an_agent(world, counter):
    file = counter.upload(PDF).json()["id"]
    agent = {"full_name": "Lê Văn Bình", "personal_id": "099088000999", "authorisation": "Giấy ủy quyền số 12"}
    body = filing(
        agent=agent, papers=[{"name": "Tờ khai", "originals": 1, "file": file}], channel="post", authority="H99.101"
    )
    answer = take_in(counter, body).json()
    view = counter.get(f"dossiers/{answer['id']}").json()
    assert (view["agent"]["full_name"], view["papers"][0]["file"], view["channel"]) == (
        "Lê Văn Bình",
        file,
        "Bưu chính công ích",
    )


def test_a_repeat_gives_the_first_answer_and_other_content_is_refused(world, counter):
    first = take_in(counter, key="khoa-nop-0001")
    again = take_in(counter, key="khoa-nop-0001")
    assert (again.status_code, again.json()) == (201, first.json())
    for other in (filing("2.000908"), filing(channel="post"), filing(copies=2), filing(result_channel="post")):
        response = take_in(counter, other, key="khoa-nop-0001")
        assert (response.status_code, response.json()["code"]) == (409, "key_reused")
    assert Dossier.objects.count() == 1


def test_a_filing_needs_a_one_time_key(counter):
    for key in ("", "1234567", "x" * 81, "with a blank", "ngắn-nhưng-lạ"):
        headers = {"Idempotency_Key": key.encode().decode("latin-1")} if key else {}
        response = counter.post("dossiers", filing(), **headers)
        assert (response.status_code, response.json()["code"]) == (400, "idempotency_key"), key
    assert nothing_moved()


LONG = "A" * 10_000


WRONG_FIELDS = [
    ({"applicant": {"full_name": LONG, "personal_id": "099188000123"}}, {"applicant.full_name": "max_length"}),
    ({"applicant": {"full_name": "Lan\x00"}}, {"applicant.full_name": "null_characters_not_allowed"}),
    ({"applicant": {"full_name": "Lan", "personal_id": "12"}}, {"applicant.personal_id": "personal_id"}),
    ({"applicant": {"full_name": "Lan", "personal_id": 99188000123}}, {"applicant.personal_id": "invalid"}),
    ({"applicant": None}, {"applicant": "null"}),
    ({"applicant": "Lan"}, {"applicant": "invalid"}),
    ({"procedure": ["1.004873"]}, {"procedure": "invalid"}),
    (
        {"papers": [{"name": "A"}, {"name": " ", "originals": "1"}]},
        {"papers.1.name": "blank", "papers.1.originals": "invalid"},
    ),
    (
        {"papers": [{"name": "A", "file": "x", "shown": "true"}]},
        {"papers.0.file": "invalid", "papers.0.shown": "invalid"},
    ),
    ({"papers": [{"name": "A", "originals": 1000}]}, {"papers.0.originals": "max_value"}),
    ({"papers": [{"name": "A", "originals": True}]}, {"papers.0.originals": "invalid"}),
    ({"copies": 0, "channel": "online"}, {"copies": "min_value", "channel": "invalid_choice"}),
    ({"chanel": "post"}, {"chanel": "unknown"}),
    ({"authority": "H99.999"}, {"authority": "invalid"}),
    ({"authority": "H99.101.04"}, {"authority": "invalid"}),
    ({"agent": {"full_name": "B", "personal_id": "099188000999"}}, {"agent.authorisation": "missing"}),
]  # fmt: skip


def test_every_wrong_field_is_named(counter):
    for changed, expected in WRONG_FIELDS:
        response = take_in(counter, filing(**changed))
        assert response.status_code == 422, changed
        assert fields(response) == expected
    assert nothing_moved()


def test_what_is_no_json_is_told_so(counter):
    for body in (b"{", b"{'a': 1}", b'{"procedure": NaN}', b"\xff\xfe", b"[" * 100_000, rb'{"procedure": "\ud800"}'):
        response = counter.post("dossiers", body, Idempotency_Key=uuid4().hex)
        assert (response.status_code, response.json()["code"]) == (400, "bad_request"), body[:20]
    assert nothing_moved()


def test_what_is_no_object_is_told_so(counter):
    for body in ("", "[]", '"x"', "3", "null", "true", '[{"procedure": "1.004873"}]'):
        assert counter.post("dossiers", body, Idempotency_Key=uuid4().hex).status_code == 422, body
    assert nothing_moved()


def test_other_content_types_and_huge_bodies_are_refused(world, counter):
    headers = {"Authorization": f"Bearer {counter.secret}", "Idempotency-Key": uuid4().hex}
    response = counter.client.post(BASE + "dossiers", "<a/>", content_type="application/xml", headers=headers)
    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")
    huge = filing(request="x" * 1_100_000)
    response = take_in(counter, huge)
    assert (response.status_code, response.json()["code"]) == (413, "too_large")
    assert nothing_moved()


def test_names_are_kept_in_nfc(world, counter):
    body = filing(applicant={"full_name": "Nguye\u0302\u0303n Va\u0306n A 😀", "personal_id": "099188000124"})
    answer = take_in(counter, body).json()
    assert Dossier.objects.get(pk=answer["id"]).applicant["full_name"] == "Nguyễn Văn A 😀"


def test_the_post_needs_the_right_as_a_person_would(world):
    response = take_in(caller("xa-yen-khe-vp", "registrar"))
    assert (response.status_code, response.json()["code"]) == (403, "forbidden")
    assert nothing_moved()


def test_unknown_and_unrunnable_procedures_are_refused(world, counter):
    response = take_in(counter, filing("9.999999"))
    assert (response.status_code, nothing_moved()) == (404, True)


def test_somebody_elses_upload_is_not_found(world, counter, stranger):
    file = stranger.upload(PDF).json()["id"]
    response = take_in(counter, filing(papers=[{"name": "Tờ khai", "file": file}]))
    assert (response.status_code, nothing_moved()) == (404, True)


def test_status_has_its_version_as_etag(world, counter):
    answer = take_in(counter).json()
    response = counter.get(f"dossiers/{answer['id']}")
    view = response.json()
    assert response["ETag"] == f'"{view["version"]}"'
    assert response["Cache-Control"] == "no-store"
    assert (view["code"], view["state"], view["national_status"], view["due_at"]) == (
        answer["code"], "processing", 4, "2026-11-25T09:30:00+07:00",
    )  # fmt: skip
    assert view["abilities"] == ["ask_supplement", "stop"]


def test_a_foreign_unit_finds_nothing(world, counter, stranger):
    answer = take_in(counter).json()
    for path in (f"dossiers/{answer['id']}", f"dossiers/{uuid4()}"):
        assert stranger.get(path).status_code == 404
    assert stranger.get("dossiers", {"code": answer["code"]}).json()["rows"] == []
    assert stranger.post(f"dossiers/{answer['id']}/receive").status_code == 404
    assert counter.get("dossiers/khong-phai-uuid").status_code == 404


def test_look_up_by_code_in_either_order(world, counter):
    codes = [take_in(counter).json()["code"] for _ in range(2)]
    for asked in (codes[0], f" {codes[0].lower()} "):
        assert [row["code"] for row in counter.get("dossiers", {"code": asked}).json()["rows"]] == codes[:1]
    assert counter.get("dossiers", {"code": codes[0][:-1]}).json()["rows"] == []


def test_the_list_pages_by_cursor_in_a_fixed_number_of_statements(world, counter, django_assert_num_queries):
    for _ in range(5):
        take_in(counter)
        world.clock.shift(60)
    # Token, post, page with its records.
    with django_assert_num_queries(3):
        first = counter.get("dossiers", {"limit": 2, "state": "processing"}).json()
    second = counter.get("dossiers", {"limit": 3, "after": first["next"]}).json()
    codes = [row["code"][-4:] for row in first["rows"] + second["rows"]]
    assert (codes, second["next"]) == (["0005", "0004", "0003", "0002", "0001"], "")


def test_strange_queries_are_refused_by_name(counter):
    first = str(UUID(int=1))
    for query in (
        {"after": "x"}, {"after": "2026-11-19T09:30:00+07:00_x"}, {"after": f"2026-11-19_{first}"},
        {"after": f"0001-01-01T00:00:00+23:59_{first}"}, {"limit": "0"}, {"limit": "²"}, {"state": "lost"},
        {"sort": "x"}, {"after": "y" * 300}, {"code": "H\x00"},
    ):  # fmt: skip
        response = counter.get("dossiers", query)
        assert (response.status_code, set(fields(response))) == (422, set(query)), query


@pytest.fixture
def filed(world):
    """A dossier filed online and waiting to be received."""
    return file_online(world)


def test_what_was_filed_online_is_received_once(world, counter, filed):
    tag = counter.get(f"dossiers/{filed}")["ETag"]
    stale = counter.post(f"dossiers/{filed}/receive", If_Match='"99"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    assert counter.get(f"dossiers/{filed}").json()["state"] == "submitted"
    response = counter.post(f"dossiers/{filed}/receive", If_Match=tag)
    assert (response.status_code, response.json()["code"]) == (200, "H99.101-261119-0001")
    again = counter.post(f"dossiers/{filed}/receive")
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")


def test_strange_entity_tags_are_refused(counter, filed):
    for value, status in (("x", 400), ('"1", "2"', 400), ('W/"1"', 412), ('"abc"', 412)):
        assert counter.post(f"dossiers/{filed}/receive", If_Match=value).status_code == status, value
    assert counter.get(f"dossiers/{filed}").json()["state"] == "submitted"


@refuses("dossier.receive")
def test_reception_needs_a_clerk(world, filed):
    assert caller("xa-yen-khe-tt", "center_head").post(f"dossiers/{filed}/receive").status_code == 403
    assert Record.objects.get(id=filed).state == "submitted"


def test_methods_that_are_not_there(counter):
    response = counter.client.delete(BASE + "dossiers", headers={"Authorization": f"Bearer {counter.secret}"})
    assert (response.status_code, response.json()["code"], response["Allow"]) == (
        405, "method_not_allowed", "GET, HEAD, POST",
    )  # fmt: skip


def test_services_and_api_share_their_keys_per_login(world, counter):
    """Another login may use the same key: it is its own."""
    take_in(counter, key="khoa-chung-01")
    services.take_in(world.clerk, world.intake(), key="khoa-chung-01")
    assert Dossier.objects.count() == 2
