"""Refusals of this room."""

from __future__ import annotations

from congvu.common.errors import Conflict, Forbidden, Invalid, NotFound


class MessageInvalid(Invalid):
    """A message cannot be written as QCVN 102:2016 wants it; ``problems`` name each place."""

    code = "message_invalid"


class MessageUnreadable(Invalid):
    """What came in is no edXML message that can be taken."""

    code = "message_unreadable"


class UnknownRecipient(Invalid):
    """A document is addressed to agencies that this installation cannot reach; ``problems`` name each."""

    code = "unknown_recipient"


class WrongStatus(Conflict):
    """The status code may not be sent now: the machine of documents.md §2.5 says why."""

    code = "wrong_status"


class NotTheSender(Forbidden):
    """The message names another agency as its sender than the one that delivers it."""

    code = "not_the_sender"


class MessageNotFound(NotFound):
    """There is no such message."""

    code = "message_not_found"
