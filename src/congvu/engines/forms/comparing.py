"""Marks of the forms in force that somebody has to compare with the text of the law."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from congvu.common.digest import fingerprint
from congvu.engines.forms import selectors
from congvu.engines.forms.models import FormVersion
from congvu.engines.forms.types import FormDef, Note
from congvu.ground.law.services import to_compare
from congvu.ground.law.types import Item

KIND = "form"


@to_compare(KIND, label=_("Biểu mẫu điện tử"))
def marks() -> Iterable[Item]:
    """Every mark of the newest version of each form."""
    newest = FormVersion.objects.order_by("key", "-version").distinct("key").values_list("pk", flat=True)
    for version_id in newest:
        form = selectors.form_version(version_id)
        for note in selectors.unverified(form):
            yield Item(mark_key(form, note), note.label, note.basis, str(form.title), form.key)


def mark_key(form: FormDef, note: Note) -> str:
    """A mark keeps its comparison from version to version while its words and its text stay the same."""
    return f"{form.key}/{note.key}/{fingerprint(note.label, note.basis)}"
