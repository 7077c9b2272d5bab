"""Networks as CIDR text, and whether an address lies in one of them."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address, ip_network


def network(text: str) -> str:
    """A network as it is kept, ``10.20.0.0/16`` or ``2001:db8::/32``; a single address is a network of one. Raises
    ValueError for anything else, also for an address with host bits."""
    return str(ip_network(text.strip()))


def within(address: str, networks: Iterable[str]) -> bool:
    """Whether an address lies in one of the networks; what is no address lies in none."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return any(found in ip_network(one) for one in networks)
