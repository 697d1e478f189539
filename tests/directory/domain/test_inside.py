"""Which addresses of the network lead inside."""

import pytest

from changeboard.directory.domain.inside import leads_inside


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("93.184.216.34", False),
        ("2606:2800:220:1:248:1893:25c8:1946", False),
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("169.254.169.254", True),
        ("fe80::1%eth0", True),
        ("::ffff:10.1.2.3", True),
        # A private address behind a translator, and whoever listens to a group.
        ("64:ff9b::a00:1", True),
        ("224.0.0.1", True),
    ],
)
def test_only_a_public_address_of_one_host_does_not(address, inside):
    assert leads_inside(address) is inside
