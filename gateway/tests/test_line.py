"""Pages are made some at a time; the others stand in line and come in turn, or are told to come later."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from chassis.client import Context
from contracts import ideas
from contracts.errors import Fault
from gateway.http.line import Line
from gateway.testing.city import populate, whole
from gateway.testing.stand_ins import Browser, FakeServices

SOON = 30
"""Seconds after which a test that waits has failed."""
DOSSIER = "/dossiers/PAR-2026-004200"


def test_no_more_are_in_than_there_are_places() -> None:
    line, together, most = Line(places=2), list[int](), list[int]()
    both_in = Barrier(2)

    def work() -> None:
        with line.place():
            together.append(1)
            both_in.wait(SOON)
            most.append(len(together))
            together.pop()

    with ThreadPoolExecutor(8) as people:
        for one in [people.submit(work) for _ in range(8)]:
            one.result(SOON)
    assert max(most) == 2
    assert line.places == 2


def test_who_came_first_comes_in_first() -> None:
    line, came = Line(places=1), list[int]()

    def work(number: int) -> None:
        with line.place():
            came.append(number)

    with ThreadPoolExecutor(5) as people:
        with line.place():
            waiting = []
            for number in range(5):
                waiting.append(people.submit(work, number))
                while line.waiting <= number:
                    pass
        for one in waiting:
            one.result(SOON)
    assert came == [0, 1, 2, 3, 4]


def test_who_stands_in_line_for_too_long_is_told_when_to_come_again() -> None:
    line = Line(places=1, patience=0.01)
    with line.place(), pytest.raises(Fault) as told, line.place():
        pass
    assert (told.value.status, told.value.retry_after) == (503, 5)
    assert line.waiting == 0
    with line.place():
        pass


def test_a_page_that_many_want_at_once_is_made_once(browser: Browser, services: FakeServices) -> None:
    populate(services)
    browser.get(f"{DOSSIER}?tri=recents")  # templates are compiled
    services.asked.clear()
    may = Event()

    def slowly(request: ideas.ReadWhole, context: Context) -> ideas.WholeDossier:
        assert may.wait(SOON)
        return whole(services, request, context)

    services.on(ideas.READ_WHOLE, slowly)
    with ThreadPoolExecutor(8) as readers:
        reading = [readers.submit(browser.get, DOSSIER) for _ in range(8)]
        may.set()
        pages = {one.result(SOON).text for one in reading}
    assert len(pages) == 1
    assert [route for route, *_ in services.asked] == ["ideas.read_whole", "identity.display_names"]
