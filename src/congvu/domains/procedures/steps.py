"""From the free text of published processes to steps that a workflow can run. Pure.

What is read as it stands: order, names, hours. What is inferred and stays editable: role, place and kind. A role text
that the map does not know leaves the step without role, and the process is a draft that cannot start.

A step of an outside agency (tax office, land registration office, consulted departments) keeps the hours that the
decision gives it, because they count within the legal limit; without hours it runs on somebody else's clock and pauses
ours. Its answer is recorded by the clerk who received the dossier.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop

from congvu.domains.procedures.data import RoleRule, plain, role_rules
from congvu.domains.procedures.types import COMMUNE_PLACES, DEPARTMENT_PLACES

Row = dict[str, Any]

_SCOPED = {
    "@section": ("section", "dept_section"),
    "@authority": ("authority", "dept"),
    "@office": ("office", "dept_office"),
    "either": ("center", "dept_center"),
}
_RETURN = re.compile(r"^(tra|trao) ket qua|^chuyen tra ket qua|^nhan va tra ket qua")
_SIGN = re.compile(r"^(ban hanh|ky |cap giay|quyet dinh |cong bo)|phe duyet|ky duyet|quyet dinh")
_ASSIGN = re.compile(r"phan cong|^giao ")
_CONSULT = re.compile(r"y kien bang van ban|cho y kien ve|lay y kien|duoc xin y kien|^niem yet|duoc lay y kien")
# Stored in Vietnamese with the process; screens translate these, and leave what an office wrote itself.
PUBLIC_NAMES = {
    "receive": gettext_noop("Tiếp nhận hồ sơ"),
    "assign": gettext_noop("Phân công xử lý"),
    "appraise": gettext_noop("Thẩm định hồ sơ"),
    "consult": gettext_noop("Lấy ý kiến"),
    "review": gettext_noop("Xem xét kết quả"),
    "approve": gettext_noop("Ký duyệt"),
    "issue": gettext_noop("Vào sổ, đóng dấu"),
    "return": gettext_noop("Trả kết quả"),
    "other": gettext_noop("Đang xử lý"),
}


def find_rule(role_text: str, step_name: str) -> RoleRule | None:
    """The first line of the role map that fits; None when none does or the line says "not ours to map"."""
    role, name = plain(role_text), plain(step_name)
    for rule in role_rules():
        if rule.role_text.search(role) and (rule.step_name is None or rule.step_name.search(name)):
            return rule if rule.role else None
    return None


def read_process(raw: list[Row], levels: list[str]) -> tuple[list[Row], list[str]]:
    """Steps of a published process with role, place and kind, completed by what the law requires; and warnings."""
    rows, warnings = [], []
    for item in raw:
        row, warning = _map(item)
        rows.append(row)
        warnings += [warning] if warning else []
    _settle_places(rows, levels)
    _settle_kinds(rows)
    complete = _complete(rows)
    return _finish(complete), warnings


def _map(item: Row) -> tuple[Row, str]:
    """One row with role and place. A name that is a role beside a role that is none means swapped columns."""
    name, role = item["name"], item["role"]
    rule, warning = find_rule(role, name), ""
    if rule is None and role and (swapped := find_rule(name, role)):
        rule, name, role = swapped, role, name
        warning = f"bước “{name}”: cột tên bước và vai trò đảo nhau trong nguồn, đã đổi lại"
    row = {
        "name": name,
        "role_text": role,
        "hours": item["hours"],
        "role": rule.role if rule else None,
        "place": rule.place if rule else None,
        "public_name": rule.public_name if rule else "",
        "added": False,
    }
    return row, warning


def _settle_places(rows: list[Row], levels: list[str]) -> None:
    """Fix the places that depend on who does the rest of the work (first a commune, else a department)."""
    placed = {row["place"] for row in rows}
    commune, department = not placed.isdisjoint(COMMUNE_PLACES), not placed.isdisjoint(DEPARTMENT_PLACES)
    inside = commune or (not department and "commune" in levels)
    for row in rows:
        if row["place"] in _SCOPED:
            near = inside or (row["place"] == "either" and not department and "province" not in placed)
            row["place"] = _SCOPED[row["place"]][0 if near else 1]


def _settle_kinds(rows: list[Row]) -> None:
    """Kind of each step; the last signature is the approval, the last register entry after it issues the result."""
    last = len(rows) - 1
    for place, row in enumerate(rows):
        row["kind"] = infer_kind(row["role"], row["place"], row["name"], first=place == 0, last=place == last)
    _settle_assignments(rows)
    signed = _settle_signature(rows)
    entries = [n for n, row in enumerate(rows) if row["kind"] == "issue"]
    for place in entries:
        if signed is None or place != entries[-1] or place < signed:
            rows[place]["kind"] = "other"


def _settle_assignments(rows: list[Row]) -> None:
    """Where the source gives roles only, the head who acts before the first specialist of a section assigns."""
    for place, row in enumerate(rows[:-1]):
        before = {(other["role"], other["place"]) for other in rows[:place]}
        named = row["name"] != row["role_text"]
        follows = rows[place + 1]["role"] == "specialist" and rows[place + 1]["place"] == row["place"]
        if not named and row["role"] == "head" and follows and ("specialist", row["place"]) not in before:
            row["kind"] = "assign"


def _settle_signature(rows: list[Row]) -> int | None:
    """Keep one approval, the last; without leaders in the source, the last head who approves. Returns its place."""
    signers = [n for n, row in enumerate(rows) if row["kind"] == "approve"]
    if not signers:
        heads = [n for n, row in enumerate(rows) if row["kind"] == "review" and _SIGN.search(plain(row["name"]))]
        signers = heads[-1:] if not any(row["role"] == "chair" or row["role"] is None for row in rows) else []
    for place in signers[:-1]:
        rows[place]["kind"] = "review"
    if not signers:
        return None
    rows[signers[-1]]["kind"] = "approve"
    return signers[-1]


def infer_kind(role: str | None, place: str | None, name: str, *, first: bool = False, last: bool = False) -> str:
    """What a step is for, from who does it and what it is called."""
    words = plain(name)
    if place == "external":
        return "consult"
    if role == "clerk":
        if first:
            return "receive"
        return "return" if _RETURN.search(words) or (last and not words.startswith("so hoa")) else "other"
    if role == "registrar":
        return "issue"
    if role == "chair":
        if _ASSIGN.search(words[:40]):
            return "assign"
        decides = place == "province" or _SIGN.search(words) or words.startswith("lanh dao")
        return "approve" if decides else "other"
    if role in ("head", "center_head"):
        return "assign" if _ASSIGN.search(words[:40]) else "review"
    if role == "specialist":
        return "other" if _RETURN.search(words) else "consult" if _CONSULT.search(words) else "appraise"
    return "other"


def _added(kind: str, name: str, role: str, place: str) -> Row:
    return {
        "name": name,
        "role_text": "",
        "hours": Decimal(0),
        "role": role,
        "place": place,
        "public_name": "",
        "kind": kind,
        "added": True,
    }


def _complete(rows: list[Row]) -> list[Row]:
    """Add what the source leaves out: reception and return at the one-stop shop, the register entry after a signature.

    Basis: contact only through the one-stop shop (NĐ 61/2018 Đ5, NĐ 118/2025); the added steps take no time.
    """
    places = [row["place"] for row in rows]
    inside = any(place in COMMUNE_PLACES for place in places) or not any(p in DEPARTMENT_PLACES for p in places)
    center = "center" if inside else "dept_center"
    whole = list(rows)
    approved = next((n for n, row in enumerate(whole) if row["kind"] == "approve"), None)
    if approved is not None and not any(row["kind"] == "issue" for row in whole):
        office = {"authority": "office", "section": "office", "province": "province_office"}
        place = office.get(whole[approved]["place"], "dept_office")
        whole.insert(approved + 1, _added("issue", "Vào sổ, lấy số, đóng dấu", "registrar", place))
    if whole[0]["kind"] != "receive":
        whole.insert(0, _added("receive", "Tiếp nhận hồ sơ", "clerk", center))
    if whole[-1]["kind"] != "return":
        whole.append(_added("return", "Trả kết quả", "clerk", center))
    return whole


def _finish(rows: list[Row]) -> list[Row]:
    """Order, keys, public names and pauses; hours as text so that the content has one canonical form."""
    for place, row in enumerate(rows, start=1):
        row["order"] = place
        row["key"] = f"s{place:02d}"
        row["pause"] = row["hours"] is None
        row["public_name"] = row["public_name"] or PUBLIC_NAMES.get(row["kind"], "")
        row["hours"] = None if row["hours"] is None else f"{row['hours'].normalize():f}"
    return rows


def typed_process(rows: list[Row]) -> list[Row]:
    """Steps as a person typed them: kinds are inferred where left empty, nothing is added."""
    last = len(rows) - 1
    for place, row in enumerate(rows):
        guess = infer_kind(row["role"], row["place"], row["name"], first=place == 0, last=place == last)
        row["kind"] = row["kind"] or guess
    return _finish(rows)


def planned_hours(steps: list[Row]) -> Decimal:
    return sum((Decimal(row["hours"]) for row in steps if row["hours"] is not None), Decimal(0))


NO_TIME = "Chưa có thời hạn giải quyết hoặc đơn vị thời gian"


def blocks_of(steps: list[Row], budget: str | None, no_steps: str, bad_name: str) -> list[str]:
    """Why the procedure cannot run from filing to result, in Vietnamese; nothing when it can."""
    blocks = []
    if bad_name:
        blocks.append(bad_name)
    if budget is None:
        blocks.append(NO_TIME)
    if not steps and no_steps:
        blocks.append(no_steps)
    if any(row["role"] is None for row in steps):
        blocks.append("Có bước mà vai trò trong nguồn chưa khớp vị trí nào")
    return list(dict.fromkeys(blocks))
