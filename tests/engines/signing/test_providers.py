"""Tokens, remote services and the tool on the signer's computer, each with what it refuses."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import pytest

from congvu.engines.signing import services
from congvu.engines.signing.errors import CertificateRefused, CredentialRefused
from congvu.engines.signing.models import Certificate
from congvu.engines.signing.providers import remote
from congvu.engines.signing.types import HelperTask, Standing
from tests.engines.signing import papers
from tests.engines.signing.pki import NOW, PIN
from tests.engines.signing.standins import Plugin, Service, Token
from tests.engines.signing.test_certificates import given, house  # noqa: F401 - a fixture

UP, DOWN = "https://yenkhe.example/ky/nhan", "https://yenkhe.example/ky/tep"


@pytest.fixture
def token(house, settings, monkeypatch):  # noqa: F811
    made = Token(house.pki.chair)
    settings.SIGNING_PKCS11_MODULE = "/usr/lib/driver.so"
    settings.SIGNING_PKCS12 = False
    monkeypatch.setitem(sys.modules, "pkcs11", made.module)
    house.key = _registered(house, "pkcs11", "BINH-LAM-01")
    house.person = house.staff("phochutich")
    return made


def _registered(world, provider, reference):
    key = given(world, world.pki.chair)
    Certificate.objects.filter(id=key).update(provider=provider, provider_ref=reference)
    return key


@pytest.fixture
def service(house, settings, monkeypatch):  # noqa: F811
    made = Service(house.pki.chair)
    settings.SIGNING_REMOTE_URL = "https://rs.example/csc/v2"
    monkeypatch.setattr(remote, "caller", made)
    services.add_root(
        house.staff("quantri"), name="Cấp dưới", chain="public_duty", purposes=["sign"], anchor=False,
        certificate=house.pki.duty_below.der,
    )  # fmt: skip
    house.key, house.person = _registered(house, "remote", "chair-01"), house.staff("phochutich")
    return made


def refusal(attempt):
    with pytest.raises(CredentialRefused) as refused:
        attempt()
    return refused.value.code


def opened(world, secret=PIN):
    return services.open_session(world.person, world.key, secret=secret)


def signed(world, secret=PIN):
    return services.sign(papers.prepared(), field="person", credential=opened(world, secret))


def test_a_token_signs(token, house):  # noqa: F811
    assert services.validate(signed(house).pdf).valid
    token.made = house.pki.ending
    assert refusal(lambda: opened(house)) == "not_ready"


def test_an_elliptic_token_signs(token, house):  # noqa: F811
    Certificate.objects.filter(id=house.key).update(content=house.pki.ending.der)
    token.made = house.pki.ending
    assert services.validate(signed(house).pdf).valid


def test_a_token_with_a_wrong_pin_locks(token, house):  # noqa: F811
    assert [refusal(lambda: opened(house, "1")) for _try in range(4)] == ["wrong_pin"] * 3 + ["pin_locked"]
    assert refusal(lambda: opened(house)) == "pin_locked"


def test_a_token_pulled_out(token, house):  # noqa: F811
    session, found = opened(house), []
    token.pull_after = 2

    def collect():
        found.extend(session.sign([bytes([n]) * 32 for n in range(3)]))

    given_back = iter(session.sign([bytes([n]) * 32 for n in range(3)]))
    assert len([next(given_back), next(given_back)]) == 2
    assert refusal(lambda: next(given_back)) == "device_gone"
    session.close()
    assert refusal(lambda: opened(house)) == "device_gone"
    assert refusal(collect) == "session_expired"


def test_a_session_with_a_token_ends(token, house, clock):  # noqa: F811
    session = opened(house)
    clock.shift(timedelta(minutes=11))
    assert refusal(lambda: list(session.sign([b"\0" * 32]))) == "session_expired"
    assert token.closed == 1


def test_without_driver_or_package(token, house, settings, monkeypatch):  # noqa: F811
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    assert refusal(lambda: opened(house)) == "not_ready"
    settings.SIGNING_PKCS11_MODULE = ""
    assert refusal(lambda: opened(house)) == "not_ready"


def test_a_remote_service_signs(service, house):  # noqa: F811
    made = signed(house)
    assert services.validate(made.pdf).valid
    assert service.asked == ["credentials/authorize", "signatures/signHash"]


def test_what_a_remote_service_refuses(service, house):  # noqa: F811
    assert refusal(lambda: signed(house, "1")) == "wrong_pin"
    service.denied = True
    assert refusal(lambda: signed(house)) == "declined"
    service.denied, service.expired = False, True
    assert refusal(lambda: signed(house)) == "session_expired"
    service.expired = False
    real = service._authorize
    service._authorize = lambda message: real({**message, "hash": ["x"]})
    assert refusal(lambda: signed(house)) == "wrong_hash"
    service._authorize = real
    service._sign = lambda _message: {"signatures": ["!"]}
    assert refusal(lambda: signed(house)) == "not_ready"


def test_a_remote_service_that_is_away(service, house, monkeypatch):  # noqa: F811
    def away(_path, _message):
        raise OSError("no route")

    monkeypatch.setattr(remote, "caller", away)
    assert refusal(lambda: signed(house)) == "device_gone"


@pytest.fixture
def tool(house):  # noqa: F811
    house.key, house.person = given(house, house.pki.chair), house.staff("phochutich")
    Certificate.objects.update(provider="helper")
    house.files = {DOWN: papers.prepared()}
    return Plugin(house.pki.chair, "person")


def task(world, **values):
    return services.helper_task(
        world.person, world.key, HelperTask.APPROVED, world.files[DOWN], download=DOWN, upload=UP, **values
    )


def test_the_tool_signs(tool, house):  # noqa: F811
    asked = task(house, number="15/QĐ-UBND", issued=date(2026, 11, 19), more={"Đơn vị": "Văn phòng"})
    assert (asked["function"], asked["parameter"]["DocNumber"], asked["parameter"]["IssuedDate"]) == (
        "vgca_sign_approved", "15/QĐ-UBND", "2026-11-19",
    )  # fmt: skip
    assert asked["parameter"]["MetaData"] == [{"Key": "Đơn vị", "Value": "Văn phòng"}]
    answer = tool.run(asked, house.files)
    ticket = asked["parameter"]["JWTToken"]
    assert answer == {"Status": 0, "Message": "", "FileServer": UP}
    made = services.accept_signed(house.person, ticket, house.files[DOWN], house.files[UP])
    assert services.validate(made.pdf).signatures[0].standing is Standing.VALID


def test_what_the_tool_says(tool, house):  # noqa: F811
    from congvu.engines.signing.providers import helper

    tool.pin = "1"
    assert refusal(lambda: helper.require_done(tool.run(task(house), house.files))) == "wrong_pin"
    tool.pin, tool.present = PIN, False
    assert refusal(lambda: helper.require_done(tool.run(task(house), house.files))) == "device_gone"
    assert refusal(lambda: helper.require_done({"Status": 9})) == "declined"
    assert helper.require_done({"Status": 0, "FileServer": UP}) == UP
    assert UP not in house.files


def test_files_that_are_not_the_one_sent_out(tool, house):  # noqa: F811
    asked = task(house)
    ticket, original = asked["parameter"]["JWTToken"], house.files[DOWN]
    tool.run(asked, house.files)
    good = house.files[UP]
    accept = lambda signed, first=original: services.accept_signed(house.person, ticket, first, signed)  # noqa: E731
    assert refusal(lambda: accept(original)) == "wrong_hash"
    assert refusal(lambda: accept(good, papers.prepared(2))) == "wrong_hash"
    assert refusal(lambda: accept(_redrawn(original))) == "wrong_hash"
    other = Plugin(house.pki.agency, "person")
    other.run(asked, house.files)
    assert refusal(lambda: accept(house.files[UP])) == "wrong_certificate"
    assert refusal(lambda: accept(original + b"rubbish")) == "wrong_hash"
    assert accept(good).pdf == good


def _redrawn(original):
    """The same file with something drawn over it, then signed: the signature itself is good."""
    import io

    from pyhanko.pdf_utils.generic import StreamObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    from tests.engines.signing.pki import pki

    writer = IncrementalPdfFileWriter(io.BytesIO(original))
    writer.add_stream_to_page(0, writer.add_object(StreamObject(stream_data=b"0 0 100 100 re f")))
    out = io.BytesIO()
    writer.write(out)
    return Plugin(pki().chair, "person")._signed(out.getvalue())


def test_tickets(tool, house, clock):  # noqa: F811
    asked = task(house)
    ticket, original = asked["parameter"]["JWTToken"], house.files[DOWN]
    tool.run(asked, house.files)
    again = lambda who, text: services.accept_signed(who, text, original, house.files[UP])  # noqa: E731
    assert refusal(lambda: again(house.person, ticket + "x")) == "session_expired"
    assert refusal(lambda: again(house.staff("vanthu"), ticket)) == "session_expired"
    clock.move_to(NOW + timedelta(minutes=11))
    assert refusal(lambda: again(house.person, ticket)) == "session_expired"
    with pytest.raises(CertificateRefused):
        services.helper_task(house.staff("vanthu"), house.key, HelperTask.APPROVED, original, download=DOWN, upload=UP)


def test_the_tool_opens_no_session_here(tool, house):  # noqa: F811
    assert refusal(lambda: opened(house)) == "not_ready"
