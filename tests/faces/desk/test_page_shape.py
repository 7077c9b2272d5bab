"""Every page of the desk has a title, one main heading, and no id twice."""

from __future__ import annotations

from uuid import uuid4

from tests.faces.shape import faults


def test_pages_of_the_desk_are_well_shaped(desk, world):
    record = world.take_in("2.000908").record_id
    item = world.waiting(record)
    client = desk("hotich")
    for path in (
        "/lam-viec/", f"/lam-viec/?xem={item.id}", "/lam-viec/?loc=later", f"/lam-viec/ho-so/{record}/",
        f"/lam-viec/ho-so/{record}/?lam=yeu-cau-bo-sung", "/lam-viec/ho-so/", "/lam-viec/tim?q=lan",
        f"/lam-viec/ho-so/{uuid4()}/",
    ):  # fmt: skip
        assert (path, faults(client.get(path))) == (path, [])


def test_pages_of_the_counter_are_well_shaped(desk, world):
    client = desk("motcua")
    for path in ("/lam-viec/mot-cua/tiep-nhan", "/lam-viec/mot-cua/tiep-nhan?thu-tuc=2.000908", "/lam-viec/mot-cua/"):
        assert (path, faults(client.get(path))) == (path, [])
    refused = client.post("/lam-viec/mot-cua/tiep-nhan?thu-tuc=2.000908", {"procedure": "2.000908"})
    assert (refused.status_code, faults(refused)) == (422, [])
