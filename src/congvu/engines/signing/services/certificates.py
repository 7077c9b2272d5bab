"""The register of certificates and its papers (NĐ 68/2024/NĐ-CP, forms 01 to 09).

The managing agency asks, the provider outside decides; here it is written down what was asked and what came of it.
"""

from __future__ import annotations

from datetime import datetime

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate as Loaded
from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Conflict, Invalid, NotFound, Problem
from congvu.common.text import clean
from congvu.common.zones import local, local_date, utc_now
from congvu.engines.signing import figures, policies, selectors
from congvu.engines.signing.errors import WrongState
from congvu.engines.signing.models import Certificate, Paper
from congvu.engines.signing.services.roots import read_certificate
from congvu.engines.signing.types import Device, Form, HolderKind, Issued, Provider, State, Wish
from congvu.ground.audit.services import act, note
from congvu.ground.law import selectors as law
from congvu.ground.orgs import selectors as orgs
from congvu.ground.worktime import rules
from congvu.ground.worktime import selectors as calendars

NEW = {
    HolderKind.PERSON: Form.NEW_PERSON,
    HolderKind.ORGANISATION: Form.NEW_ORGANISATION,
    HolderKind.DEVICE: Form.NEW_DEVICE,
}
ABOUT = (Form.CHANGE, Form.REVOKE, Form.RESTORE)
RECORDS = (Form.HANDED_OVER, Form.RETURNED, Form.LOST)


@act("certificate.ask", policy=policies.may_ask, label="Đề nghị cấp chứng thư chữ ký số")
def ask(actor: Actor, wish: Wish) -> int:
    """The managing agency asks for a new certificate (forms 01 to 03). Returns the paper's id. Raises Invalid."""
    problems = []
    unit = orgs.tree().get(wish.unit_id)
    if unit is None or not unit.has_seal:
        words = _("Cơ quan đề nghị phải có tư cách pháp nhân và con dấu riêng.")
        problems.append(Problem("unit_id", words))
    if wish.holder_kind is HolderKind.PERSON and (wish.user_id is None or not orgs.posts_of(wish.user_id)):
        problems.append(Problem("user_id", _("Chọn người đang giữ một vị trí trong cơ quan."), "required"))
    problems += _text("reason", wish.reason, 500)
    if problems:
        raise Invalid(_("Chưa lập được đề nghị."), problems=tuple(problems))
    person = wish.holder_kind is HolderKind.PERSON
    paper = Paper.objects.create(
        form=NEW[wish.holder_kind], holder_kind=wish.holder_kind, unit_id=wish.unit_id, reason=clean(wish.reason),
        user_id=wish.user_id if person else None, position_id=wish.position_id, letter=clean(wish.letter)[:100],
        asked_by=actor.name, asked_at=utc_now(),
    )  # fmt: skip
    note(paper=paper.id, form=paper.form, unit=wish.unit_id, user=wish.user_id)
    return paper.id


@act("certificate.ask_about", policy=policies.may_keep, label="Đề nghị gia hạn, thay đổi, thu hồi, khôi phục chứng thư")
def ask_about(actor: Actor, certificate_id: int, form: str, *, reason: str, letter: str = "") -> int:
    """Renewal or change (04), revocation (05), restoring the device (06). Returns the paper's id.

    Raises NotFound, Invalid, and WrongState for a certificate that is over or has such a request open.
    """
    problems = _text("reason", reason, 500)
    if form not in ABOUT:
        problems.append(Problem("form", _("Chọn một trong các mẫu 04, 05, 06.")))
    if problems:
        raise Invalid(_("Chưa lập được đề nghị."), problems=tuple(problems))
    row = _locked(certificate_id, State.ACTIVE, State.SUSPENDED)
    if row.papers.filter(form=form, state=Paper.State.ASKED).exists():
        raise WrongState(_("Đã có một đề nghị như vậy đang chờ kết quả."))
    paper = _paper(actor, row, Form(form), reason, letter)
    note(certificate=row.id, paper=paper.id, form=form)
    return paper.id


