"""Two taps, no account."""

from __future__ import annotations

import gzip

import pytest

from congvu.domains.dossiers.models import Rating
from congvu.ground.audit.models import Entry
from tests.faces.portal.pages import errors, follow, heading, post
from tests.faces.portal.world import at_counter, finish
from tests.marks import refuses


@pytest.fixture
def done(world):
    received = at_counter(world, world.mother)
    finish(received.record_id)
    return received


def test_the_page_is_small_and_sets_no_session(anybody, done):
    response = anybody.get(f"/h/{done.token}/danh-gia")
    assert response.status_code == 200
    assert "sessionid" not in response.cookies
    assert len(gzip.compress(response.content)) < 6_000
    for face in ("Rất không hài lòng", "Bình thường", "Rất hài lòng", "Chờ lâu"):
        assert face in response.content.decode()


def test_a_tap_on_a_face_and_one_to_send(anybody, done):
    page = anybody.get(f"/h/{done.token}/danh-gia")
    thanks = follow(anybody, post(anybody, page, {"score": "4"}))
    assert heading(thanks) == "Cảm ơn ông/bà"
    assert Rating.objects.get().score == 4


def test_the_dissatisfied_name_up_to_three_reasons(anybody, done):
    page = anybody.get(f"/h/{done.token}/danh-gia")
    post(anybody, page, {"score": "1", "reasons": ["wait", "trips", "papers", "attitude"], "comment": "Đi ba lần\x00"})
    rating = Rating.objects.get()
    assert rating.reasons == ["wait", "trips", "papers"]
    assert rating.comment == "Đi ba lần"


@refuses("dossier.rate")
@pytest.mark.parametrize("score", ["", "0", "6", "4.5", "x" * 5000, "٤"])
def test_without_a_face_nothing_is_kept_but_what_was_written(anybody, done, score):
    before = Entry.objects.count()
    page = anybody.get(f"/h/{done.token}/danh-gia")
    response = post(anybody, page, {"score": score, "comment": "Phục vụ chu đáo"})
    assert response.status_code == 422
    assert errors(response) == ["Chọn một trong năm mức."]
    assert "Phục vụ chu đáo" in response.content.decode()
    assert Rating.objects.count() == 0
    assert Entry.objects.count() == before


def test_a_second_rating_is_thanked_and_changes_nothing(anybody, done):
    page = anybody.get(f"/h/{done.token}/danh-gia")
    post(anybody, page, {"score": "5"})
    again = follow(anybody, post(anybody, page, {"score": "1"}))
    assert heading(again) == "Cảm ơn ông/bà"
    assert Rating.objects.get().score == 5


def test_before_a_result_it_says_when(anybody, world):
    received = at_counter(world, world.mother)
    assert heading(anybody.get(f"/h/{received.token}/danh-gia")) == "Chưa đến lúc đánh giá"
    anybody.post(f"/h/{received.token}/danh-gia", {"score": "5"})
    assert Rating.objects.count() == 0


def test_the_trail_names_nobody(mother, done):
    page = mother.get(f"/h/{done.token}/danh-gia")
    post(mother, page, {"score": "2"})
    entry = Entry.objects.filter(verb="dossier.rate").get()
    assert "Hường" not in str(entry.__dict__)
