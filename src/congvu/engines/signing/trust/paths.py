"""A certificate at a moment: does it lead to a trusted root, was it in force, was it revoked, and by what evidence."""

from __future__ import annotations

from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import (
    CRLValidationError,
    DisallowedAlgorithmError,
    ExpiredError,
    InvalidCertificateError,
    NotYetValidError,
    OCSPValidationError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import (
    NO_REVOCATION,
    CertRevTrustPolicy,
    DisallowWeakAlgorithmsPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from congvu.engines.signing.trust import names as _names  # noqa: F401 - names are compared by it
from congvu.engines.signing.types import Evidence, Standing, TrustRootView

# Evidence is asked for the signer's own certificate; for those above it where they say who tells it.
_CHECKED = CertRevTrustPolicy(
    RevocationCheckingPolicy(RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.CHECK_IF_DECLARED),
    retroactive_revinfo=True,
)
_UNCHECKED = CertRevTrustPolicy(NO_REVOCATION)
# What libraries of certificates raise over bytes that are none.
FAULTS = (
    ValidationError, PathError, CRLValidationError, OCSPValidationError, AttributeError, LookupError,
    NotImplementedError, TypeError, ValueError,
)  # fmt: skip
_STRONG = DisallowWeakAlgorithmsPolicy()
MOST_LOADED = 200


def load(certificate: bytes) -> x509.Certificate:
    """A certificate to look at, never to be changed. A chain is looked at many times, and its certificates are the
    same few: one that was read is kept, as its bytes say all that it is."""
    try:
        return _whole(certificate)
    except (*FAULTS, ArithmeticError, RecursionError):
        # What is broken somewhere is read as far as somebody asks, and never kept.
        return x509.Certificate.load(certificate)


@lru_cache(maxsize=MOST_LOADED)
def _whole(certificate: bytes) -> x509.Certificate:
    """Read to the end before anybody has it: otherwise one thread would find it half read by another."""
    found = x509.Certificate.load(certificate)
    _ = found.native, found.critical_extensions, found.self_signed
    return found


@dataclass(frozen=True, slots=True)
class Judgement:
    """``path``: certificates from the signer up to the root, DER, empty without one; ``root`` the trusted one found.
    ``at``: when it expired, begins, or was revoked. ``told`` False: nobody answers for revocation (no address)."""

    standing: Standing
    path: tuple[bytes, ...] = ()
    root: TrustRootView | None = None
    at: datetime | None = None
    told: bool = True


@dataclass(frozen=True, slots=True)
class Roots:
    """What is trusted for one usage: anchors, and certificates between that signers forget to send along."""

    anchors: tuple[TrustRootView, ...]
    between: tuple[TrustRootView, ...]


class _Chain(NamedTuple):
    """A chain with the moments between which every certificate of it is in force."""

    path: tuple[bytes, ...]
    first: datetime
    last: datetime


MOST_KEPT = 500
_built: dict[tuple[bytes, tuple[bytes, ...], tuple[bytes, ...], bool], _Chain] = {}


def build(
    certificate: bytes, others: Iterable[bytes], *, roots: Roots, at: datetime, timestamping: bool = False
) -> Judgement:
    """The chain of a certificate at a moment, revocation aside. A chain that was found once is good for every moment
    in which all of it is in force."""
    given = tuple(dict.fromkeys(others))
    key = (certificate, given, tuple(root.certificate for root in (*roots.anchors, *roots.between)), timestamping)
    kept = _built.get(key)
    if kept is not None and kept.first <= at <= kept.last:
        root = next((root for root in roots.anchors if root.certificate == kept.path[-1]), None)
        return Judgement(Standing.VALID, kept.path, root)
    built = _build(certificate, given, roots=roots, at=at, timestamping=timestamping)
    if built.standing is Standing.VALID:
        if len(_built) >= MOST_KEPT:
            _built.clear()
        above = [load(one) for one in built.path]
        first, last = max(one.not_valid_before for one in above), min(one.not_valid_after for one in above)
        _built[key] = _Chain(built.path, first, last)
    return built


def _build(certificate: bytes, others: Sequence[bytes], *, roots: Roots, at: datetime, timestamping: bool) -> Judgement:
    try:
        leaf = load(certificate)
        _require_purpose(leaf, timestamping=timestamping)
        path = _validated(leaf, others, roots, Look(at, _UNCHECKED, Evidence()))
    except ExpiredError as error:
        return Judgement(Standing.EXPIRED, at=error.expired_dt)
    except NotYetValidError as error:
        return Judgement(Standing.NOT_YET, at=error.valid_from)
    except DisallowedAlgorithmError:
        return Judgement(Standing.WEAK)
    except FAULTS:
        return Judgement(Standing.UNTRUSTED)
    found = tuple(one.dump() for one in reversed(list(path.iter_certs(include_root=True))))
    root = next((root for root in roots.anchors if root.certificate == found[-1]), None)
    return Judgement(Standing.VALID, found, root)


@dataclass(frozen=True, slots=True)
class Look:
    """When and how strictly a chain is looked at, and with what evidence."""

    at: datetime
    policy: CertRevTrustPolicy
    evidence: Evidence


def _validated(leaf: x509.Certificate, others: Iterable[bytes], roots: Roots, how: Look) -> ValidationPath:
    between = [load(one) for one in (*others, *(root.certificate for root in roots.between))]
    context = ValidationContext(
        trust_roots=[load(root.certificate) for root in roots.anchors],
        moment=how.at,
        revinfo_policy=how.policy,
        ocsps=[ocsp.OCSPResponse.load(one) for one in how.evidence.ocsps],
        crls=[crl.CertificateList.load(one) for one in how.evidence.crls],
        algorithm_usage_policy=_STRONG,
    )
    validator = CertificateValidator(leaf, intermediate_certs=between, validation_context=context)
    return _done(validator.async_validate_path())


def _done(work: Coroutine[Any, Any, ValidationPath]) -> ValidationPath:
    """The result of what waits for nothing, as all evidence is at hand: a loop would cost more than the work."""
    try:
        work.send(None)
    except StopIteration as finished:
        found: ValidationPath = finished.value
        return found
    work.close()
    raise NotImplementedError("the library waited for something outside")


def _require_purpose(leaf: x509.Certificate, *, timestamping: bool) -> None:
    """Raises InvalidCertificateError for a certificate that says it is for something else."""
    extended = leaf.extended_key_usage_value.native if leaf.extended_key_usage_value is not None else None
    if timestamping and "time_stamping" not in (extended or ()):
        raise InvalidCertificateError("not for time stamps")
    usage = leaf.key_usage_value.native if leaf.key_usage_value is not None else None
    if not timestamping and usage is not None and not usage & {"digital_signature", "non_repudiation"}:
        raise InvalidCertificateError("not for signing")


def check(built: Judgement, *, roots: Roots, at: datetime, evidence: Evidence) -> Judgement:
    """The chain built before, with revocation by this evidence as of ``at``: VALID, REVOKED, or UNKNOWN where the
    evidence does not say. A certificate known to be revoked only later was good."""
    if built.standing is not Standing.VALID or len(built.path) < 2:
        return built
    leaf = load(built.path[0])
    if not _about(evidence):
        told = declared(leaf)
        return replace(built, standing=Standing.UNKNOWN if told else built.standing, told=told)
    standing, since = _revocation(built, roots, at, evidence)
    if standing is Standing.UNKNOWN:
        # Who is asked today says when it was revoked, not that it was good before.
        standing, since = _revocation(built, roots, _newest(built, evidence), evidence)
        standing = Standing.VALID if since is not None and since > at else Standing.UNKNOWN
    return replace(built, standing=standing, at=since if standing is Standing.REVOKED else None)


def _revocation(
    built: Judgement, roots: Roots, at: datetime, evidence: Evidence
) -> tuple[Standing, datetime | None]:  # fmt: skip
    leaf = load(built.path[0])
    try:
        _validated(leaf, built.path[1:], roots, Look(at, _CHECKED, evidence))
    except RevokedError as error:
        return Standing.REVOKED, error.revocation_dt
    except FAULTS:
        return Standing.UNKNOWN, None
    return Standing.VALID, None


def _newest(built: Judgement, evidence: Evidence) -> datetime:
    """When the newest evidence was given, but not after the chain's end: then it is neither stale nor too late."""
    ends: list[datetime] = [load(one).not_valid_after for one in built.path]
    end = min(ends) - timedelta(minutes=1)
    responses = (ocsp.OCSPResponse.load(one).basic_ocsp_response for one in evidence.ocsps)
    told: list[datetime] = [
        single["this_update"].native for found in responses for single in found["tbs_response_data"]["responses"]
    ]
    told += [crl.CertificateList.load(one)["tbs_cert_list"]["this_update"].native for one in evidence.crls]
    return min(end, max(told, default=end))


def _about(evidence: Evidence) -> bool:
    return bool(evidence.ocsps or evidence.crls)


def declared(certificate: x509.Certificate) -> bool:
    """Whether the certificate names somebody who tells of its revocation."""
    return bool(certificate.ocsp_urls or certificate.crl_distribution_points)


def readable(evidence: Evidence) -> Evidence:
    """The evidence without what is no OCSP response or list at all: files of others hold anything."""
    return Evidence(
        evidence.certificates, _loading(evidence.ocsps, ocsp.OCSPResponse), _loading(evidence.crls, crl.CertificateList)
    )


def _loading(contents: Sequence[bytes], kind: type[ocsp.OCSPResponse] | type[crl.CertificateList]) -> tuple[bytes, ...]:
    kept = []
    for content in contents:
        try:
            loaded = kind.load(content)
            _ = loaded.native
            if kind is ocsp.OCSPResponse and loaded["response_status"].native != "successful":
                continue
        except FAULTS:
            continue
        kept.append(content)
    return tuple(kept)
