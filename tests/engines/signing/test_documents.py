"""Two signatures and a number on one PDF: everything is added, nothing is rewritten."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from congvu.common.page import Zone
from congvu.engines.signing import services
from congvu.engines.signing.errors import PdfRefused, TimestampUnavailable
from congvu.engines.signing.types import Filling, Standing, TextField
from tests.engines.signing import papers
from tests.engines.signing.pki import NOW, credential


def original(pki, level="B-LT"):
    """Person, number and date, agency: the order of an electronic original."""
    first = services.sign(
        papers.prepared(),
        field="person",
        credential=credential(pki.chair),
        appearance=papers.drawn("chữ ký"),
        level=level,
    )
    numbered = papers.numbered(first.pdf)
    second = services.sign(
        numbered, field="agency", credential=credential(pki.agency), appearance=papers.drawn("dấu", 36, 36), level=level
    )
    return first, numbered, second


def test_number_and_seal_leave_the_first_signature_valid(pki):
    first, numbered, second = original(pki)
    assert numbered.startswith(first.pdf)
    assert second.pdf.startswith(numbered)
    person, agency = services.validate(second.pdf).signatures
    assert (person.signer, person.organisation, person.standing) == (
        "Lương Trọng Hùng", "Ủy ban nhân dân xã Yên Khê", Standing.VALID,
    )  # fmt: skip
    assert (agency.signer, agency.standing) == ("Ủy ban nhân dân xã Yên Khê", Standing.VALID)
    assert (person.covers_whole_file, agency.covers_whole_file) == (False, True)
    assert person.time == agency.time == NOW


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler is not installed")
def test_another_program_confirms_both_signatures(pki, tmp_path):
    path = tmp_path / "original.pdf"
    path.write_bytes(original(pki)[2].pdf)
    told = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid.") == 2
    assert told.count("ETSI.CAdES.detached") == 2
    assert told.count("SHA-256") == 2


@pytest.mark.parametrize(("level", "reached"), [("B-B", "B-B"), ("B-T", "B-T"), ("B-LT", "B-LT"), ("B-LTA", "B-LTA")])
def test_levels(pki, stamped, level, reached):
    signed = services.sign(papers.prepared(), field="person", credential=credential(pki.chair), level=level)
    (found,) = services.validate(signed.pdf, online=False).signatures
    assert (signed.level, found.level, found.timestamped) == (reached, reached, reached != "B-B")


@pytest.mark.parametrize("level", ["B-LT", "B-LTA"])
def test_both_signatures_at_the_long_levels(pki, stamped, level):
    signed = original(pki, level)[2].pdf
    report = services.validate(signed, online=False)
    assert [found.level for found in report.signatures] == [level, level]
    assert report.valid


def test_without_an_authority_for_time_the_level_is_told(pki):
    signed = services.sign(papers.prepared(), field="person", credential=credential(pki.chair), level="B-LT")
    assert signed.level == "B-B"


def test_an_authority_for_time_that_does_not_answer(pki, stamped, desk):
    desk.silent.add("tsa")
    with pytest.raises(TimestampUnavailable, match="chưa được ký"):
        services.sign(papers.prepared(), field="person", credential=credential(pki.chair))


def test_responders_that_do_not_answer_leave_b_t(pki, stamped, desk):
    desk.silent |= {"ocsp", "crl"}
    signed = services.sign(papers.prepared(), field="person", credential=credential(pki.chair))
    assert signed.level == "B-T"
    desk.silent.clear()
    (found,) = services.validate(services.extend(signed.pdf), online=False).signatures
    assert (found.level, found.standing) == ("B-LTA", Standing.VALID)


def test_lists_of_revoked_certificates_stand_in_for_ocsp(pki, stamped, desk):
    desk.silent.add("ocsp")
    signed = services.sign(papers.prepared(), field="person", credential=credential(pki.chair))
    assert (signed.level, len(signed.evidence.crls) > 0, signed.evidence.ocsps) == ("B-LT", True, ())
    assert services.validate(signed.pdf, online=False).valid


def test_no_weak_digest_anywhere(pki, stamped):
    signed = services.sign(papers.prepared(), field="person", credential=credential(pki.chair))
    assert b"sha1" not in signed.pdf.lower()
    (found,) = services.validate(signed.pdf).signatures
    assert found.standing is Standing.VALID


def broken(kind):
    import io

    import pikepdf

    if kind == "no_pdf":
        return b"PK\x03\x04 docx"
    if kind == "broken":
        return papers.paper()[:2000]
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.paper())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["no_pdf", "broken", "encrypted"])
def test_files_that_cannot_be_signed(pki, kind):
    content = broken(kind)
    for attempt in (
        lambda: services.prepare(content, signatures=papers.ZONES, texts=papers.TEXTS),
        lambda: services.sign(content, field="person", credential=credential(pki.chair)),
        lambda: services.fill(content, {"number": Filling("1", papers.drawn("1"))}),
        lambda: services.validate(content),
    ):
        with pytest.raises(PdfRefused) as refused:
            attempt()
        assert refused.value.code == kind


def test_a_locked_file_takes_nothing_more(pki, monkeypatch):
    from dataclasses import replace

    from congvu.engines.signing.pdf import pades

    usual = pades._meta
    locking = {"docmdp_permissions": pades.MDPPerm.NO_CHANGES}
    monkeypatch.setattr(pades, "_meta", lambda *args, **named: replace(usual(*args, **named), **locking))
    signed = services.sign(papers.prepared(), field="person", credential=credential(pki.chair)).pdf
    monkeypatch.undo()
    for attempt in (
        lambda: services.sign(signed, field="agency", credential=credential(pki.agency)),
        lambda: papers.numbered(signed),
    ):
        with pytest.raises(PdfRefused, match="khóa") as refused:
            attempt()
        assert refused.value.code == "locked"


def test_fields_that_are_not_there_or_taken(pki):
    signed = services.sign(papers.prepared(), field="person", credential=credential(pki.chair)).pdf
    off = TextField(Zone(1, 0, 290, 9, 20))
    cases = (
        ("field_taken", lambda: services.sign(signed, field="person", credential=credential(pki.agency))),
        ("no_field", lambda: services.sign(signed, field="nowhere", credential=credential(pki.agency))),
        ("no_field", lambda: services.sign(papers.paper(), field="person", credential=credential(pki.agency))),
        ("no_field", lambda: services.fill(papers.paper(), {"number": Filling("1", papers.drawn("1"))})),
        ("field_taken", lambda: papers.numbered(papers.numbered(signed))),
        ("signed_before", lambda: services.prepare(signed, signatures=papers.ZONES, texts={})),
        ("no_field", lambda: services.prepare(papers.paper(), signatures={"a": Zone(3, 1, 1, 1, 1)}, texts={})),
        ("no_field", lambda: services.prepare(papers.paper(), signatures={}, texts={"a": off})),
    )  # fmt: skip
    for code, attempt in cases:
        with pytest.raises(PdfRefused) as refused:
            attempt()
        assert refused.value.code == code


def test_fields_lie_where_the_zones_say(pki):
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(papers.prepared())) as pdf:
        found = {
            str(one.T): [round(float(side) * 25.4 / 72, 1) for side in one.Rect] for one in pdf.Root.AcroForm.Fields
        }
    # From the bottom of A4 (297 mm): person 297-200-25=72 to 97; number 297-40-6=251 to 257.
    assert found["person"] == [110.0, 72.0, 170.0, 97.0]
    assert found["agency"] == [90.0, 66.0, 126.0, 102.0]
    assert found["number"] == [45.0, 251.0, 65.0, 257.0]
