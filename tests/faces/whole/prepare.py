"""``python -m tests.faces.whole.prepare``: the invented province, three procedures and the forms; no citizen yet."""

from __future__ import annotations

import json
import os

import django

CODES = ("1.001193", "1.004873", "2.000908")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.boot.settings")
    django.setup()
    from django.utils import timezone

    from congvu.boot.demo import organisation
    from congvu.common.actor import SYSTEM
    from congvu.common.zones import local_date
    from congvu.domains.procedures import services as catalogue
    from congvu.engines.forms import services as forms

    made = organisation.load(local_date(timezone.now()))
    catalogue.import_rows(SYSTEM, [row for row in catalogue.shipped_rows() if row["code"] in CODES])
    forms.load_shipped(SYSTEM)
    print(json.dumps({"commune": made.units["xa-yen-khe"]}))


if __name__ == "__main__":
    main()
