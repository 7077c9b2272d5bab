"""The figures of certificates for public duty, as of NĐ 68/2024/NĐ-CP (in force 15/8/2024); the list compares them."""

from datetime import date
from typing import Any

from django.db import migrations

BEGINS = date(2024, 8, 15)
FIGURES = (
    ("certificate_warn_days", "90,60,30", "Quy ước của hệ thống"),
    ("certificate_device_return_days", "5", "Nghị định 68/2024/NĐ-CP, Điều 20 (chưa đối chiếu số điều)"),
    ("certificate_new_years", "5", "Nghị định 68/2024/NĐ-CP, Điều 9"),
    ("certificate_renewed_years", "3", "Nghị định 68/2024/NĐ-CP, Điều 9"),
)


def load(apps: Any, _schema_editor: Any) -> None:
    figure = apps.get_model("law", "Figure")
    for key, value, basis in FIGURES:
        figure.objects.create(key=key, value=value, valid_from=BEGINS, legal_basis=basis)


class Migration(migrations.Migration):
    dependencies = [("signing", "0001_initial"), ("law", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
