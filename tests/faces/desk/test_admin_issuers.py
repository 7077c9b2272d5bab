"""Cơ quan ban hành: declared and changed on the desk; the number follows what was declared."""

from __future__ import annotations

import pytest

from congvu.boot.demo import issuers
from congvu.boot.demo.organisation import FRONT_KEY, PARTY_KEY
from congvu.common.actor import SYSTEM
from congvu.domains.documents import selectors as documents
from congvu.domains.documents.models import Issuer
from congvu.ground.law import selectors as law
from tests.faces.desk.pages import errors, text

pytestmark = pytest.mark.django_db
LIST, NEW = "/quan-tri/ban-hanh", "/quan-tri/ban-hanh/khai-bao"
DAY = {"valid_from_day": "1", "valid_from_month": "7", "valid_from_year": "2025"}
COMMITTEE = {
    "family": "administrative", "above": "", "lines": "Ủy ban nhân dân\nxã Yên Khê", "abbreviation": "UBND",
    "place": "Yên Khê", "collective": "Ủy ban nhân dân", "series": "groups", "groups": "QĐ, CT\nCông văn", "basis": "",
    **DAY,
}  # fmt: skip


def test_a_new_issuer_is_declared_and_numbered_as_said(world, desk):
    client, unit = desk("quantri"), world.made.units["xa-yen-khe"]
    answer = client.post(NEW, {**COMMITTEE, "unit_id": unit})
    assert (answer.status_code, answer.url) == (302, "/quan-tri/ban-hanh/cua/xa-yen-khe")
    office = world.made.units["xa-yen-khe-vp"]
    assert f'id="b-symbol_{office}"' in client.get(answer.url).content.decode()
    assert client.post(answer.url, {**COMMITTEE, f"symbol_{office}": "VP"}).url == LIST
    (by,) = documents.issuers_of(unit)
    assert (by.key, by.lines, by.series, by.groups, by.symbols) == (
        "xa-yen-khe", ("Ủy ban nhân dân", "xã Yên Khê"), "groups", (("QD", "CT"), ("CV",)), {str(office): "VP"},
    )  # fmt: skip
    page = text(client.get(LIST))
    assert "Ủy ban nhân dân xã Yên Khê" in page
    assert "Theo nhóm loại văn bản" in page
    form = client.get(answer.url).content.decode()
    assert "QĐ, CT\nCông văn</textarea>" in form


def test_a_council_shares_the_unit_and_nothing_else(world, desk):
    client, unit = desk("quantri"), world.made.units["xa-yen-khe"]
    council = {"family": "council", "lines": "Hội đồng nhân dân\nxã Yên Khê", "abbreviation": "HĐND", "series": "kind"}
    for given in ({}, council):
        assert client.post(NEW, {**COMMITTEE, "unit_id": unit, **given}).status_code == 302
    assert [row.key for row in documents.issuers_of(unit)] == ["xa-yen-khe", "hd-xa-yen-khe"]


def test_what_cannot_be_is_refused_by_field_and_nothing_moves(world, desk):
    client, unit, party = desk("quantri"), world.made.units["xa-yen-khe"], world.made.units[PARTY_KEY]
    for given, wrong in (
        ({"unit_id": "", "valid_from_day": "40"}, ["b-unit_id", "b-valid_from"]),
        ({"unit_id": unit, "lines": " ", "abbreviation": "", "place": ""}, ["b-abbreviation", "b-place", "b-lines"]),
        ({"unit_id": unit, "groups": "QĐ, Sấm truyền"}, ["b-groups"]),
        ({"unit_id": unit, "groups": "QĐ\nQĐ, CT"}, ["b-groups"]),
        ({"unit_id": unit, "groups": ""}, ["b-groups"]),
        ({"unit_id": unit, "series": "moon"}, ["b-series"]),
        ({"unit_id": unit, "family": "party", "groups": "QĐ"}, ["b-unit_id"]),
        ({"unit_id": party}, ["b-unit_id"]),
    ):
        answer = client.post(NEW, {**COMMITTEE, **given})
        assert (answer.status_code, [field for field, _ in errors(answer)]) == (422, wrong)
        assert 'value="Ủy ban nhân dân"' in answer.content.decode()
    assert "Sấm truyền" in client.post(NEW, {**COMMITTEE, "unit_id": unit, "groups": "Sấm truyền"}).content.decode()
    assert not Issuer.objects.exists()
    assert client.get("/quan-tri/ban-hanh/cua/khong-co").status_code == 404


def test_the_list_asks_twice_however_many_there_are(world, desk, django_assert_max_num_queries):
    client = desk("quantri")
    issuers.load(world.made)
    seen, after = [], ""
    while True:
        context = client.get(LIST, {"sau": after}).context
        seen += [row.key for row, _family, _series in context["rows"]]
        if not (after := context["next"]):
            break
    assert len(seen) == len(set(seen)) == Issuer.objects.count()
    assert {PARTY_KEY, FRONT_KEY} <= set(seen)
    with django_assert_max_num_queries(1):
        assert len(documents.declared(SYSTEM)) == len(seen)


def test_kinds_of_the_party_wait_to_be_compared(world):
    rows = law.items("document_kind")
    assert len(rows) == 18
    assert "Quyết định: QĐ" in {row.item.label for row in rows}
