"""A call that ends in time: a server that sends a byte now and then keeps no sender past its lease."""

import threading
from collections.abc import Callable
from typing import TypeVar

Answered = TypeVar("Answered")


def within(seconds: float, call: Callable[[], Answered]) -> Answered:
    """What `call` answers or raises. TimeoutError when it has not ended by then: its thread is left to itself,
    so that it must not touch the database."""
    answers: list[Answered] = []
    troubles: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(call())
        except BaseException as trouble:
            troubles.append(trouble)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if troubles:
        raise troubles[0]
    if not answers:
        raise TimeoutError(f"no answer within {seconds:g} seconds")
    return answers[0]