@act("certificate.decline", policy=policies.may_close, label="Ghi nhận đề nghị chứng thư không được chấp nhận")
def decline(actor: Actor, paper_id: int, *, outcome: str) -> None:
    """The provider said no, or the agency took its request back. Raises NotFound, WrongState, Invalid."""
    problems = _text("outcome", outcome, 500)
    if problems:
        raise Invalid(_("Chưa ghi nhận được."), problems=tuple(problems))
    paper = _open_paper(paper_id)
    _close(actor, paper, Paper.State.DECLINED, outcome)
    note(paper=paper.id, outcome=paper.outcome)


@act("certificate.issue", policy=policies.may_close, label="Ghi nhận chứng thư được cấp")
def issue(actor: Actor, paper_id: int, issued: Issued) -> int:
    """What came of a request: a new certificate, or (form 04) the one that renews. Returns its id.

    Raises NotFound, WrongState, Conflict for a certificate known already, and Invalid: unreadable, over, or longer
    than the law allows (NĐ 68/2024 Điều 9).
    """
    paper = _open_paper(paper_id)
    if paper.form not in (*NEW.values(), Form.CHANGE):
        raise WrongState(_("Đề nghị này không phải đề nghị cấp hay gia hạn chứng thư."))
    loaded = _checked(issued, renewal=paper.form == Form.CHANGE)
    previous = _locked(paper.certificate_id, State.ACTIVE, State.SUSPENDED) if paper.certificate_id else None
    row = _register(paper, issued, loaded, previous)
    paper.certificate = row
    paper.save(update_fields=["certificate"])
    if previous is not None:
        _set_state(previous, State.REPLACED, _("Thay bằng chứng thư %(serial)s") % {"serial": row.serial})
    _close(actor, paper, Paper.State.DONE, row.serial)
    note(certificate=row.id, paper=paper.id, serial=row.serial, fingerprint=row.fingerprint)
    return row.id


def _checked(issued: Issued, *, renewal: bool) -> Loaded:
    loaded, now = read_certificate(issued.certificate), utc_now()
    if loaded is None:
        problem = Problem("certificate", _("Không đọc được chứng thư. Hãy chọn tệp .cer, .crt hoặc .pem."))
        raise Invalid(_("Chưa ghi nhận được chứng thư."), problems=(problem,))
    definition = figures.RENEWED_YEARS if renewal else figures.NEW_YEARS
    years = law.figure(definition, local_date(now))
    words = ""
    if loaded.not_valid_after_utc < now:
        words = _("Chứng thư đã hết hạn ngày %(day)s.") % {"day": f"{local(loaded.not_valid_after_utc):%d/%m/%Y}"}
    elif _years_after(loaded.not_valid_before_utc, years) < loaded.not_valid_after_utc:
        words = _("Thời hạn của chứng thư dài hơn %(n)s năm.") % {"n": years}
    if words:
        raise Invalid(_("Chưa ghi nhận được chứng thư."), problems=(Problem("certificate", words),))
    if Certificate.objects.filter(fingerprint=selectors.digest(loaded.public_bytes(Encoding.DER))).exists():
        raise Conflict(_("Chứng thư này đã có trong sổ."), code="certificate_known")
    return loaded


def _years_after(moment: datetime, years: int) -> datetime:
    """The same day so many years later, and a day's grace for leap years and the last second."""
    day = 28 if (moment.month, moment.day) == (2, 29) else moment.day
    return moment.replace(year=moment.year + years, day=day, hour=23, minute=59, second=59)


