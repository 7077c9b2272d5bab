"""Figures of law live in one place, the room ``law``: those of this room move there, the chip's thresholds begin there."""

from datetime import date
from typing import Any

from django.db import migrations

CONVENTION = "Quy ước hiển thị của hệ thống"
CHIP = (("chip_soon_share", "20"), ("chip_soon_days", "1"))


def move(apps: Any, _schema_editor: Any) -> None:
    new = apps.get_model("law", "Figure")
    for row in apps.get_model("deadlines", "Figure").objects.order_by("id"):
        new.objects.create(key=row.key, value=str(row.value), valid_from=row.valid_from, legal_basis=row.legal_basis)
    for key, value in CHIP:
        new.objects.create(key=key, value=value, valid_from=date(2018, 6, 21), legal_basis=CONVENTION)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0002_figures"), ("law", "0001_initial")]
    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="Figure"),
    ]
