"""Fill the template: forms, a few procedures, the invented province."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.boot.settings")

import django

django.setup()

from django.utils import timezone  # noqa: E402

from congvu.boot.demo import organisation  # noqa: E402
from congvu.common.actor import SYSTEM  # noqa: E402
from congvu.common.zones import local_date  # noqa: E402
from congvu.domains.procedures import services as procedures  # noqa: E402
from congvu.engines.forms import services as forms  # noqa: E402
from tests.drill.plant import CODES  # noqa: E402

if __name__ == "__main__":
    forms.load_shipped(SYSTEM)
    procedures.import_rows(SYSTEM, [r for r in procedures.shipped_rows() if r["code"] in CODES], dry_run=False)
    organisation.load(local_date(timezone.now()))
