"""The 29 kinds of NĐ 30/2020 Điều 7, the three copies, and legal normative documents of local agencies."""

import json
from pathlib import Path
from typing import Any

from django.db import migrations

KINDS = Path(__file__).parent.parent / "data" / "kinds.json"


def load(apps: Any, _schema_editor: Any) -> None:
    kind = apps.get_model("documents", "Kind")
    kind.objects.bulk_create(kind(**row) for row in json.loads(KINDS.read_text(encoding="utf-8")))


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
