"""Who issues documents in the demo: the province, its departments, each commune and its council."""

from __future__ import annotations

from congvu.boot.demo.organisation import FRONT_KEY, PARTY_KEY, PROVINCE_KEY, REFORM, Organisation
from congvu.boot.demo.territory import COMMUNES, DEPARTMENTS, PROVINCE
from congvu.common.actor import SYSTEM
from congvu.domains.documents import services
from congvu.domains.documents.types import IssuerInput

BASIS = "Quy chế công tác văn thư của cơ quan (minh họa)"
SECTIONS = {"vp": "VP", "kt": "KT", "vh": "VHXH", "tt": "TTPVHCC"}


def load(made: Organisation, *, communes: int | None = None) -> None:
    """Declare the issuers; of the first ``communes`` communes only, if asked. Repeating it changes nothing."""
    for given in (_province(made), *_departments(made), *_communes(made, communes), *_committees(made)):
        services.set_issuer(SYSTEM, given)


def _province(made: Organisation) -> IssuerInput:
    departments = {str(made.units[key]): _initials(name) for key, name in DEPARTMENTS}
    return IssuerInput(
        key=PROVINCE_KEY, unit_id=made.units[PROVINCE_KEY], lines=("Ủy ban nhân dân", f"tỉnh {PROVINCE}"),
        abbreviation="UBND", place=PROVINCE, valid_from=REFORM, collective="Ủy ban nhân dân",
        symbols={str(made.units["vp-ubnd-tinh"]): "VP", str(made.units["vp-ubnd-tinh-vp"]): "VP", **departments},
        basis=BASIS,
    )  # fmt: skip


def _departments(made: Organisation) -> list[IssuerInput]:
    return [
        IssuerInput(
            key=key, unit_id=made.units[key], above=(f"Ủy ban nhân dân tỉnh {PROVINCE}",), lines=(name,),
            abbreviation=_initials(name), place=PROVINCE, valid_from=REFORM, basis=BASIS,
            symbols={str(made.units[key]): "NV", str(made.units[f"{key}-vp"]): "VP"},
        )
        for key, name in (("vp-ubnd-tinh", "Văn phòng UBND tỉnh"), *DEPARTMENTS)
    ]  # fmt: skip


def _communes(made: Organisation, count: int | None) -> list[IssuerInput]:
    """The People's Committee of each commune and its Council, which share an office and nothing else."""
    found = []
    for commune in COMMUNES[:count]:
        for body, short, family in (
            ("Ủy ban nhân dân", "UBND", "administrative"), ("Hội đồng nhân dân", "HĐND", "council")
        ):  # fmt: skip
            key = f"xa-{commune.slug}" if short == "UBND" else f"hdnd-{commune.slug}"
            found.append(
                IssuerInput(
                    key=key, unit_id=made.units[f"xa-{commune.slug}"], lines=(body, commune.full), abbreviation=short,
                    collective=body, family=family, place=commune.name, valid_from=REFORM, basis=BASIS,
                    symbols={
                        str(made.units[f"xa-{commune.slug}-{suffix}"]): symbol for suffix, symbol in SECTIONS.items()
                    },
                )
            )  # fmt: skip
    return found


def _committees(made: Organisation) -> list[IssuerInput]:
    """The Party committee and the Fatherland Front of the first commune: own units, own books, own numbers."""
    home = COMMUNES[0]
    return [
        IssuerInput(
            key=PARTY_KEY, unit_id=made.units[PARTY_KEY], family="party", above=(f"Tỉnh ủy {PROVINCE}",),
            lines=("Đảng ủy", home.full), abbreviation="ĐU", collective="Ban Thường vụ", place=home.name,
            valid_from=REFORM, basis=BASIS, symbols={str(made.units[f"{PARTY_KEY}-vp"]): "VP"},
        ),
        IssuerInput(
            key=FRONT_KEY, unit_id=made.units[FRONT_KEY], family="mass",
            above=("Ủy ban MTTQ Việt Nam", home.full), lines=("Ban Thường trực",),
            abbreviation="MTTQ-BTT", collective="Ban Thường trực", place=home.name, valid_from=REFORM, basis=BASIS,
            symbols={str(made.units[f"{FRONT_KEY}-vp"]): "VP"},
        ),
    ]  # fmt: skip


def _initials(name: str) -> str:
    """``Sở Nội vụ`` is ``SNV``; agencies choose their own, these are only the demo's."""
    return "".join(word[0].upper() for word in name.replace(",", "").split() if word[0].isalpha() and word != "và")
