"""The papers of a dossier as PDF, and who may have them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from congvu.common.actor import Actor
from congvu.common.zones import local, local_date
from congvu.domains.dossiers import selectors
from congvu.domains.dossiers.models import Dossier, ResultChannel
from congvu.domains.dossiers.types import DossierView, Person
from congvu.domains.procedures import selectors as procedures
from congvu.engines.typeset import services as typeset
from congvu.engines.workflow import selectors as work
from congvu.ground.files import services as files
from congvu.ground.orgs import selectors as orgs
from congvu.ground.records.models import Record


def _person(person: Person) -> dict[str, str]:
    return person.as_dict()


def _moment(at: datetime | None) -> str:
    return f"{local(at):%H} giờ {local(at):%M} phút, ngày {local(at):%d/%m/%Y}" if at else ""


def _head(view: DossierView) -> dict[str, Any]:
    day = local_date(view.received_at or view.submitted_at or datetime.now().astimezone())
    return {
        "agency": view.authority_name,
        "center": view.center_name or "Trung tâm Phục vụ hành chính công",
        "place": orgs.unit(view.authority_id, day).short_name,
        "day": {"day": day.day, "month": day.month, "year": day.year},
        "url": f"{settings.BASE_URL}/h/{view.token}",
    }


def receipt_data(view: DossierView) -> dict[str, Any]:
    """Every field of form 01 (Phụ lục I Thông tư 03/2025/TT-VPCP), as the template takes them."""
    procedure = procedures.version(view.procedure_version)
    return {
        **_head(view),
        "number": view.receipt_number,
        "code": view.code,
        "applicant": _person(view.applicant),
        "agent": _person(view.agent) if view.agent else None,
        "procedure": f"{procedure.name} ({procedure.code})",
        "request": view.request,
        "papers": [
            {"name": p.name, "originals": p.originals, "certified": p.certified, "plain": p.plain, "shown": p.shown}
            for p in view.papers
        ],
        "copies": view.copies,
        "time_limit": procedure.time_text,
        "received_at": _moment(view.received_at),
        "due_at": _moment(view.due_at),
        "result_at": ResultChannel(view.result_channel).label,
        "received_by": view.received_by,
        "fees": procedure.fee_text,
    }


def receipt_pdf(actor: Actor, dossier_id: UUID) -> bytes:
    """Form 01, the reception paper, for anybody who may read the dossier. Raises NotFound."""
    return typeset.render("receipt", receipt_data(selectors.dossier(actor, dossier_id)))


def confirmation_pdf(actor: Actor, dossier_id: UUID) -> bytes:
    """Proof of an online submission, before reception. Raises NotFound."""
    view = selectors.dossier(actor, dossier_id)
    procedure = procedures.version(view.procedure_version)
    data = {
        **_head(view),
        "portal_number": view.portal_number,
        "applicant": _person(view.applicant),
        "procedure": f"{procedure.name} ({procedure.code})",
        "submitted_at": _moment(view.submitted_at),
        "papers": [{"name": p.name} for p in view.papers],
    }
    return typeset.render("confirmation", data)


def control_slip_pdf(actor: Actor, dossier_id: UUID) -> bytes:
    """Form 06, the control slip: each hand-over with its times, drawn from the steps taken. Raises NotFound."""
    view = selectors.dossier(actor, dossier_id)
    data = {
        **_head(view),
        "code": view.code,
        "received_at": _moment(view.received_at),
        "due_at": _moment(view.due_at),
        "rows": [
            {"name": step.name, "holder": step.holder, "at": _moment(step.at), "state": step.state}
            for step in work.path(view.id)
        ],
    }
    return typeset.render("control_slip", data)


def draft_result(actor: Actor, record: Record, dossier: Dossier, *, number: str, text: str, at: datetime) -> UUID:
    """A typeset result that says in the open that it is not signed; stored as a file of the actor."""
    procedure = procedures.version(dossier.procedure_version_id)
    day = local_date(at)
    authority = orgs.unit(dossier.authority_id, day)
    name = procedure.results[0].name if procedure.results else "Kết quả giải quyết thủ tục hành chính"
    data = {
        "agency": authority.name, "place": authority.short_name,
        "day": {"day": day.day, "month": day.month, "year": day.year}, "number": number, "title": name,
        "code": record.code, "applicant": dossier.applicant, "procedure": procedure.name, "text": text,
    }  # fmt: skip
    return files.store(actor, name=f"{name[:80]}.pdf", content=typeset.render("result_draft", data)).id
