"""A repeated request gets the first answer; the same key with other content is refused."""

import pytest

from congvu.common.actor import Actor, ActorKind
from congvu.common.errors import KeyReused
from congvu.ground.records import services

CLERK = Actor(kind=ActorKind.STAFF, name="Phạm Thị Hoa", user_id=7)
OTHER = Actor(kind=ActorKind.STAFF, name="Trần Minh Quân", user_id=8)


@pytest.mark.django_db
def test_first_answer_is_given_again():
    assert services.recall(CLERK, "k1", {"a": 1}) is None
    services.remember(CLERK, "k1", {"code": "H99-1"})
    assert services.recall(CLERK, "k1", {"a": 1}) == {"code": "H99-1"}


@pytest.mark.django_db
def test_other_content_is_refused_and_keeps_the_first_answer():
    services.recall(CLERK, "k1", {"a": 1})
    services.remember(CLERK, "k1", "first")
    with pytest.raises(KeyReused):
        services.recall(CLERK, "k1", {"a": 2})
    assert services.recall(CLERK, "k1", {"a": 1}) == "first"


@pytest.mark.django_db
def test_keys_belong_to_their_owner():
    services.recall(CLERK, "k1", {"a": 1})
    assert services.recall(OTHER, "k1", {"b": 2}) is None
