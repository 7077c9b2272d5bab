from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def copy_priorities(apps: Any, _schema_editor: Any) -> None:
    """Lists go by the record's own urgency from now on."""
    urgent = apps.get_model("documents", "Incoming").objects.filter(priority__gt=0)
    records = apps.get_model("records", "Record").objects.filter(id__in=urgent.values("record_id"))
    records.update(urgency=Subquery(urgent.filter(record_id=OuterRef("pk")).values("priority")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0017_issued_annexes"),
        ("records", "0004_urgency"),
    ]

    operations = [migrations.RunPython(copy_priorities, migrations.RunPython.noop)]
