"""What a row of the paper list is: a paper to hand in, one to show, or only a sentence.

Portals print "0 bản chính, 0 bản sao" for sentences and list alternatives and exclusive cases side by side; a list
taken at face value would ask a citizen for papers that nobody needs.
"""

from __future__ import annotations

import re
from typing import Any

from congvu.domains.procedures.data import plain

_SHOWN = re.compile(r"xuat trinh")
_PLAIN_GROUP = re.compile(r"^(giay to phai nop|thanh phan ho so|giay to phai xuat trinh)\b[^.;:]*$")
_ONE_OF = re.compile(r"mot trong (so )?(cac|nhung)")
_CASE = re.compile(
    r"^(\(?[ivx\d.]+\)|[a-z]\)|\d+\.)? ?(doi voi )?truong hop|\bneu\b|trong truong hop|doi voi truong hop|uy quyen"
)
_DECLARATION = re.compile(
    r"^(ban chinh )?(to khai|don (de nghi|xin|dang ky|yeu cau)|giay de nghi|mau .*tuong tac|phieu de nghi)"
)
_ONLINE_FORM = re.compile(r"dien tu tuong tac")
_COUNTER_FORM = re.compile(r"hinh thuc truc tiep")


def _kind(name: str, group: str, original: int, copy: int) -> str:
    if original == 0 and copy == 0:
        return "instruction"
    return "show" if _SHOWN.search(group) or name.startswith("xuat trinh") else "submit"


def _need(name: str, group: str, declaration: bool) -> str:
    if _ONE_OF.search(group):
        return "one_of"
    if group and not _PLAIN_GROUP.match(group):
        return "case"
    return "case" if _CASE.search(name) and not declaration else "always"


def _channel(name: str, declaration: bool) -> str:
    if not declaration:
        return ""
    if _ONLINE_FORM.search(name):
        return "online"
    return "counter" if _COUNTER_FORM.search(name) else ""


def classify(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The paper rows with key, kind, need and, for forms, the way of filing they belong to."""
    return [_classify(number, row) for number, row in enumerate(rows, start=1)]


def _classify(number: int, row: dict[str, Any]) -> dict[str, Any]:
    name, group = plain(row["name"]), plain(row["group"])
    declaration = bool(_DECLARATION.search(name))
    return {
        **row,
        "key": f"p{number:02d}",
        "kind": _kind(name, group, row["original"], row["copy"]),
        "need": _need(name, group, declaration),
        "declaration": declaration,
        "channel": _channel(name, declaration),
    }
