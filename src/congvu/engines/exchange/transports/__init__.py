"""The ways to partners, one module each."""

from congvu.engines.exchange.models import Partner
from congvu.engines.exchange.models import Transport as Ways
from congvu.engines.exchange.transports.base import Transport
from congvu.engines.exchange.transports.direct import Direct
from congvu.engines.exchange.transports.folder import Folder
from congvu.engines.exchange.transports.hub import Hub
from congvu.engines.exchange.transports.mailbox import Mailbox
from congvu.engines.exchange.transports.province import Province

_WAYS: dict[str, type[Direct] | type[Folder] | type[Hub] | type[Mailbox] | type[Province]] = {
    Ways.DIRECT: Direct,
    Ways.FOLDER: Folder,
    Ways.HUB: Hub,
    Ways.MAILBOX: Mailbox,
    Ways.PROVINCE: Province,
}
PULLED = (Ways.FOLDER, Ways.HUB, Ways.MAILBOX, Ways.PROVINCE)


def of(partner: Partner) -> Transport:
    """The way to a partner."""
    return _WAYS[partner.transport](partner)
