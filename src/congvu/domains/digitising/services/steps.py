"""Steps that acts of this room and the journey that files share. They run inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from congvu.common.actor import Actor
from congvu.common.errors import Invalid, Problem
from congvu.domains.digitising import policies
from congvu.domains.digitising.errors import WrongState
from congvu.domains.digitising.models import Batch, Scan, ScanState, State
from congvu.ground.records import services as records


def wrong(field: str, message: str, code: str = "invalid") -> Invalid:
    """A refusal that names one field."""
    return Invalid(message, problems=(Problem(field, message, code),))


def load(batch: UUID, *states: str) -> Batch:
    """The batch, locked by its record. Raises NotFound, WrongState."""
    record = records.lock(batch)
    if record.state not in states:
        words = {"state": State(record.state).label}
        raise WrongState(_("Đợt số hóa đang ở trạng thái “%(state)s” nên không làm được việc này.") % words)
    found = Batch.objects.select_related("holding").get(record_id=batch)
    found.record = record
    return found


def require_accept(actor: Actor, batch: UUID) -> None:
    """The policy of filing a batch. Raises NotFound, Forbidden."""
    policies.may_accept(actor, batch)


def require_acceptable(batch: UUID) -> Batch:
    """A batch whose sample was looked at whole and passed. Raises WrongState saying what is missing."""
    found = load(batch, State.CHECKING)
    scans = Scan.objects.filter(batch=found)
    if scans.filter(state=ScanState.BACK).exists():
        raise WrongState(_("Còn bản phải quét lại nên chưa nghiệm thu được."))
    if scans.filter(drawn=True, state=ScanState.TAKEN).exists():
        raise WrongState(_("Mẫu kiểm tra chưa được xem hết nên chưa nghiệm thu được."))
    return found


def finish(found: Batch, filed: Mapping[int, UUID]) -> None:
    """The scans lie in these work files now, and the batch is done."""
    for scan, work_file in filed.items():
        Scan.objects.filter(id=scan).update(state=ScanState.ACCEPTED, work_file=work_file)
    records.change(found.record, state=State.ACCEPTED)
