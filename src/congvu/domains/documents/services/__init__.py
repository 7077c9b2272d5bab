"""The door for writing."""

from congvu.domains.documents.pictures import set_picture
from congvu.domains.documents.services.answering import agree, note_request, refuse_request
from congvu.domains.documents.services.directing import begin_work, direct, finish, hand_on, reopen, speak
from congvu.domains.documents.services.drafting import draft, drop, endorse, save_draft, send_back_draft, submit
from congvu.domains.documents.services.following import note_sent, note_state
from congvu.domains.documents.services.naming_issuers import set_issuer
from congvu.domains.documents.services.posting import LoanInput, PostingInput, lend, post, take_back
from congvu.domains.documents.services.printing import note_export, print_book
from congvu.domains.documents.services.recalling import ask_back, note_answer, paper_back, recall
from congvu.domains.documents.services.registering import receive, register, register_arrived, send_back
from congvu.domains.documents.services.signing import issue, number, sign
from congvu.domains.documents.services.steps import keep_arrival

__all__ = [
    "LoanInput", "PostingInput", "agree", "ask_back", "begin_work", "direct", "draft", "drop", "endorse", "finish",
    "hand_on", "issue", "keep_arrival", "lend", "note_answer", "note_export", "note_request", "note_sent", "note_state",
    "number", "paper_back", "post", "print_book", "recall", "receive", "refuse_request", "register", "register_arrived",
    "reopen", "save_draft", "send_back", "send_back_draft", "set_issuer", "set_picture", "sign", "speak", "submit",
    "take_back",
]  # fmt: skip
