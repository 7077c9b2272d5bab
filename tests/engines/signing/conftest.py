"""The rooms are imported inside the fixtures: this file is read before Django is set up."""

from __future__ import annotations

import pytest
import time_machine

_answering = None


def answer(url, **request):
    """The transport of the tests, named by the setting."""
    return _answering(url, **request)


@pytest.fixture
def clock():
    from tests.engines.signing.pki import NOW

    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


@pytest.fixture
def pki(db, clock, settings):
    """The test infrastructure, trusted; its responders answer, without a time-stamping authority."""
    from congvu.engines.signing import outside
    from congvu.engines.signing.trust import evidence
    from tests.engines.signing.pki import pki as make

    global _answering
    made = make()
    settings.SIGNING_TRANSPORT = f"{__name__}.answer"
    settings.SIGNING_PKCS12 = True
    settings.SIGNING_TSA_URL = ""
    _answering = made.desk()
    outside._named.cache_clear()
    evidence.forget()
    made.trust()
    return made


@pytest.fixture
def desk(pki):
    """The responders: silence them, revoke more."""
    return _answering


@pytest.fixture
def stamped(pki, settings):
    from tests.engines.signing.pki import TSA

    settings.SIGNING_TSA_URL = TSA
