"""The form behind a draft, what is known before asking, and where the person goes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import NotFound
from congvu.common.zones import local_date
from congvu.domains.dossiers import selectors as dossiers
from congvu.domains.dossiers.types import DraftView
from congvu.domains.procedures import selectors as procedures
from congvu.domains.procedures.types import ProcedureView
from congvu.engines.forms import selectors as forms
from congvu.engines.forms import services as forming
from congvu.engines.forms.types import FormDef, Prefill
from congvu.ground.accounts import selectors as accounts

CHECK = "kiem-tra"
SOURCE = "VNeID"


@dataclass(frozen=True, slots=True)
class Drafting:
    """A draft with its procedure and its form, as every page of the wizard needs them."""

    draft: DraftView
    procedure: ProcedureView
    form: FormDef
    today: date

    def url(self, page: str = "") -> str:
        """The address of one page of the wizard (of the draft itself without a page)."""
        kwargs: dict[str, Any] = {"code": self.procedure.code, "draft_id": self.draft.id}
        if page == CHECK:
            return reverse("portal-check", kwargs=kwargs)
        return (
            reverse("portal-wizard-page", kwargs=kwargs | {"key": page})
            if page
            else reverse("portal-draft", kwargs=kwargs)
        )

    def after(self, key: str) -> str:
        """The page after ``key`` for the answers of now; the check page after the last."""
        keys = [page.key for page in forms.open_pages(self.form, self.draft.values)]
        following = keys[keys.index(key) + 1 :] if key in keys else keys
        return following[0] if following else CHECK

    def first_open(self) -> str:
        """The first page not finished yet; the check page when all are."""
        keys = [page.key for page in forms.open_pages(self.form, self.draft.values)]
        return next((key for key in keys if key not in self.draft.pages_done), CHECK)


def open_draft(actor: Actor, code: str, draft_id: UUID) -> Drafting:
    """An own draft of this procedure. Raises NotFound, also for a draft of another procedure or person."""
    draft = dossiers.draft(actor, draft_id)
    procedure = procedures.version(draft.procedure_version)
    if procedure.code != code:
        raise NotFound(_("Không tìm thấy bản kê khai này."))
    return Drafting(draft, procedure, dossiers.draft_form(draft), today())


def known(form: FormDef, subject_id: int | None, day: date) -> Prefill:
    """What the account already tells, each value with its source."""
    if subject_id is None:
        return Prefill({}, {})
    subject = accounts.subject(subject_id)
    told = {
        "name": subject.full_name,
        "dob": subject.born_on.isoformat() if subject.born_on else None,
        "sex": subject.sex,
        "personal_id": subject.personal_id,
        "phone": subject.phone,
        "email": subject.email,
        "address": subject.address or None,
    }
    return forming.prefill(form, {key: value for key, value in told.items() if value}, source=SOURCE, today=day)


def today() -> date:
    return local_date(timezone.now())
