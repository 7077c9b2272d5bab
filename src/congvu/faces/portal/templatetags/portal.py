"""Words about procedures and dossiers in templates of the portal."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from congvu.domains.dossiers.types import DossierRow
from congvu.faces.portal import words

register = template.Library()

register.filter("procedure_title", words.title)
register.filter("budget_words", words.time_words)
register.filter("fee_words", words.fee_words)
register.filter("fee_line", words.fee_line)
register.filter("channel_word", words.channel_word)
register.filter("takes_online", words.takes_online)


@register.filter
def own_title(row: DossierRow) -> str:
    return words.dossier_title(row.title, row.applicant_name)


@register.filter
def state_kind(state: str) -> str:
    """The tint of a state's tag: waiting for the citizen warns, ended well is good, the rest is neutral."""
    return {"supplement": "warn", "finished": "ok", "returned": "ok", "processing": "info"}.get(state, "line")


@register.filter
def result_channel(value: str) -> str:
    return {
        "counter": _("Nhận tại quầy"),
        "online": _("Nhận bản điện tử"),
        "post": _("Nhận qua bưu chính"),
    }.get(value, _("Nhận tại quầy"))
