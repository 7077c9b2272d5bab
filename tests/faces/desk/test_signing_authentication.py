"""The part of a form that opens a key: whose certificates it offers, and what it says when the key does not open."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from congvu.common.errors import Invalid
from congvu.engines.signing import services
from congvu.engines.signing.errors import CredentialRefused
from tests.engines.signing.conftest import clock, pki  # noqa: F401 - fixtures
from tests.engines.signing.pki import PIN
from tests.engines.signing.test_certificates import agency, given, house  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def post(certificate: object, pin: str = PIN) -> QueryDict:
    fields = QueryDict(mutable=True)
    fields.update({"certificate": str(certificate), "pin": pin})
    return fields


def shown(auth) -> str:
    return render_to_string("desk/signing/_authentication.html", {"auth": auth})


def test_each_signs_with_what_is_theirs(house):  # noqa: F811
    from congvu.faces.desk.signing import authentication as room

    own, seal = given(house, house.pki.ending), agency(house)
    deputy, clerk = house.staff("phochutich"), house.staff("vanthu")
    assert [row.id for row in room.certificates_of(deputy, room.PERSON)] == [own]
    assert [row.id for row in room.certificates_of(deputy, room.AGENCY)] == []
    assert [row.id for row in room.certificates_of(clerk, room.AGENCY)] == [seal]
    page = shown(room.authentication(deputy, room.PERSON))
    assert "Vũ Thị Lan" in page
    assert "có hiệu lực đến 01/12/2026 · còn 12 ngày" in page
    assert "Chưa có chứng thư chữ ký số cá nhân" in shown(room.authentication(clerk, room.PERSON))


def test_a_key_that_does_not_open_is_told_at_its_field(house):  # noqa: F811
    from congvu.faces.desk.signing import authentication as room

    own, deputy = given(house, house.pki.ending), house.staff("phochutich")
    with room.opened(deputy, post(own), room.PERSON) as key:
        assert key.certificate == house.pki.ending.der
    with pytest.raises(CredentialRefused):
        list(key.sign([b"\0" * 32]))
    for fields, field in ((post(own, "0000"), "pin"), (post(own + 7), "certificate"), (post(""), "certificate")):
        with pytest.raises(Invalid) as refused, room.opened(deputy, fields, room.PERSON):
            pass
        assert [problem.field for problem in refused.value.problems] == [field]
    problems = {"pin": "Mã PIN hoặc mật khẩu khóa không đúng."}
    page = shown(room.authentication(deputy, room.PERSON, post(own, "0000"), problems))
    assert ("không đúng" in page, "0000" in page) == (True, False)
    services.revoke(house.staff("vanthu"), own, reason="Nghỉ hưu")
    with pytest.raises(Invalid), room.opened(deputy, post(own), room.PERSON):
        pass
