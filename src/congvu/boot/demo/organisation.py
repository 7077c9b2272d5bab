"""The demo's units, posts and staff, written in bulk: about 150 units and 430 people in well under two seconds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from congvu.boot.demo.accounts import ACCOUNTS
from congvu.boot.demo.people import names
from congvu.boot.demo.territory import COMMUNES, DEPARTMENTS, DISTRICTS, FORMER, LEVEL_ONE, PROVINCE, Commune
from congvu.ground.accounts.models import User
from congvu.ground.orgs.models import Assignment, Position, Substitution, Succession, Unit, UnitVersion

PROVINCE_KEY = "tinh-binh-lam"
PARTY_KEY, FRONT_KEY = f"du-{COMMUNES[0].slug}", f"mt-{COMMUNES[0].slug}"
LONG_AGO, REFORM = date(2000, 1, 1), date(2025, 7, 1)
LAST_DAY = REFORM - timedelta(days=1)
_KNOWN = {account.username: account.name for account in ACCOUNTS.shown}


@dataclass(frozen=True, slots=True)
class Organisation:
    """Ids to build the rest of the demo on: units by key, positions by ``unit:role:number``, users by login."""

    units: dict[str, int]
    positions: dict[str, int]
    users: dict[str, int]


@dataclass(slots=True)
class _Plan:
    """What is to be written, collected first so that each table is written once. ``families``: of units outside the
    state's system."""

    families: dict[str, str] = field(default_factory=dict)
    versions: list[tuple[str, str, UnitVersion]] = field(default_factory=list)
    posts: list[tuple[str, str, str, str]] = field(default_factory=list)

    def unit(self, key: str, parent: str, **values: object) -> str:
        self.versions.append((key, parent, UnitVersion(**{"valid_from": REFORM, **values})))
        return key

    def post(self, unit: str, role: str, title: str, login: str = "") -> None:
        self.posts.append((unit, role, title, login))


def is_loaded() -> bool:
    return Unit.objects.filter(key=PROVINCE_KEY).exists()


def is_whole(made: Organisation) -> bool:
    """Whether every unit of this version of the demo is there; one that an earlier version loaded stays as it is."""
    return made.units.keys() >= {key for key, _parent, _version in _plan().versions}


def load(today: date) -> Organisation:
    """Write the province unless it is there, and return its ids. ``today`` sets the days of the stand-in."""
    if not is_loaded():
        with transaction.atomic():
            _write(_plan(), today)
    return find()


def find() -> Organisation:
    """The ids of the loaded demo. Four statements."""
    keys = {u.id: u.key for u in Unit.objects.all()}
    counts: dict[str, int] = {}
    positions = {}
    for row in Position.objects.order_by("id"):
        stem = f"{keys[row.unit_id]}:{row.roles[0]}"
        counts[stem] = counts.get(stem, 0) + 1
        positions[f"{stem}:{counts[stem]}"] = row.id
    users = dict(User.objects.filter(kind=User.Kind.STAFF).values_list("username", "id"))
    return Organisation({key: unit_id for unit_id, key in keys.items()}, positions, users)


def _plan() -> _Plan:
    plan = _Plan()
    _province(plan)
    for number, commune in enumerate(COMMUNES, start=1):
        _commune(plan, number, commune)
    for number, (key, name) in enumerate(DISTRICTS, start=1):
        plan.unit(
            key, PROVINCE_KEY, name=f"Ủy ban nhân dân huyện {name}", short_name=f"UBND huyện {name}", type="ubnd",
            level="district", code=f"{LEVEL_ONE}.{20 + number}", area_code=f"99{number}", has_seal=True,
            valid_from=LONG_AGO, valid_to=LAST_DAY,
        )  # fmt: skip
    for number, former in enumerate(FORMER, start=1):
        plan.unit(
            f"xa-cu-{former.slug}", former.district, name=f"Ủy ban nhân dân xã {former.name}",
            short_name=f"UBND xã {former.name}", type="ubnd", level="commune", area_code=f"98{number:03}",
            has_seal=True, valid_from=LONG_AGO, valid_to=LAST_DAY,
        )  # fmt: skip
    _committees(plan, COMMUNES[0])
    return plan


