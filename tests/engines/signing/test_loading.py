"""Certificates that were read once: whole ones are kept, broken ones are read as far as somebody asks."""

from __future__ import annotations

import pytest
from asn1crypto import x509

from congvu.engines.signing.trust import paths


def test_one_that_was_read_is_the_same_object_and_says_what_its_bytes_say(pki):
    first = paths.load(pki.chair.der)
    assert paths.load(bytes(bytearray(pki.chair.der))) is first
    assert (first.dump(), first.native) == (pki.chair.der, x509.Certificate.load(pki.chair.der).native)
    assert paths.load(pki.agency.der) is not first


def test_it_is_read_to_the_end_before_anybody_has_it(pki):
    """What asn1crypto works out when first asked is there, so that no thread sees another at it."""
    paths._whole.cache_clear()
    found = paths.load(pki.chair.der)
    assert found._processed_extensions
    assert found._self_signed == x509.Certificate.load(pki.chair.der).self_signed == "no"
    assert found._critical_extensions == x509.Certificate.load(pki.chair.der).critical_extensions


def test_a_broken_extension_breaks_no_certificate_nobody_asks_it_of_and_is_not_kept(pki):
    at = pki.chair.der.index(b"\x06\x03\x55\x1d\x0f")
    broken = pki.chair.der[: at + 5] + pki.chair.der[at + 5 :].replace(b"\x03\x02", b"\x05\x02", 1)
    kept = paths._whole.cache_info().currsize
    found = paths.load(broken)
    assert found.subject.native == x509.Certificate.load(pki.chair.der).subject.native
    with pytest.raises(paths.FAULTS):
        _ = found.key_usage_value.native
    assert paths._whole.cache_info().currsize == kept
    with pytest.raises(paths.FAULTS):
        paths.load(b"no certificate")
