"""Figures of law live in one place, the room ``law``: those of this room move there, with what was compared."""

from typing import Any

from django.db import migrations
from django.utils import timezone

CONVENTIONS = ("draft_days",)


def move(apps: Any, _schema_editor: Any) -> None:
    figures, comparisons = apps.get_model("law", "Figure"), apps.get_model("law", "Comparison")
    for row in apps.get_model("dossiers", "LegalFigure").objects.order_by("id"):
        figure = figures.objects.create(key=row.key, value=row.value, valid_from=row.valid_from, legal_basis=row.basis)
        if row.verified and row.key not in CONVENTIONS:
            comparisons.objects.create(
                kind="figure", key=str(figure.id), label=f"{row.key} = {row.value}", against=row.basis,
                at=timezone.now(), by="Dữ liệu đi kèm chương trình",
            )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_figures"), ("law", "0001_initial")]
    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="LegalFigure"),
    ]
