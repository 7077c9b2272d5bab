"""Whatever the catalogue offers must find its places and posts in the demo province, whatever its table names."""

from __future__ import annotations

import pytest

from congvu.common.actor import SYSTEM
from congvu.common.errors import Refusal
from congvu.domains.dossiers.places import deciding_agency, process_places
from congvu.domains.procedures import selectors, services
from congvu.ground.orgs import selectors as orgs


@pytest.fixture
def whole(world):
    services.import_rows(SYSTEM, services.shipped_rows(), dry_run=False)
    return world


def test_each_runnable_procedure_can_be_received_in_a_commune(whole):
    report, today, center = selectors.runnable_report(), whole.today, whole.made.units["xa-yen-khe-tt"]
    units = orgs.tree(today)
    refused = {}
    for code in (*report.own, *report.template):
        procedure = selectors.procedure(code, today)
        try:
            places = process_places(units, deciding_agency(units, center, procedure), procedure, center=center)
        except Refusal as refusal:
            refused[code] = str(refusal)
            continue
        assert {step.place for step in procedure.steps if step.place} <= places.keys()
        assert places["center"] == center
    assert refused == {}
