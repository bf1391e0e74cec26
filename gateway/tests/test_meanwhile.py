"""Two questions at once: each is asked while the other waits, and what goes wrong with one is not lost."""

from threading import Barrier

import pytest
from gateway.site.meanwhile import both

SOON = 30
"""Seconds after which a test that waits has failed."""


def test_both_are_asked_at_once() -> None:
    met = Barrier(2)

    def ask(answer: str) -> str:
        met.wait(SOON)
        return answer

    assert both(lambda: ask("one"), lambda: ask("two")) == ("one", "two")


def test_what_one_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        both(lambda: 1, lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        both(lambda: 1 / 0, lambda: int("nothing"))
