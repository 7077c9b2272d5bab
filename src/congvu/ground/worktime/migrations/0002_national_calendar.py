"""The national calendar, from the room's data file."""

import json
from pathlib import Path
from typing import Any

from django.db import migrations

SOURCE = Path(__file__).resolve().parent.parent / "data" / "vn.json"


def load(apps: Any, _schema_editor: Any) -> None:
    data = json.loads(SOURCE.read_text(encoding="utf-8"))
    room = {
        name: apps.get_model("worktime", name) for name in ("Calendar", "OfficeHours", "SameDay", "Year", "DayRule")
    }
    calendar = room["Calendar"].objects.create(key=data["key"], name=data["name"])
    hours = data["hours"]
    for weekday in hours["weekdays"]:
        room["OfficeHours"].objects.create(
            calendar=calendar, weekday=weekday, intervals=hours["intervals"], legal_basis=hours["legal_basis"]
        )
    room["SameDay"].objects.create(calendar=calendar, **data["same_day"])
    for year, provisional in data["years"].items():
        room["Year"].objects.create(calendar=calendar, year=int(year), provisional=provisional)
    for day, kind, cause, name, basis, instead_of in data["days"]:
        provisional = data["years"][day[:4]]
        text = data["bases"][basis]
        room["DayRule"].objects.create(
            calendar=calendar,
            day=day,
            kind=kind,
            cause=cause,
            name=name,
            legal_basis=text,
            instead_of=instead_of,
            provisional=provisional,
            verified=not provisional and "chưa đối chiếu" not in text,
        )


class Migration(migrations.Migration):
    dependencies = [("worktime", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
