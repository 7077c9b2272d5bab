"""What other agencies send to the demo's communes is an original: signed twice under the demo's own authority."""

from __future__ import annotations

from datetime import datetime, timedelta

import time_machine

from congvu.boot.demo import authority, pki
from congvu.common.page import Zone
from congvu.engines.signing import services as signing
from congvu.engines.signing.providers import pkcs12

ZONES = {"person": Zone(1, 120, 235, 60, 25), "agency": Zone(1, 100, 230, 34, 34)}
NAMES = {"person": "Người ký (minh họa)", "agency": "Cơ quan gửi (minh họa)"}
BEFORE = timedelta(days=45)


def signed(pdf: bytes, now: datetime) -> bytes:
    """The paper with a person's and an agency's signature; as it is where the demo has no authority."""
    below = pki.issuing()
    if below is None:
        return pdf
    with time_machine.travel(now - BEFORE, tick=True):
        done = signing.prepare(pdf, signatures=ZONES, texts={})
        for field, name in NAMES.items():
            made = authority.issue(below, name, "Cơ quan gửi (minh họa)", pki.LONG)
            credential = pkcs12.open_file(made.pkcs12(pki.PIN), pki.PIN)
            done = signing.sign(done, field=field, credential=credential).pdf
    return done
