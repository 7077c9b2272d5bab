"""Writing a draft together: named posts save versions, each keeps its author, nobody overwrites another unknowingly."""

from __future__ import annotations

import pytest

from congvu.common.errors import Conflict, Forbidden, Invalid
from congvu.domains.documents import selectors, services
from congvu.domains.documents.errors import TextChanged, WrongState
from congvu.domains.documents.models import CoWriter, Version
from congvu.domains.documents.types import DraftSettings
from congvu.ground.events.services import deliver_pending
from congvu.ground.notifications.models import Message
from tests.domains.documents.office import Office
from tests.marks import refuses

pytestmark = pytest.mark.django_db


def clerk_post(office: Office) -> int:
    post = office.clerk.position_id
    assert post is not None
    return post


def save(office: Office, actor, draft, text: str, base: int) -> int:
    content = office.content(text, addressees=["Sở Nội vụ"])
    return services.save_draft(actor, draft, subject="báo cáo biên chế năm 2026", content=content, base=base)


def test_a_named_post_saves_versions_that_keep_their_author(office: Office, django_assert_num_queries):
    draft = office.draft()
    with pytest.raises(Forbidden):
        save(office, office.clerk, draft, "Chưa được chọn.", 1)
    services.name_co_writers(office.official, draft, [clerk_post(office)])
    deliver_pending()
    assert Message.objects.get(kind="co_writer").recipient == f"p:{clerk_post(office)}"
    clerk = office.clerk
    with django_assert_num_queries(2):
        named = selectors.co_writers(clerk, draft)
    assert [key for key, _name in named] == [clerk_post(office)]
    assert "edit" in selectors.outgoing(clerk, draft).abilities
    assert save(office, clerk, draft, "Bản của văn thư.", 1) == 2
    assert save(office, office.official, draft, "Bản của người soạn.", 2) == 3
    assert list(Version.objects.order_by("n").values_list("by", flat=True)) == [
        office.official.name, clerk.name, office.official.name,
    ]  # fmt: skip


def test_signer_and_term_stay_with_whom_the_draft_waits_for(office: Office):
    draft = office.draft()
    services.name_co_writers(office.official, draft, [clerk_post(office)])
    before = selectors.outgoing(office.clerk, draft).row.priority
    content, urgent = office.content("Khẩn."), DraftSettings(priority=3)
    services.save_draft(office.clerk, draft, subject="báo cáo", content=content, settings=urgent, base=1)
    assert selectors.outgoing(office.clerk, draft).row.priority == before


def test_two_on_the_same_version_the_second_is_told_and_may_put_his_text_on_top(office: Office):
    draft = office.draft()
    services.name_co_writers(office.official, draft, [clerk_post(office)])
    save(office, office.clerk, draft, "Bản của văn thư.", 1)
    with pytest.raises(TextChanged) as refused:
        save(office, office.official, draft, "Bản của người soạn.", 1)
    assert refused.value.message == (
        f"{office.clerk.name} đã lưu bản 2 trong lúc bản 1 đang được sửa. Chưa lưu gì; phần vừa gõ còn nguyên."
    )
    assert Version.objects.count() == 2
    assert save(office, office.official, draft, "Bản của người soạn.", 2) == 3


@refuses("document.name_co_writers")
def test_only_the_drafter_names_posts_of_the_agency_while_drafting(office: Office):
    draft = office.draft()
    with pytest.raises(Forbidden):
        services.name_co_writers(office.chair, draft, [clerk_post(office)])
    positions = office.world.made.positions
    outside = next(key for name, key in positions.items() if not name.startswith("xa-yen-khe"))
    for chosen in ([outside], [office.official.position_id], range(1, 30)):
        with pytest.raises(Invalid):
            services.name_co_writers(office.official, draft, chosen)
    with pytest.raises(Conflict):
        services.name_co_writers(office.official, draft, [], version=99)
    assert CoWriter.objects.count() == 0
    services.name_co_writers(office.official, draft, [clerk_post(office)])
    services.name_co_writers(office.official, draft, [])
    with pytest.raises(Forbidden):
        save(office, office.clerk, draft, "Không còn cùng soạn.", 1)
    services.submit(office.official, office.step(draft).id)
    with pytest.raises(WrongState):
        services.name_co_writers(office.official, draft, [clerk_post(office)])


def test_who_writes_too_edits_only_while_it_is_drafted(office: Office):
    draft = office.draft()
    services.name_co_writers(office.official, draft, [clerk_post(office)])
    services.submit(office.official, office.step(draft).id)
    with pytest.raises(Forbidden):
        save(office, office.clerk, draft, "Sau khi trình.", 1)
    assert Version.objects.count() == 1
