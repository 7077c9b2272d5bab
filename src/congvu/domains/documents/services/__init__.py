"""The door for writing."""

from congvu.domains.documents.services.directing import begin_work, direct, finish, hand_on, reopen, speak
from congvu.domains.documents.services.naming_issuers import set_issuer
from congvu.domains.documents.services.registering import receive, register, register_arrived, send_back
from congvu.domains.documents.services.steps import keep_arrival

__all__ = [
    "begin_work", "direct", "finish", "hand_on", "keep_arrival", "receive", "register", "register_arrived", "reopen",
    "send_back", "set_issuer", "speak",
]  # fmt: skip
