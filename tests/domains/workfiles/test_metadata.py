"""The metadata tables as printed, and what fits them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.domains.workfiles.metadata import (
    EAD_DOC,
    EAD_FILE,
    FILE,
    INCOMING,
    OUTGOING,
    TYPE_CODES,
    cut,
    maintenance_code,
    wrong,
)
from congvu.domains.workfiles.packing import _safe
from congvu.domains.workfiles.retention import shorter


def tops(table) -> list[str]:
    """Names of the first level, in order."""
    return list(dict.fromkeys(field.name.split(".")[0] for field in table))


def test_sixteen_eighteen_and_eleven_fields_in_the_order_of_the_decree():
    assert tops(OUTGOING) == [
        "FileCode", "DocOrdinal", "TypeName", "CodeNumber", "CodeNotation", "IssuedDate", "OrganName", "Subject",
        "Language", "PageAmount", "Description", "SignerInfo", "To", "Priority", "IssuedAmount", "DueDate",
    ]  # fmt: skip
    assert tops(INCOMING) == [
        "FileCode", "DocOrdinal", "TypeName", "CodeNumber", "CodeNotation", "IssuedDate", "OrganName", "Subject",
        "Language", "PageAmount", "Description", "ArrivalDate", "ArrivalNumber", "SignerInfo", "Priority", "ToPlaces",
        "TraceHeaderList", "DueDate",
    ]  # fmt: skip
    assert tops(FILE) == [
        "FileCode", "Title", "Maintenance", "Rights", "Creator", "Language", "StartDate", "EndDate", "DocTotal",
        "PageTotal", "Description",
    ]  # fmt: skip
    assert (len(EAD_FILE), len(EAD_DOC)) == (18, 21)


def test_what_the_system_must_fill():
    def auto(table):
        return [field.name for field in table if field.auto]

    assert auto(OUTGOING) == [
        "FileCode.OrganId", "FileCode.FileCatalog", "DocOrdinal", "CodeNumber", "IssuedDate", "PageAmount",
        "To.OrganId",
    ]  # fmt: skip
    assert auto(INCOMING) == [
        "FileCode.OrganId", "FileCode.FileCatalog", "DocOrdinal", "PageAmount", "ArrivalDate", "ArrivalNumber",
    ]  # fmt: skip
    assert auto(FILE) == ["FileCode.OrganId", "FileCode.FileCatalog", "DocTotal", "PageTotal"]


def test_type_codes_are_not_the_order_of_the_decree():
    assert [TYPE_CODES[key] for key in ("NQ", "BC", "TTr", "BB", "CV", "CĐ", "thư công")] == [
        "01", "14", "15", "20", "22", "23", "29",
    ]  # fmt: skip


@pytest.mark.parametrize(("years", "code"), [(None, "01"), (70, "02"), (20, "05"), (10, "06"), (15, "07"), (2, "07")])
def test_retention_codes(years, code):
    assert maintenance_code(years) == code


def test_wrong_names_every_field_that_does_not_fit():
    values = {
        "FileCode.OrganId": "H" * 14, "FileCode.FileCatalog": "2026", "DocTotal": "x", "PageTotal": 3,
        "StartDate": "31/02/2026", "Unknown": "1",
    }  # fmt: skip
    assert wrong(values, FILE) == ["Unknown", "FileCode.OrganId", "StartDate", "DocTotal"]
    assert "DocTotal" in wrong({}, FILE)


@given(st.dictionaries(st.sampled_from([field.name for field in FILE]), st.text(max_size=600)))
def test_cut_texts_always_fit(values):
    texts = {f.name for f in FILE if f.kind == "S" and not f.auto}
    made = cut(values, FILE)
    assert [name for name in wrong(made, FILE) if name in texts] == []
    assert all(made[name] == values[name][: len(made[name])] for name in made if name in texts)


@given(st.text(max_size=120))
def test_names_in_packages_are_safe_everywhere(name):
    safe = _safe(name)
    assert 0 < len(safe) <= 200
    assert all(c.isascii() and (c.isalnum() or c in "._-") for c in safe)


@pytest.mark.parametrize(
    ("chosen", "least", "answer"),
    [(10, 20, True), (20, 20, False), (None, 20, False), (70, None, True), (None, None, False)],
)
def test_shorter(chosen, least, answer):
    assert shorter(chosen, least) is answer
