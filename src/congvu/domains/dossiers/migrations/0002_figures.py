"""The legal figures this room starts with; later ones are rows, not code."""

from datetime import date

from django.db import migrations

SHIPPED = (
    (
        "supplement_within",
        "3wd",
        "2018-06-21",
        "Điều 19 khoản 4 Nghị định 61/2018/NĐ-CP; Nghị định 118/2025/NĐ-CP",
        True,
    ),
    ("supplement_answer", "15wd", "2018-06-21", "Thời hạn do cơ quan ấn định; chưa đối chiếu văn bản", False),
    ("online_answer", "8wh", "2020-04-08", "Điều 11 Nghị định 45/2020/NĐ-CP; chưa đối chiếu văn bản", False),
    ("draft_days", "30", "2020-04-08", "Quy ước của hệ thống về lưu bản đang kê khai", True),
)


def load(apps, _editor):
    figure = apps.get_model("dossiers", "LegalFigure")
    for key, value, since, basis, verified in SHIPPED:
        figure.objects.get_or_create(
            key=key,
            valid_from=date.fromisoformat(since),
            defaults={"value": value, "basis": basis, "verified": verified},
        )


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
