"""Whether an address of the network leads inside: to this machine, a private network, or nowhere that is public."""

import ipaddress

# Addresses of the other protocol in disguise (RFC 6052): whatever stands behind it, private ones too.
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def leads_inside(address: str) -> bool:
    """True for all that is not a public unicast address. `address` as the system gives it, also with a %scope."""
    found = ipaddress.ip_address(address.partition("%")[0])
    return not found.is_global or found.is_multicast or found in TRANSLATED
