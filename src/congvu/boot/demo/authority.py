"""A certification authority that is none: for the demonstration and for tests. Its keys are made when it is set up.

It issues certificates, answers OCSP requests, publishes lists of revoked certificates and stamps time, all inside the
program: ``Desk`` is a transport of the signing room.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from congvu.common.zones import utc_now

ADDRESS = "http://pki.binhlam.example"
FRESH = timedelta(days=1)
# Few rounds: these files protect nothing.
ROUNDS = 1000
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Made:
    """A certificate with its key and those above it, nearest first."""

    key: Key
    certificate: x509.Certificate
    above: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    def pkcs12(self, pin: str) -> bytes:
        """The key in a file, opened by ``pin``."""
        builder = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(ROUNDS)
        locked = builder.key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC).hmac_hash(hashes.SHA256())
        return pkcs12.serialize_key_and_certificates(
            b"demo", self.key, self.certificate, self.above, locked.build(pin.encode())
        )


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when a certificate holds."""

    first: datetime
    last: datetime


def new_key(*, long: bool = False) -> Key:
    """An elliptic key, or (``long``) an RSA key of 2048 bits, which takes a moment."""
    return rsa.generate_private_key(65537, 2048) if long else ec.generate_private_key(ec.SECP256R1())


def authority(name: str, period: Period, *, over: Made | None = None) -> Made:
    """A root, or one below ``over``."""
    key = new_key()
    usage = _usage(key_cert_sign=True, crl_sign=True, digital_signature=True)
    builder = _named(name, "", key, period, over).add_extension(usage, critical=True)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return _signed(builder, key, over)


def issue(over: Made, name: str, organisation: str, period: Period, *, key: Key | None = None) -> Made:
    """A certificate to sign with, for a person or an organisation."""
    own = key or new_key()
    usage = _usage(digital_signature=True, content_commitment=True)
    builder = _named(name, organisation, own, period, over).add_extension(usage, critical=True)
    return _signed(_telling(builder, over), own, over)


def stamping(over: Made, name: str, period: Period) -> Made:
    """A certificate for time stamps."""
    key = new_key(long=True)
    builder = _named(name, "", key, period, over).add_extension(_usage(digital_signature=True), critical=True)
    only = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return _signed(_telling(builder.add_extension(only, critical=True), over), key, over)


def _named(name: str, organisation: str, key: Key, period: Period, over: Made | None) -> x509.CertificateBuilder:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    parts += [x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64])] if organisation else []
    subject = x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    above = over.certificate.public_key() if over else key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(over.certificate.subject if over else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(period.first)
        .not_valid_after(period.last)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above), critical=False)  # type: ignore[arg-type]
    )


def _usage(**true: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: true.get(name, False) for name in names})


def _telling(builder: x509.CertificateBuilder, over: Made) -> x509.CertificateBuilder:
    """Say where to ask about revocation."""
    place = f"{over.certificate.serial_number:x}"
    asked = x509.AccessDescription(
        AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(f"{ADDRESS}/ocsp/{place}")
    )
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(f"{ADDRESS}/crl/{place}")], None, None, None)
    builder = builder.add_extension(x509.AuthorityInformationAccess([asked]), critical=False)
    return builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)


def _signed(builder: x509.CertificateBuilder, key: Key, over: Made | None) -> Made:
    certificate = builder.sign(over.key if over else key, hashes.SHA256())
    above = (over.certificate, *over.above) if over else ()
    return Made(key, certificate, above)


@dataclass(slots=True)
class Desk:
    """Answers for these authorities. ``revoked`` holds serial numbers with their day; ``silent`` addresses whose
    responder is away (a part of them is enough)."""

    authorities: Sequence[Made]
    stamper: Made | None = None
    revoked: dict[int, datetime] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)

    def __call__(self, url: str, *, body: bytes | None, media_type: str, timeout: float) -> bytes:  # noqa: ARG002
        """Raises OSError for an address that nobody answers."""
        kind, _, place = url.removeprefix(f"{ADDRESS}/").partition("/")
        if any(part in url for part in self.silent) or not url.startswith(ADDRESS):
            raise OSError(f"nobody answers at {url}")
        if kind == "tsa" and self.stamper is not None and body is not None:
            from congvu.boot.demo.stamping import stamp  # heavy libraries, for who stamps

            return stamp(self.stamper, body)
        over = next((one for one in self.authorities if f"{one.certificate.serial_number:x}" == place), None)
        if over is None:
            raise OSError(f"nobody answers at {url}")
        return self._status(over, body) if kind == "ocsp" and body is not None else self._list(over)

    def _status(self, over: Made, body: bytes) -> bytes:
        asked, now = ocsp.load_der_ocsp_request(body), utc_now()
        since = self.revoked.get(asked.serial_number)
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
            issuer_name_hash=asked.issuer_name_hash,
            issuer_key_hash=asked.issuer_key_hash,
            serial_number=asked.serial_number,
            algorithm=asked.hash_algorithm,
            cert_status=ocsp.OCSPCertStatus.REVOKED if since else ocsp.OCSPCertStatus.GOOD,
            this_update=now,
            next_update=now + FRESH,
            revocation_time=since,
            revocation_reason=x509.ReasonFlags.key_compromise if since else None,
        )
        responding = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, over.certificate)
        return responding.sign(over.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def _list(self, over: Made) -> bytes:
        now = utc_now()
        builder = x509.CertificateRevocationListBuilder().issuer_name(over.certificate.subject)
        builder = builder.last_update(now).next_update(now + FRESH)
        key = x509.AuthorityKeyIdentifier.from_issuer_public_key(over.certificate.public_key())  # type: ignore[arg-type]
        builder = builder.add_extension(key, critical=False).add_extension(x509.CRLNumber(1), critical=False)
        for row in _rows(self.revoked.items()):
            builder = builder.add_revoked_certificate(row)
        return builder.sign(over.key, hashes.SHA256()).public_bytes(Encoding.DER)


def _rows(revoked: Iterable[tuple[int, datetime]]) -> Iterable[x509.RevokedCertificate]:
    for serial, since in revoked:
        yield x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since).build()
