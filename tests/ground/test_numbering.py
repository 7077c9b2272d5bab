"""Numbers: no gap, no duplicate, no other period; a number given is used or voided."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from congvu.common.errors import Conflict, NotFound
from congvu.ground.numbering import services
from congvu.ground.numbering.models import Number


@pytest.mark.django_db
def test_numbers_run_from_one_per_series_unit_and_period():
    assert [services.take("dossier", 5, "261121", record=None) for _ in range(3)] == [1, 2, 3]
    assert services.take("dossier", 6, "261121", record=None) == 1
    assert services.take("dossier", 5, "261122", record=None) == 1
    assert services.take("receipt", 5, "2026", record=None) == 1


def take_and_fall():
    with transaction.atomic():
        assert services.take("dossier", 5, "261121", record=None) == 2
        raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_a_failed_transaction_gives_its_number_back():
    with transaction.atomic():
        services.take("dossier", 5, "261121", record=None)
    with pytest.raises(ZeroDivisionError):
        take_and_fall()
    with transaction.atomic():
        assert services.take("dossier", 5, "261121", record=None) == 2
    assert list(Number.objects.order_by("value").values_list("value", flat=True)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_taking_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="outside a transaction"):
        services.take("dossier", 5, "261121", record=None)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_different_numbers():
    taken, barrier = [], threading.Barrier(6)

    def one():
        barrier.wait()
        for _ in range(5):
            with transaction.atomic():
                taken.append(services.take("dossier", 9, "261121", record=None))
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(taken) == list(range(1, 31))


@pytest.mark.django_db
def test_a_voided_number_stays_with_its_reason_and_is_not_given_again():
    services.take("result", 5, "2026", record=None)
    services.void("result", 5, "2026", 1, reason="Ghi nhầm sổ")
    with pytest.raises(Conflict):
        services.void("result", 5, "2026", 1, reason="Lần nữa")
    with pytest.raises(NotFound):
        services.void("result", 5, "2026", 7, reason="Không có")
    assert services.take("result", 5, "2026", record=None) == 2
    assert Number.objects.get(value=1).void_reason == "Ghi nhầm sổ"
