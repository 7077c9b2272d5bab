"""A public key infrastructure made for the tests: nothing of it is ever written to disk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from congvu.boot.demo import authority
from congvu.boot.demo.authority import Desk, Made, Period
from congvu.common.actor import SYSTEM
from congvu.common.zones import VN
from congvu.engines.signing import services
from congvu.engines.signing.providers import pkcs12

PIN = "12345678"
NOW = datetime(2026, 11, 19, 9, 30, tzinfo=VN)
LONG = Period(datetime(2020, 1, 1, tzinfo=VN), datetime(2040, 1, 1, tzinfo=VN))
USUAL = Period(datetime(2026, 1, 5, tzinfo=VN), datetime(2029, 1, 5, tzinfo=VN))
OVER = Period(datetime(2021, 6, 1, tzinfo=VN), datetime(2026, 6, 1, tzinfo=VN))
SOON = Period(datetime(2021, 12, 1, tzinfo=VN), datetime(2026, 12, 1, tzinfo=VN))
REVOKED_ON = datetime(2026, 10, 1, 8, 0, tzinfo=VN)
TSA = f"{authority.ADDRESS}/tsa"


@dataclass(frozen=True)
class Pki:
    duty: Made
    duty_below: Made
    public: Made
    stranger: Made
    chair: Made
    agency: Made
    ending: Made
    revoked: Made
    expired: Made
    citizen: Made
    unknown: Made
    tsa: Made

    def desk(self) -> Desk:
        revoked = {self.revoked.certificate.serial_number: REVOKED_ON}
        return Desk([self.duty, self.duty_below, self.public], self.tsa, revoked)

    def trust(self) -> None:
        """Both chains, as an administrator would enter them."""
        services.add_root(
            SYSTEM, name="Gốc công vụ thử nghiệm", chain="public_duty", purposes=["sign", "timestamp"],
            certificate=self.duty.der,
        )  # fmt: skip
        services.add_root(
            SYSTEM, name="Gốc công cộng thử nghiệm", chain="public", purposes=["sign"], certificate=self.public.der
        )


@cache
def pki() -> Pki:
    """Keys are made once in a test process."""
    duty = authority.authority("Gốc công vụ thử nghiệm", LONG)
    below = authority.authority("Chứng thực công vụ cấp dưới", LONG, over=duty)
    public = authority.authority("Gốc công cộng thử nghiệm", LONG)
    stranger = authority.authority("Gốc không ai biết", LONG)
    place = "Ủy ban nhân dân xã Yên Khê"
    return Pki(
        duty, below, public, stranger,
        chair=authority.issue(below, "Lương Trọng Hùng", place, USUAL, key=authority.new_key(long=True)),
        agency=authority.issue(below, place, place, USUAL, key=authority.new_key(long=True)),
        ending=authority.issue(below, "Vũ Thị Lan", place, SOON),
        revoked=authority.issue(below, "Người Đã Thu Hồi", place, USUAL),
        expired=authority.issue(below, "Người Hết Hạn", place, OVER),
        citizen=authority.issue(public, "Trần Thị Lan", "", USUAL),
        unknown=authority.issue(stranger, "Người Lạ", "Công ty Lạ", USUAL),
        tsa=authority.stamping(below, "Dấu thời gian thử nghiệm", LONG),
    )  # fmt: skip


def credential(made: Made):
    """The key as a person opens it: a file and its PIN."""
    return pkcs12.open_file(made.pkcs12(PIN), PIN)


def without_chain(made: Made) -> Made:
    return replace(made, above=())
