"""What `make run` refuses to start over, in one line each."""

import socket

import pytest

from tools import guard
from tools.say import Trouble


def test_a_port_in_use_is_refused_with_the_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Trouble) as trouble:
            guard.port_is_free(port)
    said = f"port {port} cannot be used (Address already in use): choose another, PORT=8001 make run"
    assert str(trouble.value) == said


def test_the_second_of_one_kind_in_a_checkout_is_refused() -> None:
    with (
        guard.only_one("only-a-test"),
        pytest.raises(Trouble, match="`make only-a-test` already runs in"),
        guard.only_one("only-a-test"),
    ):
        pass


def test_after_the_first_has_ended_there_may_be_another() -> None:
    with guard.only_one("only-a-test"):
        pass
    with guard.only_one("only-a-test"):
        pass
