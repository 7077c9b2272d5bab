"""The doors for writing: documents (prepare, fill, sign, validate), trusted roots, the register, sessions, batches.

Reading and writing PDFs needs heavy libraries; they are loaded when first used, so that a web process that signs
nothing does not carry them.
"""

from congvu.engines.signing.services.batches import (
    batch_items,
    finish_batch,
    hold_batch,
    hold_signatures,
    open_batch,
    queue_batch,
    require_free,
    run_batch,
    sign_item,
    signs,
)
from congvu.engines.signing.services.certificates import (
    ask,
    ask_about,
    change,
    decline,
    issue,
    record_device,
    resume,
    revoke,
    suspend,
)
from congvu.engines.signing.services.documents import (
    as_json,
    begin,
    blank_zones,
    extend,
    fill,
    finish,
    keep,
    pages,
    prepare,
    sign,
    validate,
)
from congvu.engines.signing.services.helper import TICKET, accept_signed, helper_task
from congvu.engines.signing.services.keys import open_session, require_seal
from congvu.engines.signing.services.local import accept_item, local_file, local_task, take_local_file
from congvu.engines.signing.services.roots import add_root, withdraw_root

__all__ = [
    "TICKET", "accept_item", "accept_signed", "add_root", "as_json", "ask", "ask_about", "batch_items", "begin",
    "blank_zones", "change", "decline", "extend", "fill", "finish", "finish_batch", "helper_task", "hold_batch",
    "hold_signatures", "issue", "keep", "local_file", "local_task", "open_batch", "open_session", "pages", "prepare",
    "queue_batch", "record_device", "require_free", "require_seal", "resume", "revoke", "run_batch", "sign",
    "sign_item", "signs", "suspend", "take_local_file", "validate", "withdraw_root",
]  # fmt: skip
