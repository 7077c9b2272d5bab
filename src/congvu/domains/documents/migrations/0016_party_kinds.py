"""Kinds of the Party's documents, which are its own; nobody has compared them with the texts of the Party yet."""

import json
from pathlib import Path
from typing import Any

from django.db import migrations

KINDS = Path(__file__).parent.parent / "data" / "party_kinds.json"


def load(apps: Any, _schema_editor: Any) -> None:
    kind = apps.get_model("documents", "Kind")
    kind.objects.bulk_create(kind(**row) for row in json.loads(KINDS.read_text(encoding="utf-8")))


class Migration(migrations.Migration):
    dependencies = [("documents", "0015_authorisations")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
