"""Documents on their way to the tool on the signer's computer; where that tool listens, from memory, to be compared."""

from datetime import date
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

BEGINS = date(2024, 8, 15)
BASIS = "Ghi theo trí nhớ, chưa đối chiếu với tài liệu của Ban Cơ yếu Chính phủ"
FIGURES = (
    ("signing_helper_address", "wss://127.0.0.1:8987/"),
    ("signing_helper_places", "SignApproved,SignIssued,SignAppendix,SignCopy"),
)


def load(apps: Any, _schema_editor: Any) -> None:
    figure = apps.get_model("law", "Figure")
    for key, value in FIGURES:
        figure.objects.create(key=key, value=value, valid_from=BEGINS, legal_basis=BASIS)


class Migration(migrations.Migration):
    dependencies = [("signing", "0003_held_signatures"), ("law", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="LocalSigning",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="local",
                        serialize=False, to="signing.batchitem",
                    ),
                ),
                ("ticket", models.CharField(max_length=300, unique=True)),
                ("pdf", models.BinaryField()),
                ("signed", models.BinaryField(null=True)),
            ],
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]  # fmt: skip
