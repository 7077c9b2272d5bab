"""Documents of the drill: typeset, numbered, signed by a person and by the agency; and whether both still hold."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import IO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from congvu.boot.demo import authority
from congvu.boot.demo.authority import Made
from congvu.common.zones import VN
from congvu.engines.signing.pdf import pades
from congvu.engines.signing.providers import pkcs12
from congvu.engines.signing.services import fill
from congvu.engines.signing.types import Credential, Filling
from tests.engines.signing.papers import drawn, prepared
from tests.engines.signing.pki import LONG, PIN, USUAL

FIELDS = ("person", "agency")


@cache
def _blank() -> bytes:
    return prepared()


@cache
def _keys() -> tuple[Credential, ...]:
    """Made once in a process: a killed house signs on with other keys."""
    root = authority.authority("Gốc diễn tập", LONG)
    names = ("Đỗ Văn Mẫu", "Ủy ban nhân dân diễn tập")
    made: list[Made] = [authority.issue(root, name, "Đơn vị diễn tập", USUAL) for name in names]
    return tuple(pkcs12.open_file(one.pkcs12(PIN), PIN) for one in made)


def signed(number: str) -> bytes:
    """One page with this number and both signatures."""
    pdf = fill(_blank(), {"number": Filling(number, drawn(number, 20, 6))})
    for field, key in zip(FIELDS, _keys(), strict=True):
        begun = pades.begin(
            pdf, field=field, certificate=key.certificate, chain=key.chain, at=datetime(2026, 11, 20, 9, tzinfo=VN),
            appearance=None, reason="", stamped=False,
        )  # fmt: skip
        (signature,) = key.sign([begun.digest])
        pdf = pades.finish(begun, signature)
    return pdf


def both_hold(file: IO[bytes]) -> bool:
    """Whether a file carries both signatures, and not a byte under them changed."""
    found = PdfFileReader(file).embedded_signatures
    return [one.field_name for one in found] == list(FIELDS) and all(
        validate_sig_integrity(one.signer_info, one.signer_cert, "data", one.compute_digest()) == (True, True)
        for one in found
    )
