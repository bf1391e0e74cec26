"""The discussion on PostgreSQL: threads one level deep, a short time to correct, votes, reports, decisions, pages."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from contracts import ideas as c
from contracts.errors import Fault
from ideas.use_cases import discussing, reading

from services.ideas.tests.conftest import ANYBODY, NOON, City, Clock, agent, citizen


def post(city: City, idea_id: UUID, who: object = None, **changes: object) -> c.CommentView:
    content = {"idea_id": idea_id, "comment_id": uuid4(), "side": "pro", "text": "De l’ombre, enfin."} | changes
    return discussing.post_comment(city.uow, who or citizen(), c.PostComment.model_validate(content))  # type: ignore[arg-type]


def threads(city: City, one: c.DossierView, **more: object) -> c.ThreadPage:
    request = c.ListComments.model_validate({"dossier": one.number} | more)
    return discussing.list_comments(city.uow, ANYBODY, request)


def report(city: City, comment_id: UUID, *people: object) -> None:
    for person in people:
        request = c.ReportComment(comment_id=c.CommentId(comment_id), reason="off-topic")
        discussing.report_comment(city.uow, person, request)  # type: ignore[arg-type]


def counts(city: City, one: c.DossierView) -> tuple[int, int, int, int]:
    found = reading.read_idea(city.uow, ANYBODY, c.ReadIdea(dossier=one.number)).discussion
    return found.all, found.pro, found.con, found.question


def test_answers_to_answers_join_the_thread_and_take_its_side(city: City, clock: Clock) -> None:
    one = city.opened()
    first = post(city, one.id, side="con")
    answer = post(city, one.id, parent_id=first.id)
    clock.forward(minutes=1)
    again = post(city, one.id, parent_id=answer.id, side="question")
    assert (again.parent_id, again.side) == (first.id, c.Side.CON)
    page = threads(city, one)
    assert [(thread.id, thread.replies_total) for thread in page.items] == [(first.id, 2)]
    assert [reply.id for reply in page.items[0].replies] == [answer.id, again.id]
    assert counts(city, one) == (3, 0, 1, 0)
    assert page.total == 1


def test_writing_twice_with_one_id_writes_once(city: City) -> None:
    one, author, comment_id = city.opened(), citizen(), uuid4()
    assert post(city, one.id, author, comment_id=comment_id) == post(city, one.id, author, comment_id=comment_id)
    with pytest.raises(Fault) as taken:
        post(city, one.id, comment_id=comment_id)
    assert taken.value.reason == "id-taken"
    assert counts(city, one) == (1, 1, 0, 0)


def test_a_message_is_corrected_for_a_quarter_of_an_hour(city: City, clock: Clock) -> None:
    one, author = city.opened(), citizen()
    made = post(city, one.id, author)
    assert made.editable_until == NOON + timedelta(minutes=15)
    edit = c.EditComment(comment_id=made.id, text="De l’ombre, et de l’eau.")
    clock.forward(minutes=15)
    assert discussing.edit_comment(city.uow, author, edit).text == "De l’ombre, et de l’eau."
    clock.forward(seconds=1)
    with pytest.raises(Fault) as late:
        discussing.edit_comment(city.uow, author, edit)
    assert late.value.reason == "too-late"


def test_only_a_service_answers_officially(city: City) -> None:
    one = city.opened()
    with pytest.raises(Fault) as citizen_says:
        post(city, one.id, service="voirie")
    assert citizen_says.value.reason == "role-needed"
    assert post(city, one.id, agent("examiner", "voirie"), service="voirie").service == "voirie"


def test_ten_messages_in_ten_minutes(city: City) -> None:
    one, author = city.opened(), citizen()
    for _ in range(10):
        post(city, one.id, author)
    with pytest.raises(Fault) as often:
        post(city, one.id, author)
    assert often.value.retry_after == 601


def test_a_useful_message_comes_first_and_each_person_counts_once(city: City) -> None:
    one = city.opened()
    first, second = post(city, one.id), post(city, one.id)
    voter = citizen()
    for _ in range(2):
        shown = discussing.upvote_comment(city.uow, voter, c.UpvoteComment(comment_id=first.id))
    assert (shown.useful, shown.upvoted) == (1, True)
    discussing.upvote_comment(city.uow, citizen(), c.UpvoteComment(comment_id=first.id))
    assert [thread.id for thread in threads(city, one).items] == [first.id, second.id]
    gone = discussing.remove_upvote(city.uow, voter, c.RemoveUpvote(comment_id=first.id))
    assert (gone.useful, gone.upvoted) == (1, False)


def test_three_people_hide_a_message_until_a_moderator_decides(city: City) -> None:
    one = city.opened()
    made = post(city, one.id)
    people = [citizen() for _ in range(3)]
    report(city, made.id, people[0], people[0], people[1])
    assert not discussing.read_comment(city.uow, ANYBODY, c.ReadComment(comment_id=made.id)).hidden
    report(city, made.id, people[2])
    hidden = discussing.read_comment(city.uow, ANYBODY, c.ReadComment(comment_id=made.id))
    assert (hidden.hidden, hidden.text, hidden.hidden_reason) == (True, "", None)
    assert counts(city, one) == (0, 0, 0, 0)
    keep = c.DecideComment(comment_id=made.id, decision="keep")
    assert discussing.decide_comment(city.uow, city.moderator, keep).text == made.text
    report(city, made.id, citizen(), citizen())
    assert not discussing.read_comment(city.uow, ANYBODY, c.ReadComment(comment_id=made.id)).hidden
    with pytest.raises(Fault) as no_reason:
        discussing.decide_comment(city.uow, city.moderator, c.DecideComment(comment_id=made.id, decision="hide"))
    assert [error.pointer for error in no_reason.value.errors] == ["/reason"]
    hide = c.DecideComment(comment_id=made.id, decision="hide", reason="off-topic")
    assert discussing.decide_comment(city.uow, city.moderator, hide).hidden_reason == "off-topic"
    told = [topic for topic, _ in city.told() if topic.startswith("comment_")]
    assert told == ["comment_published.v1", "comment_hidden.v1", "comment_restored.v1", "comment_hidden.v1"]


def test_nothing_is_discussed_before_it_is_published(city: City) -> None:
    waiting = city.submitted()
    with pytest.raises(Fault) as closed:
        post(city, waiting.id)
    assert closed.value.reason == "no-such-dossier"


def test_pages_hold_every_thread_once_among_five_thousand_and_use_the_index(city: City) -> None:
    one = city.opened()
    with city.uow() as tx:
        tx.connection.execute(
            sa.text(
                "INSERT INTO comments (id, idea_id, side, text, written_at, imported_useful) "
                "SELECT gen_random_uuid(), :idea, 'pro', 'Oui.', now(), n % 50 FROM generate_series(1, 5000) n"
            ),
            {"idea": one.id},
        )
        tx.comments.count(one.id)
        plan = tx.connection.scalars(
            sa.text(
                "EXPLAIN SELECT id FROM comments WHERE idea_id = :idea AND parent_id IS NULL "
                "AND (score, id) < (25, gen_random_uuid()) ORDER BY score DESC, id DESC LIMIT 21"
            ),
            {"idea": one.id},
        ).all()
    assert any("comments_best" in line for line in plan), plan
    seen: list[UUID] = []
    after, useful = None, 10**9
    while len(seen) < 1000:
        page = threads(city, one, after=after, limit=100)
        assert [thread.useful for thread in page.items] == sorted((t.useful for t in page.items), reverse=True)
        assert page.items[0].useful <= useful
        seen, after, useful = seen + [thread.id for thread in page.items], page.next, page.items[-1].useful
    assert len(set(seen)) == 1000
    assert page.total == 5000


def vote(city: City, comment_id: UUID, who: object, way: str) -> c.CommentView:
    acts = {
        "up": (discussing.upvote_comment, c.UpvoteComment),
        "down": (discussing.downvote_comment, c.DownvoteComment),
        "none": (discussing.remove_upvote, c.RemoveUpvote),
    }
    act, request = acts[way]
    return act(city.uow, who, request(comment_id=c.CommentId(comment_id)))  # type: ignore[operator, no-any-return]


def test_one_person_has_one_vote_up_or_down(city: City) -> None:
    one, person = city.opened(), citizen()
    message = post(city, one.id)
    seen = [vote(city, message.id, person, way) for way in ("up", "up", "down", "down", "none")]
    assert [(v.useful, v.not_useful, v.upvoted, v.downvoted) for v in seen] == [
        (1, 0, True, False),
        (1, 0, True, False),
        (0, 1, False, True),
        (0, 1, False, True),
        (0, 0, False, False),
    ]


def test_votes_down_count_against_and_answers_make_a_thread_discussed(city: City, clock: Clock) -> None:
    one = city.opened()
    loved, disputed, talked = (post(city, one.id) for _ in range(3))
    for _ in range(3):
        vote(city, disputed.id, citizen(), "up")
        vote(city, disputed.id, citizen(), "down")
    vote(city, loved.id, citizen(), "up")
    for _ in range(2):
        clock.forward(minutes=1)
        post(city, one.id, parent_id=talked.id)
    post(city, one.id, parent_id=loved.id)
    assert threads(city, one).items[0].id == loved.id
    page = threads(city, one, sort="discussed")
    assert [(thread.id, thread.replies_total) for thread in page.items][:2] == [(talked.id, 2), (loved.id, 1)]


@pytest.mark.parametrize("number", [3, 60])
def test_a_page_of_threads_asks_the_database_as_often_however_many_there_are(city: City, number: int) -> None:
    one = city.opened()
    for _ in range(number):
        first = post(city, one.id)
        post(city, one.id, parent_id=first.id)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    engine = city.uow.database.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        threads(city, one, limit=20)
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 2
