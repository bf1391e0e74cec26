"""What whole pages ask at once is what the single questions tell, with a fixed number of statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
import sqlalchemy as sa
from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault
from ideas.use_cases import discussing, reading
from ideas.use_cases.writing import add_addendum

from services.ideas.tests.conftest import City, Clock, citizen

NOBODY = Caller()
PAGE = {"limit": 20, "sort": "useful"}


@contextmanager
def selects(city: City) -> Iterator[list[str]]:
    """The statements that read, while it lasts."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    engine = city.uow.database.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def talk(city: City, one: c.DossierView, messages: int) -> None:
    for _ in range(messages):
        first = uuid4()
        for id_, parent in ((first, None), (uuid4(), first)):
            request = c.PostComment(idea_id=one.id, comment_id=id_, parent_id=parent, text="Une raison de le faire.")
            discussing.post_comment(city.uow, citizen(), request)


def with_all(city: City, clock: Clock, author: Caller) -> c.DossierView:
    one = city.opened(author)
    for text in ("Une première note.", "Et une deuxième."):
        clock.forward(minutes=1)
        add_addendum(city.uow, author, c.AddAddendum(idea_id=one.id, addendum_id=uuid4(), text=text))
    return one


@pytest.mark.parametrize(("messages", "caller", "number"), [(0, NOBODY, 3), (12, NOBODY, 3), (12, citizen(), 4)])
def test_a_whole_dossier_is_what_three_questions_tell(
    city: City, clock: Clock, messages: int, caller: Caller, number: int
) -> None:
    one = with_all(city, clock, citizen())
    talk(city, one, messages)
    with selects(city) as asked:
        whole = reading.read_whole(city.uow, caller, c.ReadWhole(dossier=one.number, **PAGE))
    assert len(asked) == number
    assert whole.dossier == reading.read_idea(city.uow, caller, c.ReadIdea(dossier=str(one.id)))
    assert whole.record == reading.read_record(city.uow, caller, c.ReadRecord(dossier=one.number))
    assert whole.threads == discussing.list_comments(city.uow, caller, c.ListComments(dossier=one.number, **PAGE))
    assert [note.text for note in whole.dossier.addenda] == ["Une première note.", "Et une deuxième."]
    assert [len(thread.replies) for thread in whole.threads.items] == [1] * messages


def test_a_dossier_that_waits_for_moderation_is_whole_for_its_author_alone(city: City) -> None:
    author = citizen()
    one = city.submitted(author)
    request = c.ReadWhole(dossier=one.number)
    assert reading.read_whole(city.uow, author, request).threads == c.ThreadPage(items=(), total=0)
    with pytest.raises(Fault, match="no such dossier"):
        reading.read_whole(city.uow, citizen(), request)


@pytest.mark.parametrize(("filters", "number"), [({}, 2), ({"themes": ("nature",)}, 2), ({"sort": "closing"}, 3)])
def test_browsing_tells_the_page_and_the_counts(city: City, filters: dict[str, object], number: int) -> None:
    for _ in range(3):
        city.opened()
    request = c.BrowseIdeas.model_validate({**filters, "limit": 2})
    with selects(city) as asked:
        found = reading.browse_ideas(city.uow, request)
    assert len(asked) == number
    assert found.page == reading.list_ideas(city.uow, request)
    assert found.counts == reading.count_ideas(city.uow, c.CountIdeas.model_validate(filters))
    following = c.BrowseIdeas.model_validate({**filters, "limit": 2, "after": found.page.next})
    assert (found.page.total, reading.browse_ideas(city.uow, following).page.total) == (3, None)
