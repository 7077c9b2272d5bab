"""Online filing: numbers of submissions never meet, repeats give the first answer."""

from __future__ import annotations

import secrets
from datetime import datetime

import pytest

from congvu.common.actor import SYSTEM
from congvu.common.errors import Forbidden
from congvu.common.zones import VN
from congvu.domains.dossiers import declaration, services
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers.errors import NotRunnable
from congvu.domains.dossiers.models import Dossier
from congvu.domains.procedures import selectors as procedures
from congvu.domains.procedures import services as catalogue
from congvu.domains.procedures.models import ProcedureVersion
from congvu.engines.forms import services as forms
from congvu.ground.audit.models import Entry
from congvu.ground.law import services as law
from congvu.ground.orgs import services as orgs
from tests.drill.jobs import answers_of
from tests.drill.jobs import person as someone
from tests.marks import refuses


def draft(world, number: int):
    who = someone(number)
    applicant = world.citizen(who.full_name, who.personal_id)
    form = declaration.form_for(procedures.procedure("2.000908", world.today), world.today)
    made = services.begin_draft(
        applicant, procedure_code="2.000908", authority_id=world.made.units["xa-yen-khe"],
        form_version=form.version_id, values=answers_of(who),
    )  # fmt: skip
    return applicant, made


def test_a_number_that_is_taken_is_drawn_again(world, monkeypatch):
    forms.load_shipped(SYSTEM)
    drawn = iter([7, 7, 7, 8])
    monkeypatch.setattr(secrets, "randbelow", lambda _limit: next(drawn))
    numbers = [services.submit(*draft(world, number), key="k").portal_number for number in (1, 2)]
    assert numbers == ["DV-261119-0000007", "DV-261119-0000008"]


def test_a_repeat_gives_the_first_answer_and_says_so_in_the_trail(world):
    forms.load_shipped(SYSTEM)
    applicant, made = draft(world, 1)
    first = services.submit(applicant, made, key="k")
    assert services.submit(applicant, made, key="k") == first
    assert services.submit(applicant, made, key="another") == first
    assert Dossier.objects.count() == 1
    entries = list(Entry.objects.filter(verb="dossier.submit"))
    assert [entry.record for entry in entries if entry.record] == [first.record_id]
    repeats = [entry.detail["repeat_of"] for entry in entries if not entry.record]
    assert repeats == [str(first.record_id)] * 2


def test_what_came_online_is_answered_within_the_figure_of_its_day(world, django_assert_num_queries):
    """Filed on Thursday 19/11/2026 at 9:30: eight working hours of 7:30–11:30 and 13:00–17:00 end on Friday at 9:30."""
    forms.load_shipped(SYSTEM)
    applicant, made = draft(world, 1)
    record = services.submit(applicant, made, key="k").record_id
    view = dossiers.dossier(world.clerk, record)
    dossiers.answer_by(view)
    with django_assert_num_queries(3):
        assert f"{dossiers.answer_by(view):%H:%M %d/%m/%Y}" == "09:30 20/11/2026"
    law.set_figure(SYSTEM, "online_answer", value="4wh", valid_from=world.today, legal_basis="Quyết định của tỉnh")
    assert f"{dossiers.answer_by(view):%H:%M %d/%m/%Y}" == "15:00 19/11/2026"
    services.receive(world.clerk, record)
    assert dossiers.answer_by(dossiers.dossier(world.clerk, record)) is None


def test_a_dossier_runs_by_the_version_of_the_day_of_reception(world):
    """Begun on Thursday 19/11/2026, filed on Friday, received on Wednesday 25/11: each day another limit."""
    forms.load_shipped(SYSTEM)
    applicant, made = draft(world, 1)
    begun = procedures.procedure("2.000908", world.today).version_id
    world.clock.move_to(datetime(2026, 11, 20, 9, 30, tzinfo=VN))
    filed_by = catalogue.set_time(SYSTEM, "2.000908", "4wd", "Quyết định của tỉnh")
    record = services.submit(applicant, made, key="k").record_id
    row = Dossier.objects.get(pk=record)
    assert (row.procedure_version_id, row.declared_version_id) == (filed_by, begun)
    world.clock.move_to(datetime(2026, 11, 25, 9, 30, tzinfo=VN))
    received_by = catalogue.set_time(SYSTEM, "2.000908", "2wd", "Quyết định của tỉnh")
    assert len({begun, filed_by, received_by}) == 3
    answer = services.receive(world.clerk, record)
    # Two working days from Wednesday 25 are Thursday 26 and Friday 27 November.
    assert answer.due_at == datetime(2026, 11, 27, 9, 30, tzinfo=VN)
    row.refresh_from_db()
    assert (row.procedure_version_id, row.declared_version_id) == (received_by, begun)


@refuses("dossier.submit")
def test_a_draft_older_than_the_end_of_own_filing_stays_a_draft(world):
    forms.load_shipped(SYSTEM)
    applicant, made = draft(world, 1)
    world.clock.shift(24 * 3600)
    orgs.set_settings(SYSTEM, world.made.units["xa-yen-khe"], {"own_filing": False}, valid_from=world.today)
    before = Entry.objects.count()
    with pytest.raises(Forbidden, match="dichvucong"):
        services.submit(applicant, made, key="k")
    assert (Dossier.objects.count(), Entry.objects.count()) == (0, before)
    assert dossiers.draft(applicant, made).submitted_as is None


@refuses("dossier.submit", "dossier.receive")
def test_what_runs_no_more_is_neither_filed_nor_received(world):
    forms.load_shipped(SYSTEM)
    (applicant, made), (other, second) = draft(world, 1), draft(world, 2)
    record = services.submit(other, second, key="k").record_id
    ProcedureVersion.objects.filter(procedure__code="2.000908").update(valid_to=world.today)
    world.clock.shift(24 * 3600)
    before = Entry.objects.count()
    with pytest.raises(NotRunnable):
        services.submit(applicant, made, key="k")
    with pytest.raises(NotRunnable):
        services.receive(world.clerk, record)
    assert (Dossier.objects.count(), Entry.objects.count()) == (1, before)
    assert dossiers.draft(applicant, made).submitted_as is None
    view = dossiers.dossier(world.clerk, record)
    assert (view.state, view.code) == ("submitted", "")
