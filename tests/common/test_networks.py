"""Networks and addresses."""

from __future__ import annotations

import pytest

from congvu.common.networks import network, within


@pytest.mark.parametrize(
    ("address", "networks", "inside"),
    [
        ("10.20.3.4", ["10.20.0.0/16"], True),
        ("10.21.3.4", ["10.20.0.0/16"], False),
        ("203.0.113.7", ["10.20.0.0/16", "203.0.113.7/32"], True),
        ("::ffff:10.20.3.4", ["10.20.0.0/16"], True),
        ("2001:db8::1", ["2001:db8::/32"], True),
        ("2001:db8::1", ["10.20.0.0/16"], False),
        ("", ["0.0.0.0/0"], False),
        ("unix:", ["0.0.0.0/0"], False),
    ],
)
def test_an_address_lies_in_a_network_or_not(address, networks, inside):
    assert within(address, networks) is inside


def test_networks_are_written_one_way():
    assert [network(text) for text in (" 10.20.0.0/16", "203.0.113.7", "2001:DB8::/32")] == [
        "10.20.0.0/16", "203.0.113.7/32", "2001:db8::/32",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "mạng", "10.20.0.1/16", "10.20.0.0/33", "10.20"])
def test_what_is_no_network_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        network(text)
