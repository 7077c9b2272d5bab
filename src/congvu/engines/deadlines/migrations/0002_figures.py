"""The figures of the new appointment, as of NĐ 61/2018; unverified against NĐ 118/2025 until somebody confirms them."""

from datetime import date
from typing import Any

from django.db import migrations

BASIS = "Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9 (chưa đối chiếu với Nghị định 118/2025/NĐ-CP)"


def load(apps: Any, _schema_editor: Any) -> None:
    figure = apps.get_model("deadlines", "Figure")
    for key in ("extension_lead_days", "extension_most"):
        figure.objects.create(key=key, value=1, valid_from=date(2018, 6, 21), legal_basis=BASIS)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
