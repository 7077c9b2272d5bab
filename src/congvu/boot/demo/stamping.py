"""The time-stamping authority of the demonstration: answers requests of RFC 3161 with a key that is loaded once."""

from __future__ import annotations

from datetime import datetime

from asn1crypto import cms, core, keys, tsp, x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.general import as_signing_certificate, simple_cms_attribute
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from congvu.boot.demo.authority import Made
from congvu.common.zones import utc_now


class _Stamper(DummyTimeStamper):
    """As the library's own one, which reads and proves its key anew for each stamp."""

    def __init__(self, over: Made) -> None:
        above = (x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in over.above)
        super().__init__(
            x509.Certificate.load(over.der), keys.PrivateKeyInfo(), fixed_dt=utc_now(),
            certs_to_embed=SimpleCertificateStore.from_certs(above), override_md="sha256",
        )  # fmt: skip
        self._key = over.key

    def _sign_tst_info(
        self, tst_info_data: bytes, md_algorithm: str, dt: datetime  # noqa: ARG002 - SHA-256, as set above
    ) -> tuple[bytes, cms.CMSAttributes]:  # fmt: skip
        digest = Hash(SHA256())
        digest.update(tst_info_data)
        attributes = cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", "tst_info"),
                simple_cms_attribute("signing_time", cms.Time({"utc_time": core.UTCTime(dt)})),
                simple_cms_attribute("signing_certificate", as_signing_certificate(self.tsa_cert)),
                simple_cms_attribute("message_digest", digest.finalize()),
            ]
        )
        if not isinstance(self._key, rsa.RSAPrivateKey):
            raise TypeError("the stand-in stamps with RSA keys only")
        return self._key.sign(attributes.dump(), padding.PKCS1v15(), SHA256()), attributes


def stamp(over: Made, body: bytes) -> bytes:
    """The answer to one request, DER."""
    made: bytes = _Stamper(over).request_tsa_response(tsp.TimeStampReq.load(body)).dump()
    return made
