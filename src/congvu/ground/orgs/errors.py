"""Refusals of this room."""

from congvu.common.errors import Conflict, NotFound


class UnitNotFound(NotFound):
    """No such unit, or it was not there on that day."""

    code = "unit_not_found"


class PositionNotFound(NotFound):
    code = "position_not_found"


class UnitClosed(Conflict):
    """The unit has ended; its successors carry on."""

    code = "unit_closed"
