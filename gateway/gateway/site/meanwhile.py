"""Two questions of a page at once: the second is asked beside, while the first is answered."""

import threading
from collections.abc import Callable
from typing import TypeVar

First = TypeVar("First")
Second = TypeVar("Second")


def both(first: Callable[[], First], second: Callable[[], Second]) -> tuple[First, Second]:
    """What both give. Raises what one of them raises, when both are done."""
    given: list[Second] = []
    raised: list[Exception] = []

    def ask() -> None:
        try:
            given.append(second())
        except Exception as error:  # noqa: BLE001 -- raised below, where it is awaited
            raised.append(error)

    beside = threading.Thread(target=ask, daemon=True)
    beside.start()
    try:
        answer = first()
    finally:
        beside.join()
    if raised:
        raise raised[0]
    return answer, given[0]
