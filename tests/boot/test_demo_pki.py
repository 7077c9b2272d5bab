"""The demo's certificates: its people and agencies can sign, and everything they sign holds."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from congvu.boot.demo import pki
from congvu.common.actor import SYSTEM
from congvu.engines.signing import selectors, services
from tests.engines.signing import papers


def test_the_leader_and_the_records_clerk_sign(world, settings, tmp_path):
    settings.SIGNING_KEYS = tmp_path
    settings.SIGNING_PKCS12 = True
    settings.SIGNING_TRANSPORT = "congvu.boot.demo.pki.answer"
    settings.SIGNING_TSA_URL = "http://pki.binhlam.example/tsa"
    given = pki.load(world.made, timezone.now())
    assert given > 100
    assert pki.load(world.made, timezone.now()) == 0
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "demo").iterdir()} == {0}
    pdf = papers.prepared()
    for login, field in (("phochutich", "person"), ("vanthu", "agency")):
        actor = world.staff(login)
        (own,) = selectors.usable(actor)
        session = services.open_session(actor, own.id, secret=pki.PIN)
        signed = services.sign(pdf, field=field, credential=session)
        pdf = signed.pdf
        assert signed.level == "B-LT"
    report = services.validate(pdf, online=False)
    assert [found.signer for found in report.signatures] == ["Vũ Thị Lan", "Ủy ban nhân dân xã Yên Khê"]
    assert report.valid
    assert len(selectors.ending(timedelta(days=90))) == 3
    assert selectors.certificates(SYSTEM) != ()
