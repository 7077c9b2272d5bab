"""Twenty signatures with one authentication, as the demo's stand-in for the chair gives them: key, stamps, checks."""

from __future__ import annotations

import time

from congvu.boot.demo.organisation import find
from congvu.boot.demo.pki import PIN
from congvu.domains.documents import selectors, services
from congvu.domains.documents.types import ToSign
from congvu.engines.signing import selectors as register
from congvu.engines.signing import services as signing
from congvu.ground.orgs import selectors as orgs

COUNT = 20


def twenty() -> tuple[float, float, int]:
    """Milliseconds until the page answers (the key has signed all), until all are finished, and how many were signed.

    It needs a demo with twenty documents to sign, and leaves them signed.
    """
    made = find()
    actor = orgs.staff_actor(made.users["phochutich"], made.positions["xa-yen-khe:chair:1"])
    rows = selectors.to_sign(actor)[:COUNT]
    for row in rows:
        services.mark_read(actor, row.id, n=row.version)
    (own,) = register.usable(actor)
    start = time.perf_counter()
    session = signing.open_session(actor, own.id, secret=PIN)
    batch = services.open_signing(actor, own.id, [ToSign(row.item, row.version) for row in rows])
    signing.hold_signatures(actor, batch, session)
    held = time.perf_counter()
    outcome = signing.finish_batch(actor, batch)
    end = time.perf_counter()
    session.close()
    return (held - start) * 1000, (end - start) * 1000, outcome.signed
