"""The door for writing. The acts of officials, and the steps journeys use inside their own acts (``steps``)."""

from congvu.domains.tasks.services.extending import answer_extension, ask_extension
from congvu.domains.tasks.services.giving import amend, give, give_again, hand_on, require_give
from congvu.domains.tasks.services.judging import accept, cancel, reject
from congvu.domains.tasks.services.steps import cancel_task, finish_task, give_task
from congvu.domains.tasks.services.working import comment, contribute, finish, report, send_back, start

__all__ = [
    "accept", "amend", "answer_extension", "ask_extension", "cancel", "cancel_task", "comment", "contribute", "finish",
    "finish_task", "give", "give_again", "give_task", "hand_on", "reject", "report", "require_give", "send_back",
    "start",
]  # fmt: skip
