"""Who signs by order may let the own deputy sign: both steps stand above the name (NĐ 30/2020 Điều 13)."""

from __future__ import annotations

from datetime import date

import pytest

from congvu.common.actor import SYSTEM
from congvu.common.errors import Invalid
from congvu.domains.documents import capacity
from congvu.domains.documents.issuers import issuer
from congvu.ground.orgs import selectors as orgs
from congvu.ground.orgs import services as posts
from tests.domains.documents.office import Office

pytestmark = pytest.mark.django_db


def deputy(office: Office, roles: list[str]) -> int:
    return posts.create_position(SYSTEM, office.unit("kt"), "Phó Trưởng phòng", roles, valid_from=date(2025, 7, 1))


def test_the_deputy_of_a_unit_signs_for_its_head_who_signs_by_order(office: Office):
    by, place = issuer("xa-yen-khe"), deputy(office, ["head"])
    post = orgs.position(place)
    assert capacity.proposed(by, post) == "TL."
    block = capacity.signer_block(by, post, "TL.", "Hà Văn Tú")
    assert (block.authority, block.title, block.name) == (
        "TL. CHỦ TỊCH\nKT. TRƯỞNG PHÒNG",
        "PHÓ TRƯỞNG PHÒNG",
        "Hà Văn Tú",
    )
    head = orgs.position(office.position("-kt:head:1"))
    assert capacity.signer_block(by, head, "TL.", "Tô Thị Yên").authority == "TL. CHỦ TỊCH"
    assert place in {one.position_id for one in capacity.signers(by) if one.capacity == "TL."}


def test_a_post_without_a_head_s_part_does_not_sign_by_order(office: Office):
    post = orgs.position(deputy(office, ["specialist"]))
    with pytest.raises(Invalid) as refused:
        capacity.check(issuer("xa-yen-khe"), post, "TL.")
    assert [problem.field for problem in refused.value.problems] == ["capacity"]
