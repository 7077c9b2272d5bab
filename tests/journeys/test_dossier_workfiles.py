"""Dossiers of the one-stop shop lie in work files without a copy."""

from __future__ import annotations

import pytest

from congvu.common.errors import NotFound
from congvu.domains.workfiles import selectors as workfiles
from congvu.domains.workfiles.models import Entry
from congvu.ground.files.models import File
from congvu.journeys import dossier_workfiles as journey
from tests.domains.workfiles.filing import opened


def test_a_dossier_is_named_in_a_work_file_and_not_copied(world):
    dossier, actor = world.take_in("2.000908"), world.staff("chutich")
    file, other = opened(world, "chutich", notation="01.LD"), opened(world, "chutich", notation="02.LD")
    before = File.objects.count()
    assert journey.collect(actor, dossier.record_id, file) == 1
    assert journey.collect(actor, dossier.record_id, file) == 1
    journey.collect(actor, dossier.record_id, other)
    assert File.objects.count() == before
    (entry,) = workfiles.file(actor, file).entries
    one = entry.described
    assert (one.type_name, one.notation, one.organ_name) == ("Hồ sơ thủ tục hành chính", dossier.code, "Trần Thị Lan")
    # The declaration was shown on paper at the counter.
    assert (one.arrived_on.isoformat(), one.confidence) == ("2026-11-19", "03")
    assert [row.id for row in workfiles.files_holding(actor, dossier.record_id)] == [file, other]
    strange = opened(world, "vanhoa", notation="03.VH")
    with pytest.raises(NotFound):
        journey.collect(world.staff("vanhoa"), dossier.record_id, strange)
    assert Entry.objects.filter(file=strange).count() == 0