def _register(paper: Paper, issued: Issued, loaded: Loaded, previous: Certificate | None) -> Certificate:
    content, now = loaded.public_bytes(Encoding.DER), utc_now()
    names = [str(part.value) for part in loaded.subject if part.oid.dotted_string == "2.5.4.3"]
    return Certificate.objects.create(
        holder_kind=paper.holder_kind, unit_id=paper.unit_id, user_id=paper.user_id, position_id=paper.position_id,
        custodian_id=issued.custodian_id, name=(names or [""])[0][:200], subject=loaded.subject.rfc4514_string()[:500],
        issuer=loaded.issuer.rfc4514_string()[:500], serial=f"{loaded.serial_number:x}",
        fingerprint=selectors.digest(content), content=content, valid_from=loaded.not_valid_before_utc,
        valid_to=loaded.not_valid_after_utc, provider=Provider(issued.provider), state_at=now, recorded_at=now,
        provider_ref=issued.provider_ref, device=Device.HELD if issued.device_serial else Device.NONE,
        device_serial=clean(issued.device_serial)[:80], previous=previous,
    )  # fmt: skip


@act("certificate.change", policy=policies.may_keep, label="Thay đổi thông tin chứng thư")
def change(actor: Actor, certificate_id: int, wish: Wish, *, custodian_id: int | None = None) -> None:
    """The holder moved inside the State sector, or another person keeps the agency's device: the certificate stays,
    the agency in ``wish`` manages it from now on (form 04). Raises NotFound, WrongState, Invalid."""
    problems = _text("reason", wish.reason, 500)
    if orgs.tree().get(wish.unit_id) is None:
        problems.append(Problem("unit_id", _("Chọn cơ quan quản lý mới.")))
    if problems:
        raise Invalid(_("Chưa thay đổi được."), problems=tuple(problems))
    row = _locked(certificate_id, State.ACTIVE, State.SUSPENDED)
    paper = _paper(actor, row, Form.CHANGE, wish.reason, wish.letter)
    _close(actor, paper, Paper.State.DONE, "")
    row.unit_id, row.position_id = wish.unit_id, wish.position_id
    row.custodian_id = custodian_id if custodian_id is not None else row.custodian_id
    row.save(update_fields=["unit", "position", "custodian"])
    note(certificate=row.id, unit=row.unit_id, position=row.position_id, custodian=row.custodian_id)


@act("certificate.suspend", policy=policies.may_keep, label="Tạm dừng chứng thư")
def suspend(actor: Actor, certificate_id: int, *, reason: str) -> None:
    """Nobody signs with it until it is resumed. Raises NotFound, WrongState, Invalid without a reason."""
    _require_reason(reason)
    row = _locked(certificate_id, State.ACTIVE)
    _set_state(row, State.SUSPENDED, clean(reason))
    note(certificate=row.id, serial=row.serial, reason=row.state_reason, by=actor.name)


@act("certificate.resume", policy=policies.may_keep, label="Cho dùng lại chứng thư")
def resume(actor: Actor, certificate_id: int, *, reason: str) -> None:
    """It may sign again. Raises NotFound, WrongState, Invalid without a reason."""
    _require_reason(reason)
    row = _locked(certificate_id, State.SUSPENDED)
    _set_state(row, State.ACTIVE, clean(reason))
    note(certificate=row.id, serial=row.serial, reason=row.state_reason, by=actor.name)


@act("certificate.revoke", policy=policies.may_keep, label="Ghi nhận chứng thư bị thu hồi")
def revoke(actor: Actor, certificate_id: int, *, reason: str) -> None:
    """Revoked for ever; a device has to be handed back within working days of the figure. An open request (form 05)
    is answered by it. Raises NotFound, WrongState, Invalid without a reason."""
    _require_reason(reason)
    row = _locked(certificate_id, State.ACTIVE, State.SUSPENDED)
    _set_state(row, State.REVOKED, clean(reason))
    today = local_date(utc_now())
    if row.device == Device.HELD:
        calendar = calendars.calendar(orgs.calendar_of(row.unit_id))
        row.device = Device.DUE
        row.device_due = rules.add_working_days(today, law.figure(figures.RETURN_DAYS, today), calendar)
        row.save(update_fields=["device", "device_due"])
    for paper in row.papers.filter(form=Form.REVOKE, state=Paper.State.ASKED):
        _close(actor, paper, Paper.State.DONE, row.state_reason)
    due = row.device_due.isoformat() if row.device_due else None
    note(certificate=row.id, serial=row.serial, reason=row.state_reason, device_due=due)


