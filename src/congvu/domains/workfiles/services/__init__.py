"""The door for writing: lists of files, work files, the archive, disposal; ``add_entry`` is the step of journeys."""

from congvu.domains.workfiles.services.archive import answer, freeze, pack, submit, thaw
from congvu.domains.workfiles.services.catalogue import (
    add_heading,
    add_line,
    approve,
    draft,
    issue,
    remove_line,
)
from congvu.domains.workfiles.services.disposing import decide, destroy, list_for_disposal, speak
from congvu.domains.workfiles.services.filing import add, close, hand_over, open_file, reopen, weed
from congvu.domains.workfiles.services.preserving import describe, keep_copy, set_level
from congvu.domains.workfiles.services.steps import add_entry, open_new

__all__ = [
    "add", "add_entry", "add_heading", "add_line", "answer", "approve", "close", "decide", "describe", "destroy",
    "draft", "freeze", "hand_over", "issue", "keep_copy", "list_for_disposal", "open_file", "open_new", "pack",
    "remove_line", "reopen", "set_level", "speak", "submit", "thaw", "weed",
]  # fmt: skip
