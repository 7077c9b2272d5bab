"""The conventions this room starts with; later values are rows, not code."""

from datetime import date
from typing import Any

from django.db import migrations

SHIPPED = (
    ("task_remind_before", "2wd", "Quy ước của hệ thống; cơ quan tự đặt trong quy chế làm việc"),
    ("task_escalate_after", "3wd", "Quy ước của hệ thống; cơ quan tự đặt trong quy chế làm việc"),
    ("task_judge_within", "2wd", "Quy ước của hệ thống; cơ quan tự đặt trong quy chế làm việc"),
)


def load(apps: Any, _schema_editor: Any) -> None:
    figures = apps.get_model("law", "Figure")
    for key, value, basis in SHIPPED:
        figures.objects.create(key=key, value=value, valid_from=date(2020, 3, 5), legal_basis=basis)


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial"), ("law", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
