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
    assign,
    complete_step,
    issue_result,
    return_result,
    send_back,
)
from congvu.domains.dossiers.services.proposing import propose_result, read_result
from congvu.domains.dossiers.services.rating import REASONS, rate
from congvu.domains.dossiers.services.receive import decline, receive, take_in
from congvu.domains.dossiers.services.signed import (
    NumberedPaper,
    SignedPaper,
    approve_signed,
    file_to_seal,
    issue_sealed,
    number_result,
    require_signable,
)
from congvu.domains.dossiers.services.submit import begin_draft, drop_draft, drop_old_drafts, save_draft, submit
from congvu.domains.dossiers.services.supplement import answer_supplement, ask_supplement, cancel_supplement

__all__ = [
    "REASONS", "SYMBOL", "NumberedPaper", "SignedPaper", "answer_supplement", "approve", "approve_signed",
    "ask_supplement", "assign", "begin_draft", "cancel_supplement", "complete_step", "confirmation_pdf",
    "control_slip_pdf", "decline", "drop_draft", "drop_old_drafts", "ending_pdf", "file_to_seal", "issue_result",
    "issue_sealed", "look_up_applicant", "number_result", "propose_result", "rate", "read_result", "receipt_pdf",
    "receive", "refuse", "require_signable", "return_result", "save_draft", "send_back", "stop", "submit",
    "supplement_pdf", "take_in", "withdraw",
]  # fmt: skip