def _committees(plan: _Plan, commune: Commune) -> None:
    """The Party committee and the Fatherland Front of the first commune: agencies of their own, under no authority."""
    for key, family, kind, name, short, posts in (
        (PARTY_KEY, "party", "party_committee", f"Đảng ủy {commune.full}", f"Đảng ủy {commune.full}",
         (("Bí thư", "bithu"), ("Phó Bí thư Thường trực", ""))),
        (FRONT_KEY, "mass", "mass_organisation", f"Ủy ban Mặt trận Tổ quốc Việt Nam {commune.full}",
         f"MTTQ {commune.full}", (("Chủ tịch", ""), ("Phó Chủ tịch", ""))),
    ):  # fmt: skip
        plan.families[key] = plan.families[f"{key}-vp"] = family
        plan.unit(key, "", name=name, short_name=short, type=kind, level="commune", has_seal=True, order=900)
        for title, login in posts:
            plan.post(key, "chair", title, login)
        plan.unit(f"{key}-vp", key, name=f"Văn phòng, {short}", short_name="Văn phòng", type="office", level="section")
        plan.post(f"{key}-vp", "head", "Chánh Văn phòng")
        plan.post(f"{key}-vp", "registrar", "Văn thư", "vanthudang" if family == "party" else "")
        plan.post(f"{key}-vp", "specialist", "Chuyên viên")


def _province(plan: _Plan) -> None:
    plan.unit(
        PROVINCE_KEY, "", name=f"Ủy ban nhân dân tỉnh {PROVINCE}", short_name=f"UBND tỉnh {PROVINCE}", type="ubnd",
        level="province", code=LEVEL_ONE, area_code="99", has_seal=True, valid_from=LONG_AGO,
        settings={"own_filing": True},
    )  # fmt: skip
    plan.post(PROVINCE_KEY, "chair", "Chủ tịch UBND tỉnh", "chutichtinh")
    plan.post(PROVINCE_KEY, "chair", "Phó Chủ tịch UBND tỉnh")
    plan.post(PROVINCE_KEY, "chair", "Phó Chủ tịch UBND tỉnh")
    plan.post(PROVINCE_KEY, "admin", "Quản trị hệ thống", "quantri")
    office = _department(plan, 1, "vp-ubnd-tinh", "Văn phòng UBND tỉnh", "Chánh Văn phòng")
    plan.post(office, "province_reader", "Chuyên viên theo dõi cải cách hành chính", "theodoi")
    plan.post(office, "registrar", "Văn thư UBND tỉnh")
    center = plan.unit(
        "tt-tinh", office, name=f"Trung tâm Phục vụ hành chính công tỉnh {PROVINCE}", short_name="Trung tâm PVHCC tỉnh",
        type="center", level="section", code=f"{LEVEL_ONE}.01.01", has_seal=True,
    )  # fmt: skip
    plan.post(center, "center_head", "Giám đốc Trung tâm")
    for _desk in range(3):
        plan.post(center, "clerk", "Công chức một cửa")
    for number, (key, name) in enumerate(DEPARTMENTS, start=2):
        _department(plan, number, key, name, "Giám đốc Sở")


def _department(plan: _Plan, number: int, key: str, name: str, head: str) -> str:
    plan.unit(
        key, PROVINCE_KEY, name=name, short_name=name, type="department", level="department",
        code=f"{LEVEL_ONE}.{number:02}", has_seal=True, order=number, valid_from=LONG_AGO,
    )  # fmt: skip
    plan.post(key, "chair", head)
    plan.post(key, "head", "Trưởng phòng nghiệp vụ")
    for _person in range(3):
        plan.post(key, "specialist", "Chuyên viên")
    inner = plan.unit(
        f"{key}-vp", key, name=f"Văn phòng, {name}", short_name="Văn phòng", type="office", level="section"
    )
    plan.post(inner, "registrar", "Văn thư")
    plan.post(inner, "head", "Chánh Văn phòng")
    plan.post(inner, "specialist", "Chuyên viên")
    return key


def _commune(plan: _Plan, number: int, commune: Commune) -> None:
    key, first = f"xa-{commune.slug}", number == 1
    plan.unit(
        key, PROVINCE_KEY, name=f"Ủy ban nhân dân {commune.full}", short_name=f"UBND {commune.full}", type="ubnd",
        level="commune", code=f"{LEVEL_ONE}.{100 + number}", area_code=f"99{number:03}", has_seal=True,
        order=100 + number,
    )  # fmt: skip
    plan.post(key, "chair", "Chủ tịch UBND", "chutich" if first else "")
    plan.post(key, "chair", "Phó Chủ tịch UBND", "phochutich" if first else "")
    plan.post(key, "chair", "Phó Chủ tịch UBND")
    for order, (suffix, kind, name) in enumerate(_sections(commune), start=1):
        plan.unit(
            f"{key}-{suffix}", key, name=f"{name} {commune.full}", short_name=name, type=kind, level="section",
            order=order, has_seal=suffix == "tt", code=f"{LEVEL_ONE}.{100 + number}.{order:02}",
        )  # fmt: skip
        for role, title, login in _SECTION_POSTS[suffix]:
            plan.post(f"{key}-{suffix}", role, title, login if first else "")


