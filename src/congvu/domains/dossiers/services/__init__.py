"""The door for writing: every act of this room."""

from congvu.domains.dossiers.services.applicant import look_up_applicant
from congvu.domains.dossiers.services.ending import refuse, stop, withdraw
from congvu.domains.dossiers.services.papers import (
    confirmation_pdf,
    control_slip_pdf,
    ending_pdf,
    receipt_pdf,
    supplement_pdf,
)  # fmt: skip
from congvu.domains.dossiers.services.process import (
    SYMBOL,
    approve,
    approve_step,
    assign,
    complete_step,
    issue_result,
    return_result,
    send_back,
)
from congvu.domains.dossiers.services.rating import REASONS, rate
from congvu.domains.dossiers.services.receive import decline, receive, take_in
from congvu.domains.dossiers.services.signed import SignedPaper, issue_signed, keep_signed, require_ours
from congvu.domains.dossiers.services.submit import begin_draft, drop_draft, drop_old_drafts, save_draft, submit
from congvu.domains.dossiers.services.supplement import answer_supplement, ask_supplement, cancel_supplement

__all__ = [
    "REASONS", "SYMBOL", "SignedPaper", "answer_supplement", "approve", "approve_step", "ask_supplement", "assign",
    "begin_draft", "cancel_supplement", "complete_step", "confirmation_pdf", "control_slip_pdf", "decline",
    "drop_draft", "drop_old_drafts", "ending_pdf", "issue_result", "issue_signed", "keep_signed", "look_up_applicant",
    "rate", "receipt_pdf", "receive", "refuse", "require_ours", "return_result", "save_draft", "send_back", "stop",
    "submit", "supplement_pdf", "take_in", "withdraw",
]  # fmt: skip
