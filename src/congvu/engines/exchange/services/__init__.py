"""The door for writing: taking messages in, sending, and setting partners and agencies up."""

from congvu.engines.exchange.services.accepting import accept, accept_from, read_again, read_message, take_files
from congvu.engines.exchange.services.delivering import deliver, poll, resend
from congvu.engines.exchange.services.mails import take_mail_files
from congvu.engines.exchange.services.making import make
from congvu.engines.exchange.services.sending import send_document, send_status
from congvu.engines.exchange.services.setting import (
    end_code,
    name_agency,
    set_partner,
    succeed_agency,
)

__all__ = [
    "accept", "accept_from", "deliver", "end_code", "make", "name_agency", "poll", "read_again", "read_message",
    "resend", "send_document", "send_status", "set_partner", "succeed_agency", "take_files",
    "take_mail_files",
]  # fmt: skip
