"""The shipped catalogue, once it is imported."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from congvu.domains.procedures import services
from congvu.domains.procedures.models import ProcedureVersion, StepRow
from tests.domains.procedures.samples import ADMIN

pytestmark = pytest.mark.django_db


def test_warnings_name_what_is_missing(catalogue):
    reasons = [line.reason for line in catalogue.warnings]
    assert sum(r.startswith("Không có thời hạn giải quyết") for r in reasons) == 60
    assert sum("không rõ đơn vị" in r for r in reasons) == 9
    over = {line.code for line in catalogue.warnings if line.reason.startswith("Tổng giờ các bước")}
    assert over == {"1.012753", "1.012791", "1.013831", "1.013995", "2.002750"}
    unmapped = {line.code for line in catalogue.warnings if line.reason.startswith("Vai trò chưa khớp")}
    assert unmapped == {"1.012805", "1.012821", "1.012990", "1.004946", "2.000286", "2.000477", "3.000527"}


def test_the_database_refuses_to_rewrite_a_version(catalogue):
    version = ProcedureVersion.objects.get(procedure__code="2.000908")
    for table, change in ((ProcedureVersion, {"name": "Khác"}), (StepRow, {"hours": Decimal(1)})):
        with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
            table.objects.filter(pk=table.objects.first().pk).update(**change)
    assert ProcedureVersion.objects.get(pk=version.pk).name == version.name


def test_import_takes_few_statements(catalogue, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        services.import_rows(ADMIN, services.shipped_rows())
