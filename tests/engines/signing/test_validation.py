"""What is found of a signature: tampering, revocation, expiry, strangers and silence are told apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from congvu.common.zones import VN
from congvu.engines.signing import services
from congvu.engines.signing.pdf import pades
from congvu.engines.signing.types import Standing
from tests.engines.signing import papers
from tests.engines.signing.pki import NOW, REVOKED_ON, credential


def signed_by(made, *, at=NOW, level="B-LT"):
    """A signature made whatever the certificate is worth: others' programs do not ask."""
    key = credential(made)
    begun = pades.begin(
        papers.prepared(),
        field="person",
        certificate=key.certificate,
        chain=key.chain,
        appearance=None,
        reason="",
        at=at,
        stamped=True,
    )
    (signature,) = key.sign([begun.digest])
    return services.finish(begun, signature, level=level).pdf


def only(pdf, **how):
    (found,) = services.validate(pdf, **how).signatures
    return found


def test_a_good_signature(pki):
    found = only(signed_by(pki.chair))
    assert (found.standing, found.integrity, found.trusted, found.level) == (Standing.VALID, True, True, "B-B")
    assert found.reason == (
        "Chữ ký hợp lệ tại thời điểm ký. Hệ thống chứng thực: chuyên dùng công vụ. "
        "Thời điểm ký do người ký ghi, không có dấu thời gian."
    )
    assert found.chain == "public_duty"


def test_the_public_chain_is_believed_too(pki):
    found = only(signed_by(pki.citizen))
    assert (found.standing, found.signer, found.chain) == (Standing.VALID, "Trần Thị Lan", "public")


def test_one_byte_changed(pki):
    pdf = bytearray(signed_by(pki.chair))
    # A byte of the drawn text's stream: the structure of the file stays whole.
    at = pdf.index(b"stream\n") + 20
    pdf[at] ^= 1
    found = only(bytes(pdf))
    assert (found.standing, found.integrity) == (Standing.TAMPERED, False)
    assert found.reason == "Nội dung văn bản đã bị thay đổi sau khi ký."


def test_text_added_after_signing(pki):
    import io

    from pyhanko.pdf_utils.generic import StreamObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(signed_by(pki.chair)))
    writer.add_stream_to_page(0, writer.add_object(StreamObject(stream_data=b"0 0 100 100 re f")))
    out = io.BytesIO()
    writer.write(out)
    assert only(out.getvalue()).standing is Standing.TAMPERED


def test_a_revoked_certificate(pki):
    found = only(signed_by(pki.revoked))
    assert (found.standing, found.integrity, found.trusted) == (Standing.REVOKED, True, False)
    assert found.reason == "Chứng thư chữ ký số đã bị thu hồi ngày 01/10/2026."


def test_an_expired_certificate(pki):
    found = only(signed_by(pki.expired))
    assert (found.standing, found.integrity, found.trusted) == (Standing.EXPIRED, True, False)
    assert "hết hạn ngày 01/06/2026" in found.reason


def test_nobody_we_know(pki):
    found = only(signed_by(pki.unknown))
    assert (found.standing, found.integrity, found.trusted) == (Standing.UNTRUSTED, True, False)


def test_responders_away(pki, desk):
    pdf = signed_by(pki.chair)
    desk.silent |= {"ocsp", "crl"}
    assert only(pdf).standing is Standing.UNKNOWN
    desk.silent.clear()
    assert only(pdf).standing is Standing.VALID


def test_revoked_after_a_time_stamp_is_still_good(pki, stamped, desk, clock):
    pdf = signed_by(pki.chair)
    desk.revoked[pki.chair.certificate.serial_number] = NOW + timedelta(days=10)
    clock.move_to(NOW + timedelta(days=20))
    found = only(pdf)
    assert (found.standing, found.timestamped, found.time) == (Standing.VALID, True, NOW.astimezone(UTC))


def test_revoked_after_an_unproven_time_is_not(pki, desk, clock):
    pdf = signed_by(pki.chair)
    desk.revoked[pki.chair.certificate.serial_number] = NOW + timedelta(days=10)
    clock.move_to(NOW + timedelta(days=20))
    assert only(pdf).standing is Standing.REVOKED


def test_revoked_before_a_stamped_time(pki, stamped):
    found = only(signed_by(pki.revoked, at=REVOKED_ON - timedelta(days=30)))
    assert found.standing is Standing.REVOKED
    assert found.reason == "Chứng thư chữ ký số đã bị thu hồi ngày 01/10/2026, trước thời điểm ký."


def test_expired_since_but_stamped(pki, stamped, desk, clock):
    pdf = signed_by(pki.ending)
    clock.move_to(datetime(2030, 1, 1, tzinfo=VN))
    desk.silent |= {"ocsp", "crl"}
    found = only(pdf)
    assert (found.standing, found.level) == (Standing.VALID, "B-LT")


def test_expired_since_without_a_stamp(pki, clock):
    pdf = signed_by(pki.ending)
    clock.move_to(datetime(2027, 1, 1, tzinfo=VN))
    found = only(pdf)
    assert found.standing is Standing.EXPIRED
    assert "không có dấu thời gian" in found.reason


def test_expired_since_but_seen_and_kept_here(pki, desk, clock):
    pdf = signed_by(pki.ending)
    services.keep(pdf, services.validate(pdf))
    services.keep(pdf, services.validate(pdf))
    clock.move_to(datetime(2027, 1, 1, tzinfo=VN))
    desk.silent |= {"ocsp", "crl"}
    found = only(pdf)
    assert found.standing is Standing.VALID
    assert "Chứng cứ kiểm tra lưu tại hệ thống này." in found.reason


def test_a_back_dated_signature_with_an_expired_certificate(pki):
    """The claimed day is within the certificate's time, but nobody confirms it and the certificate is over."""
    assert only(signed_by(pki.expired, at=datetime(2026, 5, 1, tzinfo=VN))).standing is Standing.EXPIRED


def test_a_root_is_believed_for_its_days_only(pki):
    from congvu.common.actor import SYSTEM
    from congvu.engines.signing import selectors

    pdf = signed_by(pki.citizen)
    root = next(row for row in selectors.roots() if row.chain == "public")
    services.withdraw_root(SYSTEM, root.id, reason="Thử")
    assert only(pdf).standing is Standing.UNTRUSTED
    services.add_root(
        SYSTEM, name="Gốc công cộng", chain="public", purposes=["sign"], certificate=pki.public.der,
        valid_to=(NOW - timedelta(days=1)).date(),
    )  # fmt: skip
    assert only(pdf).standing is Standing.UNTRUSTED


def test_no_signature_is_no_validity(pki):
    report = services.validate(papers.paper())
    assert (report.signatures, report.valid) == ((), False)


def test_addresses_of_strangers_are_never_asked(pki, desk, monkeypatch):
    asked = []
    real = type(desk).__call__
    monkeypatch.setattr(type(desk), "__call__", lambda self, url, **k: asked.append(url) or real(self, url, **k))
    only(signed_by(pki.unknown))
    assert asked == []


@pytest.mark.parametrize("what", ["cms", "empty"])
def test_a_signature_that_is_rubbish(pki, what):
    pdf = bytearray(signed_by(pki.chair))
    start = pdf.index(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", start)
    pdf[start:end] = (b"ab" if what == "cms" else b"00") * ((end - start) // 2)
    found = only(bytes(pdf))
    assert (found.standing, found.integrity) == (Standing.UNREADABLE, False)
