"""The content of one version: a row of the source, or an edit of the version before, in one canonical form."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

import orjson
from django.utils.translation import gettext as _

from congvu.common.text import clean
from congvu.domains.procedures import fees, papers, reading
from congvu.domains.procedures.data import field_names, load, plain
from congvu.domains.procedures.steps import blocks_of, planned_hours, read_process
from congvu.domains.procedures.template import bad_name, misfit, seven_steps, working_hours
from congvu.domains.procedures.types import Content


def digest(content: Content) -> str:
    """SHA-256 of the values and steps in canonical JSON: the same content is never a new version."""
    return hashlib.sha256(
        orjson.dumps({"values": content.values, "steps": content.steps}, option=orjson.OPT_SORT_KEYS)
    ).hexdigest()


def read_row(row: Any) -> Content:
    """One row of a procedure file. Raises ``RowRefused`` when it is no procedure."""
    if not isinstance(row, dict):
        raise reading.RowRefused(_("Mục này không phải một thủ tục (phải là {code, name, …})"))
    code = reading.base_code(reading.text(row, "code", required=True))
    values = _values(row)
    _add_time(values, row)
    _add_origin(values)
    content = Content(code, values, [])
    raw = reading.steps_of(row)
    if raw:
        content.steps, content.warnings = read_process(raw, values["levels"])
        values["steps_origin"], values["steps_source"] = "own", reading.text(row, "steps_source")
    return content


def _values(row: dict[str, Any]) -> dict[str, Any]:
    field = reading.text(row, "field", limit=200, required=True)
    level = reading.text(row, "level", limit=200, required=True)
    return {
        "portal_code": reading.text(row, "portal_code", limit=60) or clean(row["code"]),
        "name": reading.text(row, "name", limit=reading.NAME_LIMIT, required=True),
        "field": field_names().get(plain(field), field),
        "level": level,
        "levels": reading.levels_of(level),
        "agency": reading.text(row, "agency", limit=500),
        "fee": reading.text(row, "fee"),
        "fee_items": fees.classify(reading.fees_of(row)),
        "papers": papers.classify(reading.papers_of(row)),
        "legal": reading.words_of(row, "legal"),
        "results": reading.results_of(row),
        "channels": reading.words_of(row, "channels"),
        "decision": reading.text(row, "decision", limit=200),
        "source": reading.text(row, "source", limit=500),
        "steps_origin": "none",
        "steps_source": "",
        "unverified": [],
        "local": {},
    }


def _add_time(values: dict[str, Any], row: dict[str, Any]) -> None:
    value, unit = reading.time_of(row)
    values["time_value"] = "" if value is None else f"{value.normalize():f}"
    values["time_unit"] = unit
    values["time_note"] = reading.text(row, "time_note")
    values["time_options"] = reading.options_of(row)


def source_budget(values: dict[str, Any]) -> str | None:
    """The time limit of the source, whatever the authority laid over it."""
    value = Decimal(values["time_value"]) if values["time_value"] else None
    return reading.budget_of(value, values["time_unit"])


def _judge_time(values: dict[str, Any]) -> None:
    """The budget of the source, and the doubt where the source had no unit of its own."""
    values["budget"] = source_budget(values)
    values["unverified"] = [item for item in values["unverified"] if item["field"] != "time"]
    note = plain(values["time_note"])
    if values["budget"] and values["budget"].endswith("wh") and plain(values["time_unit"]) == "ngay lam viec":
        flag(values, "time", "Nửa ngày làm việc được tính thành giờ (1 ngày = 8 giờ), cần đối chiếu")
    if values["budget"] and ("unit missing" in note or "without a unit" in note):
        flag(values, "time", "Nguồn không ghi đơn vị thời gian; đơn vị suy từ văn bản về hộ tịch, cần đối chiếu")


def _add_origin(values: dict[str, Any]) -> None:
    """Whose number and file the result has, and which values need checking."""
    origin = next((line for line in load("result_sources") if line["field"] == values["field"]), None)
    values["result_from"] = "ministry" if origin else "ours"
    values["result_system"] = origin["system"] if origin else ""
    if origin and not origin["verified"]:
        flag(values, "result_from", "Hệ thống cấp kết quả chưa đối chiếu với văn bản")
    if bad_name(values["name"]):
        flag(values, "name", bad_name(values["name"]))
    if any(
        item["state"] == "amount" and fees.fee_state(None, item["note"]) == "council" for item in values["fee_items"]
    ):
        flag(values, "fee", "Mức cụ thể do HĐND cấp tỉnh quyết định; số tiền là mức của nguồn, cần đối chiếu")


def flag(values: dict[str, Any], field: str, reason: str) -> None:
    """Mark a value as unverified; one reason per field."""
    others = [item for item in values["unverified"] if item["field"] != field]
    values["unverified"] = [*others, {"field": field, "reason": reason}]


def settle(content: Content, local: dict[str, Any]) -> Content:
    """Lay the authority's own settings over the source, then offer the template and say what still blocks.

    ``local`` survives imports: a time limit set here stays until the source brings one; levels, steps and the choice
    of the template stay.
    """
    values = content.values
    _judge_time(values)
    values["levels"] = reading.levels_of(values["level"])
    values["unverified"] = [item for item in values["unverified"] if item["field"] != "levels"]
    kept = dict(local)
    if values["budget"] is not None and kept.get("time", {}).get("fills_gap"):
        del kept["time"]
    values["local"] = kept
    if "time" in kept:
        _lay_time(values, kept["time"])
    if "steps" in kept:
        content.steps, values["steps_origin"] = kept["steps"], "province"
        values["steps_source"] = ""
    elif kept.get("process") == "template" or values["steps_origin"] == "province":
        content.steps, values["steps_origin"], values["steps_source"] = [], "none", ""
    if "levels" in kept:
        _lay_levels(values, kept["levels"])
    no_steps = _offer_template(content)
    values["blocks"] = blocks_of(content.steps, values["budget"], no_steps, bad_name(values["name"]))
    if not values["levels"]:
        values["blocks"].append("Chưa rõ cấp tiếp nhận hồ sơ (xã, tỉnh, bộ hoặc cơ quan khác)")
    return content


def _lay_time(values: dict[str, Any], time: dict[str, Any]) -> None:
    values["budget"] = time["budget"]
    values["unverified"] = [item for item in values["unverified"] if item["field"] != "time"]
    if time["unverified"]:
        flag(values, "time", f"Thời hạn do đơn vị nhập, chưa đối chiếu: {time['basis']}")


def _lay_levels(values: dict[str, Any], levels: dict[str, Any]) -> None:
    values["levels"] = list(levels["levels"])
    if levels["unverified"]:
        flag(values, "levels", f"Cấp tiếp nhận do đơn vị nhập, chưa đối chiếu: {levels['basis']}")


def _offer_template(content: Content) -> str:
    """Fill in the seven steps where they fit; else say why there are none."""
    values = content.values
    if values["steps_origin"] in ("own", "province"):
        return ""
    values["steps_origin"], content.steps = "none", []
    reason = misfit(values)
    if not reason and values["budget"] is not None:
        values["steps_origin"], content.steps = "template", seven_steps(values["budget"])
    return reason


def warnings_of(content: Content) -> list[str]:
    """What an importer should know of a row that was taken: gaps, doubts, sums that do not fit."""
    values, found = content.values, list(content.warnings)
    if not values["levels"]:
        found.append(f"Cấp “{values['level'][:60]}” không phải xã, tỉnh, bộ hay cơ quan khác: chưa chạy được")
    if values["budget"] is None:
        if not values["time_value"]:
            found.append("Không có thời hạn giải quyết: chưa chạy được cho đến khi nhập thời hạn")
        else:
            found.append(f"Thời hạn “{values['time_value']}” không rõ đơn vị: chưa chạy được cho đến khi nhập đơn vị")
    hours = planned_hours(content.steps)
    if values["budget"] and _limit(values["budget"]) < hours:
        found.append(f"Tổng giờ các bước ({hours.normalize():f}) vượt thời hạn {values['budget']}")
    unmapped = [row["role_text"] or "(trống)" for row in content.steps if row["role"] is None]
    if unmapped:
        found.append(f"Vai trò chưa khớp vị trí nào: {'; '.join(dict.fromkeys(unmapped))[:300]}")
    if bad_name(values["name"]):
        found.append(bad_name(values["name"]))
    return found


def _limit(budget: str) -> Decimal:
    """The hours that steps may add up to. Published steps count eight hours to each day of either kind."""
    return Decimal(budget[:-1]) * 8 if budget.endswith("d") and budget[-2].isdigit() else working_hours(budget)
