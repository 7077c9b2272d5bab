"""The description fits the API, and nothing it allows makes the program fail (schemathesis)."""

from __future__ import annotations

import json
import warnings

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

from congvu.faces.api.schema import document
from tests.faces.api.online import file_online

OPERATIONS = (
    "list_dossiers", "take_in_dossier", "get_dossier", "receive_dossier", "upload_file", "list_procedures",
    "get_procedure", "list_work", "complete_work", "approve_work", "send_back_work",
    "deliver_message",
)  # fmt: skip
load_all_checks()
FITTING = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
        "response_headers_conformance",
    )
]  # fmt: skip


def described() -> dict:
    return json.loads(document())


def test_anybody_may_read_the_description(client):
    response = client.get("/api/v1/openapi.json")
    assert (response.status_code, response.json()) == (200, described())


def test_the_description_is_made_without_warnings(capsys):
    document.cache_clear()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        document()
    assert capsys.readouterr().err == ""


def test_every_operation_tells_its_refusals_and_asks_for_a_token():
    found = {}
    for operations in described()["paths"].values():
        for operation in operations.values():
            found[operation["operationId"]] = set(operation["responses"])
            assert operation["security"] == [{"token": []}]
            for status, answer in operation["responses"].items():
                kind = "application/json" if status.startswith("2") else "application/problem+json"
                assert list(answer["content"]) == [kind]
    assert sorted(found) == sorted(OPERATIONS)
    assert all({"401", "403", "429"} <= statuses for statuses in found.values())
    assert {"400", "404", "409", "413", "415", "422"} <= found["take_in_dossier"]


def test_requests_take_no_other_names():
    schemas = described()["components"]["schemas"]
    assert schemas["IntakeBodyRequest"]["additionalProperties"] is False
    assert schemas["IntakeBodyRequest"]["required"] == ["applicant", "procedure"]


@pytest.fixture
def _one_connection():
    """As Django's own test client: the end of a request must not close the connection of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


# Where the calls end that have their way: the counter holds no step and the generated files are no papers.
REACHED = {"upload_file": 422, "take_in_dossier": 201, "complete_work": 403, "approve_work": 403, "send_back_work": 403}
REACHED["deliver_message"] = 403


@pytest.mark.schema
@pytest.mark.usefixtures("_one_connection")
def test_nothing_allowed_breaks_it(world, counter):
    """Generated calls, half of them about things that exist: no 5xx, and every answer as described."""
    record = world.take_in("2.000908").record_id
    known = {"item_id": str(world.waiting(record).id), "code": "1.004873"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for name in OPERATIONS:
        known["dossier_id"] = str(file_online(world)) if name == "receive_dossier" else str(record)
        statuses = _call_often(schema.find_operation_by_id(name), known, counter.secret)
        assert REACHED.get(name, 200) in statuses, name


def _call_often(operation, known: dict[str, str], secret: str) -> set[int]:
    """The statuses of a dozen calls of one operation."""
    statuses = set()

    @settings(
        max_examples=12,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(case=operation.as_strategy(), real=st.booleans())
    def run(case, real):
        if real:
            _make_real(case, known)
        headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
        response = case.call_and_validate(headers=headers, checks=FITTING)
        statuses.add(response.status_code)

    run()
    return statuses


def _make_real(case, known: dict[str, str]) -> None:
    """Name things that exist, where the call names things."""
    for place in set(known) & set(case.path_parameters or {}):
        case.path_parameters[place] = known[place]
    for name in set(case.query or {}) & {"after", "code"}:
        case.query.pop(name)
    if isinstance(case.body, dict) and isinstance(case.body.get("applicant"), dict):
        applicant = {"full_name": "Trần Thị Lan", "personal_id": "099188000123"}
        case.body = {"procedure": "1.004873", "applicant": applicant, "copies": case.body.get("copies", 1)}
    if "If-Match" in (case.headers or {}):
        case.headers["If-Match"] = "*"
