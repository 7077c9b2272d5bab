"""The doors for writing: documents (prepare, fill, sign, validate), trusted roots, the register, sessions, batches.

Reading and writing PDFs needs heavy libraries; they are loaded when first used, so that a web process that signs
nothing does not carry them.
"""

from congvu.engines.signing.services.documents import (
    as_json,
    begin,
    extend,
    fill,
    finish,
    keep,
    prepare,
    sign,
    validate,
)
from congvu.engines.signing.services.roots import add_root, withdraw_root

__all__ = [
    "add_root",
    "as_json",
    "begin",
    "extend",
    "fill",
    "finish",
    "keep",
    "prepare",
    "sign",
    "validate",
    "withdraw_root",
]