@act("certificate.device", policy=policies.may_keep, label="Lập biên bản về thiết bị khóa bí mật")
def record_device(
    actor: Actor, certificate_id: int, form: str, *, reason: str, letter: str = "", to_user: int | None = None
) -> None:
    """Minutes of the device: handed over (07, to ``to_user``), returned (08), lost (09, which suspends it).

    Raises NotFound, WrongState for a certificate without a device in somebody's hands, Invalid.
    """
    problems = _text("reason", reason, 500)
    if form not in RECORDS:
        problems.append(Problem("form", _("Chọn một trong các mẫu 07, 08, 09.")))
    if form == Form.HANDED_OVER and to_user is None:
        problems.append(Problem("to_user", _("Chọn người nhận thiết bị."), "required"))
    if problems:
        raise Invalid(_("Chưa lập được biên bản."), problems=tuple(problems))
    row = _locked(certificate_id, *State)
    if row.device not in (Device.HELD, Device.DUE):
        raise WrongState(_("Chứng thư này không có thiết bị đang do ai giữ."))
    _move_device(row, Form(form), to_user)
    paper = _paper(actor, row, Form(form), reason, letter)
    _close(actor, paper, Paper.State.DONE, "")
    note(certificate=row.id, paper=paper.id, form=form, device=row.device, to_user=to_user)


def _move_device(row: Certificate, form: Form, to_user: int | None) -> None:
    if form is Form.HANDED_OVER:
        row.custodian_id = to_user
    else:
        row.device = Device.RETURNED if form is Form.RETURNED else Device.LOST
        row.device_due = None
    row.save(update_fields=["custodian", "device", "device_due"])
    if form is Form.LOST and row.state == State.ACTIVE:
        _set_state(row, State.SUSPENDED, _("Mất thiết bị khóa bí mật"))


def _locked(certificate_id: int, *states: State) -> Certificate:
    row = Certificate.objects.select_for_update().filter(id=certificate_id).first()
    if row is None:
        raise NotFound(_("Không có chứng thư này."))
    if row.state not in states:
        message = _("Chứng thư đang ở trạng thái “%(state)s” nên không làm được việc này.")
        raise WrongState(message % {"state": State(row.state).label})
    return row


def _open_paper(paper_id: int) -> Paper:
    paper = Paper.objects.select_for_update().filter(id=paper_id).first()
    if paper is None:
        raise NotFound(_("Không có đề nghị này."))
    if paper.state != Paper.State.ASKED:
        raise WrongState(_("Đề nghị này đã có kết quả."))
    return paper


def _paper(actor: Actor, row: Certificate, form: Form, reason: str, letter: str) -> Paper:
    return Paper.objects.create(
        form=form, certificate=row, holder_kind=row.holder_kind, unit_id=row.unit_id, user_id=row.user_id,
        position_id=row.position_id, reason=clean(reason), letter=clean(letter)[:100], asked_by=actor.name,
        asked_at=utc_now(),
    )  # fmt: skip


def _close(actor: Actor, paper: Paper, state: Paper.State, outcome: str) -> None:
    paper.state, paper.outcome = state, clean(outcome)[:500]
    paper.closed_by, paper.closed_at = actor.name, utc_now()
    paper.save(update_fields=["state", "outcome", "closed_by", "closed_at"])


def _set_state(row: Certificate, state: State, reason: str) -> None:
    row.state, row.state_reason, row.state_at = state, reason[:500], utc_now()
    row.save(update_fields=["state", "state_reason", "state_at"])


def _text(field: str, text: str, most: int) -> list[Problem]:
    if 0 < len(clean(text)) <= most:
        return []
    return [Problem(field, _("Ghi nội dung, tối đa %(n)s ký tự.") % {"n": most}, "required")]


def _require_reason(reason: str) -> None:
    problems = _text("reason", reason, 500)
    if problems:
        raise Invalid(_("Hãy ghi lý do."), problems=tuple(problems))