def _sections(commune: Commune) -> Iterator[tuple[str, str, str]]:
    """Nghị định 150/2025/NĐ-CP; a ward's economic section has another name than a commune's."""
    yield "vp", "office", "Văn phòng HĐND và UBND"
    yield (
        "kt",
        "section_economy",
        "Phòng Kinh tế" if commune.kind == "xã" else "Phòng Kinh tế, Hạ tầng và Đô thị",
    )
    yield "vh", "section_culture", "Phòng Văn hóa - Xã hội"
    yield "tt", "center", "Trung tâm Phục vụ hành chính công"


_SECTION_POSTS = {
    "vp": (
        ("head", "Chánh Văn phòng", "chanhvp"), ("specialist", "Công chức tư pháp - hộ tịch", "hotich"),
        ("specialist", "Chuyên viên cải cách hành chính", "kiemnhiem"), ("registrar", "Văn thư", "vanthu"),
    ),
    "kt": (
        ("head", "Trưởng phòng", "truongphong"), ("specialist", "Chuyên viên", "chuyenmon"),
        ("specialist", "Chuyên viên", ""), ("specialist", "Chuyên viên", ""),
    ),
    "vh": (
        ("head", "Trưởng phòng", ""), ("specialist", "Chuyên viên", "vanhoa"), ("specialist", "Chuyên viên", ""),
        ("specialist", "Chuyên viên", ""),
    ),
    "tt": (
        ("center_head", "Giám đốc Trung tâm", "giamdoc"), ("clerk", "Công chức một cửa", "motcua"),
        ("clerk", "Công chức một cửa", ""),
    ),
}  # fmt: skip


def _write(plan: _Plan, today: date) -> None:
    rows = [Unit(key=key, family=plan.families.get(key, "administrative")) for key, _, _ in plan.versions]
    units = {u.key: u.id for u in Unit.objects.bulk_create(rows)}
    for key, parent, version in plan.versions:
        version.unit_id, version.parent_id = units[key], units.get(parent)
    UnitVersion.objects.bulk_create(version for _, _, version in plan.versions)
    _write_succession(units)
    positions = Position.objects.bulk_create(
        Position(unit_id=units[unit], title=title, roles=[role], valid_from=REFORM)
        for unit, role, title, _ in plan.posts
    )
    users = _write_users(plan)
    Assignment.objects.bulk_create(
        Assignment(user=user, position=position, valid_from=REFORM)
        for user, position in zip(users, positions, strict=True)
    )
    _second_post_and_stand_in(today)


def _write_users(plan: _Plan) -> list[User]:
    """One login per post. The password is hashed once for all: argon2 is slow on purpose."""
    hashed, maker = make_password(ACCOUNTS.password), names(766)
    users = []
    for number, (_unit, role, _title, login) in enumerate(plan.posts, start=1):
        username = login or f"{role.replace('_', '')}{number:03}"
        name = _KNOWN.get(username) or next(n for n in maker if n not in _KNOWN.values())
        users.append(
            User(username=username, full_name=name, password=hashed, email=f"{username}@binhlam.example", kind="staff")
        )
    return User.objects.bulk_create(users)


def _write_succession(units: dict[str, int]) -> None:
    Succession.objects.bulk_create(
        Succession(
            predecessor_id=units[f"xa-cu-{former.slug}"], successor_id=units[f"xa-{into}"], on=REFORM,
            legal_act="Nghị quyết về sắp xếp đơn vị hành chính (minh họa)",
            extent="whole" if len(former.into) == 1 else "part",
        )
        for former in FORMER
        for into in former.into
    )  # fmt: skip


def _second_post_and_stand_in(today: date) -> None:
    """Concurrent clerk at the centre of Yên Khê, and the vice-chair who stands in for its chair these days."""
    here = find()
    Assignment.objects.create(
        user_id=here.users["kiemnhiem"], position_id=here.positions["xa-yen-khe-tt:clerk:2"],
        kind=Assignment.Kind.CONCURRENT, valid_from=date(2026, 1, 5),
    )  # fmt: skip
    Substitution.objects.create(
        position_id=here.positions["xa-yen-khe:chair:1"], user_id=here.users["phochutich"],
        valid_from=today - timedelta(days=3), valid_to=today + timedelta(days=11),
        basis="Thông báo số 112/TB-UBND về việc ủy quyền (minh họa)",
    )  # fmt: skip
