"""The figures this room starts with; nobody has compared them with their texts yet."""

from datetime import date
from typing import Any

from django.db import migrations

FIGURES = (
    ("digitising_min_dpi", "200", "2025-07-01", "Thông tư 05/2025/TT-BNV; chưa đối chiếu văn bản"),
    ("digitising_good_dpi", "300", "2025-11-29", "Công văn 7197/BKHCN-CĐSQG, khuyến nghị"),
    ("digitising_sample_percent", "10", "2025-07-01", "Chưa có quy định; cơ quan tự chọn, ít nhất mức này"),
)


def load(apps: Any, _schema_editor: Any) -> None:
    figures = apps.get_model("law", "Figure")
    for key, value, since, basis in FIGURES:
        figures.objects.create(key=key, value=value, valid_from=date.fromisoformat(since), legal_basis=basis)


class Migration(migrations.Migration):
    dependencies = [("digitising", "0001_initial"), ("law", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
