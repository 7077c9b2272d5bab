"""A draft of every kind begins with lines that its layout takes as they are."""

from __future__ import annotations

import subprocess
from uuid import uuid4

import pytest

from congvu.domains.documents import selectors, services
from congvu.domains.documents.types import DraftInput
from congvu.engines.typeset import services as typeset
from congvu.engines.typeset.types import PARTICULARS, blocks_to_json
from tests.domains.documents.office import Office


def begun(office: Office, kind: str, by: str = "xa-yen-khe"):
    what, first = selectors.kind(kind), selectors.opening(kind)
    content = {
        "bases": list(first.bases), "recipients": list(first.recipients), "ending": first.ending,
        "addressees": ["Sở Nội vụ"] if what.addressed else [], "authority": "ỦY BAN NHÂN DÂN XÃ YÊN KHÊ",
        "particulars": {field.key: "05/3/2026" for field in PARTICULARS.get(what.layout, ())},
        "blocks": blocks_to_json(typeset.read_text(first.text)),
    }  # fmt: skip
    given = DraftInput(kind=kind, subject="phòng, chống thiên tai năm 2026", content=content, issuer=by)
    return services.draft(office.official, given, key=uuid4().hex)


def words_of(office: Office, document) -> str:
    pdf = selectors.draft_pdf(office.official, document)
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(found.stdout.decode().split())


def test_every_kind_is_set_from_its_first_lines(office: Office):
    kinds = selectors.kinds()
    assert len([kind for kind in kinds if kind.nature == "administrative"]) == 29
    for kind in kinds:
        said = words_of(office, begun(office, kind.key))
        assert kind.name.partition(" của ")[0].upper() in said or kind.layout == "letter", kind.key


@pytest.mark.parametrize(
    ("kind", "family", "title"),
    [("QPPL_QD", "administrative", "QUYẾT ĐỊNH phòng, chống"), ("QPPL_NQ", "council", "NGHỊ QUYẾT phòng, chống")],
)
def test_normative_documents_are_called_what_they_are(office: Office, kind, family, title):
    by = next(one.key for one in selectors.issuers_of(office.unit()) if one.family == family)
    said = words_of(office, begun(office, kind, by))
    assert (title in said, "(văn bản quy phạm pháp luật)" in said.lower()) == (True, False)


def test_a_minute_says_its_content_once(office: Office):
    assert words_of(office, begun(office, "BB")).count("Nội dung") == 1
