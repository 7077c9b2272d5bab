"""The door for writing."""

from congvu.domains.documents.pictures import set_picture
from congvu.domains.documents.services.annexing import arrange_annexes, attach_annex
from congvu.domains.documents.services.answering import agree, note_request, refuse_request
from congvu.domains.documents.services.authorising import authorise, end_authorisation
from congvu.domains.documents.services.batches import mark_read, open_issuing, open_signing
from congvu.domains.documents.services.checking import keep_checks, reason_to_return
from congvu.domains.documents.services.consulting import (
    ask_opinion,
    close_consultation,
    give_opinion,
    settle_opinion,
)
from congvu.domains.documents.services.copying import copy
from congvu.domains.documents.services.cowriting import name_co_writers
from congvu.domains.documents.services.denying import deny_mark
from congvu.domains.documents.services.directing import (
    begin_work,
    direct,
    finish,
    give_direction,
    hand_on,
    reopen,
    speak,
)
from congvu.domains.documents.services.drafting import draft, drop, endorse, save_draft, send_back_draft, submit
from congvu.domains.documents.services.following import note_sent, note_state
from congvu.domains.documents.services.issuing import fill_in, number
from congvu.domains.documents.services.marking import note_marks
from congvu.domains.documents.services.naming_issuers import set_issuer
from congvu.domains.documents.services.posting import LoanInput, PostingInput, lend, post, take_back
from congvu.domains.documents.services.printing import note_export, print_book
from congvu.domains.documents.services.recalling import ask_back, note_answer, paper_back, recall
from congvu.domains.documents.services.registering import receive, register, register_arrived, send_back
from congvu.domains.documents.services.sealing_copies import seal_copy
from congvu.domains.documents.services.searching import drop_search, save_search
from congvu.domains.documents.services.sharing import print_copy, settle_access, share
from congvu.domains.documents.services.signing import lay_fields
from congvu.domains.documents.services.spread_watching import end_dissemination, nudge_readers
from congvu.domains.documents.services.spreading import add_readers, confirm_reading, disseminate
from congvu.domains.documents.services.stating import state_figures
from congvu.domains.documents.services.steps import keep_arrival
from congvu.domains.documents.services.tracking import (
    TaskNews,
    follow_task,
    hold_task,
    let_read,
    require_direct,
    require_issued,
)

__all__ = [
    "LoanInput", "PostingInput", "TaskNews", "add_readers", "agree", "arrange_annexes", "ask_back", "ask_opinion",
    "attach_annex", "authorise", "begin_work", "close_consultation", "confirm_reading", "copy", "deny_mark", "direct",
    "disseminate", "draft", "drop", "drop_search", "end_authorisation", "end_dissemination", "endorse", "fill_in",
    "finish", "follow_task", "give_direction", "give_opinion", "hand_on", "hold_task",
    "keep_arrival", "keep_checks", "lay_fields", "lend", "let_read", "mark_read", "name_co_writers", "note_answer",
    "note_export", "note_marks", "note_request", "note_sent", "note_state", "nudge_readers", "number", "open_issuing",
    "open_signing", "paper_back", "post", "print_book", "print_copy", "reason_to_return", "recall", "receive",
    "refuse_request", "register", "register_arrived", "reopen", "require_direct", "require_issued", "save_draft",
    "save_search", "seal_copy", "send_back", "send_back_draft", "set_issuer", "set_picture", "settle_access",
    "settle_opinion", "share", "speak", "state_figures", "submit", "take_back",
]  # fmt: skip
