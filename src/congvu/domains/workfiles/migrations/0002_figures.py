"""The figures and retention terms this room starts with; nobody has compared them with their texts yet."""

from datetime import date
from typing import Any

from django.db import migrations

_LAW = "Luật Lưu trữ 33/2024/QH15; Nghị định 113/2025/NĐ-CP"
FIGURES = (
    ("workfile_submit_days", "60", "2025-07-01", _LAW),
    ("workfile_submit_years", "1", "2020-03-05", "Điều 30 Nghị định 30/2020/NĐ-CP; Luật Lưu trữ 33/2024/QH15"),
    ("workfile_submit_days", "365", "2020-03-05", "Điều 30 khoản 2 điểm b Nghị định 30/2020/NĐ-CP"),
    ("workfile_notice_days", "30", "2020-03-05", "Phụ lục VI Nghị định 30/2020/NĐ-CP, phần I mục III.5"),
    ("workfile_answer_days", "60", "2020-03-05", f"{_LAW}; chưa đối chiếu văn bản"),
    ("workfile_retention_min", "2", "2020-03-05", "Luật Lưu trữ 33/2024/QH15; chưa đối chiếu văn bản"),
    ("workfile_retention_max", "70", "2020-03-05", "Luật Lưu trữ 33/2024/QH15; chưa đối chiếu văn bản"),
    ("workfile_council_members", "5", "2020-03-05", "Thông lệ của Bộ Tài chính; chưa đối chiếu văn bản"),
)
_TABLE = "Thông tư 10/2022/TT-BNV; chưa đối chiếu văn bản"
RULES = (
    ("so-di-quyet-dinh", "Sổ đăng ký văn bản đi: quyết định, quy phạm pháp luật", None),
    ("so-di-khac", "Sổ đăng ký văn bản đi khác", 50),
    ("so-den", "Sổ đăng ký văn bản đến", 20),
)


def load(apps: Any, _schema_editor: Any) -> None:
    figures, rules = apps.get_model("law", "Figure"), apps.get_model("workfiles", "RetentionRule")
    for key, value, since, basis in FIGURES:
        figures.objects.create(key=key, value=value, valid_from=date.fromisoformat(since), legal_basis=basis)
    for key, title, years in RULES:
        rules.objects.create(key=key, title=title, years=years, valid_from=date(2020, 3, 5), basis=_TABLE)


class Migration(migrations.Migration):
    dependencies = [("workfiles", "0001_initial"), ("law", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
