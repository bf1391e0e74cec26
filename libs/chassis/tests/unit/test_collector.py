"""What a process loaded at its start is not walked again by the garbage collector; what work leaves behind still is."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from chassis.collector import spare_what_is_loaded


class Knot:
    """Refers to itself: only the collector can free it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def usual_collector() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


@pytest.mark.usefixtures("usual_collector")
def test_what_is_loaded_is_left_alone_and_what_comes_later_is_freed() -> None:
    loaded = [Knot()]
    forgotten = weakref.ref(Knot())
    spare_what_is_loaded()
    later = weakref.ref(Knot())
    assert forgotten() is None
    assert not any(found is loaded[0] for found in gc.get_objects())
    gc.collect()
    assert later() is None
