"""Asking whether certificates were revoked: OCSP first, else the list of revoked certificates (TT 15/2025, phụ lục II).

Only certificates that lead to a trusted root are asked for: addresses in other certificates are a stranger's words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from asn1crypto import crl, ocsp, x509
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from cryptography.x509.ocsp import OCSPRequestBuilder
from django.conf import settings

from congvu.common.zones import utc_now
from congvu.engines.signing import outside
from congvu.engines.signing.trust.paths import FAULTS
from congvu.engines.signing.types import Evidence

# Responders of the first generation know certificates by SHA-1 only; here it names one, it proves nothing.
_NAMES: tuple[type[HashAlgorithm], ...] = (SHA256, SHA1)
SHORT = timedelta(minutes=10)
MOST_KEPT = 2000
_kept: dict[tuple[bytes, bytes], tuple[datetime, Evidence]] = {}


def gather(path: Sequence[bytes], *, fresh: bool = False) -> Evidence:
    """What responders say of a chain from the signer up to its root, asked now or remembered for at most ten minutes.

    ``fresh`` asks anew. Certificates nobody answers for are left out: the judgement then says so.
    """
    found = Evidence(tuple(path))
    for certificate, issuer in pairwise(path):
        found += _of(certificate, issuer, fresh=fresh)
    return found


def _of(certificate: bytes, issuer: bytes, *, fresh: bool) -> Evidence:
    now, key = utc_now(), (certificate, issuer)
    until, answer = _kept.get(key, (now, Evidence()))
    if not fresh and now < until:
        return answer
    answer = next(_answers(certificate, issuer), Evidence())
    if answer.ocsps or answer.crls:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = (now + SHORT, answer)
    return answer


def forget() -> None:
    """Forget what was remembered."""
    _kept.clear()


def _answers(certificate: bytes, issuer: bytes) -> Iterator[Evidence]:
    """Useful answers about one certificate, the best first."""
    leaf = x509.Certificate.load(certificate)
    for url in leaf.ocsp_urls:
        for name in _NAMES:
            content = _ask(url, request(certificate, issuer, name()))
            if content is not None and _answered(content):
                yield Evidence(ocsps=(content,))
    for point in leaf.crl_distribution_points:
        content = _ask(point.url, None) if point.url else None
        if content is not None and _is_list(content):
            yield Evidence(crls=(content,))


def request(certificate: bytes, issuer: bytes, name: HashAlgorithm) -> bytes:
    """An OCSP request for one certificate, DER."""
    builder = OCSPRequestBuilder()
    asked = builder.add_certificate(load_der_x509_certificate(certificate), load_der_x509_certificate(issuer), name)
    return asked.build().public_bytes(Encoding.DER)


def _ask(url: str, body: bytes | None) -> bytes | None:
    try:
        return outside.transport()(
            url, body=body, media_type=outside.QUERY, timeout=settings.SIGNING_REVOCATION_TIMEOUT
        )
    except OSError:
        return None


def _answered(content: bytes) -> bool:
    """A successful response that says good or revoked."""
    try:
        response = ocsp.OCSPResponse.load(content)
        if response["response_status"].native != "successful":
            return False
        singles = response.basic_ocsp_response["tbs_response_data"]["responses"]
        return any(single["cert_status"].name in ("good", "revoked") for single in singles)
    except FAULTS:
        return False


def _is_list(content: bytes) -> bool:
    try:
        return bool(crl.CertificateList.load(content)["tbs_cert_list"]["this_update"].native)
    except FAULTS:
        return False
