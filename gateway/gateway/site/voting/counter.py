"""``/bureau/vote-papier``: people who vote on paper are struck off, one after the other, at a counter."""

from uuid import UUID

from contracts.errors import Fault
from contracts.identity.paper import FIND_VOTER, READ_PAPER_DAY, UNDO_STRIKE_OFF, PaperDay, ReadPaperDay, Voter
from contracts.identity.tokens import STRIKE_OFF
from contracts.voting import (
    GET_ELECTION,
    LIST_ELECTIONS,
    MANAGER_ROLE,
    ElectionRef,
    ElectionView,
    ListElections,
)
from contracts.voting.values import Secrecy, State

from gateway.forms.counter import OF_A_VOTER, CounterForm, DocumentForm, LoginForm, StrikeOffForm, UndoForm
from gateway.i18n import N_
from gateway.site.answers import Answer, Redirect
from gateway.site.desk import ADMINISTRATOR, desk_page
from gateway.site.ids import as_id
from gateway.site.visit import Visit
from gateway.site.voting.labels import Badge, Labels

HOME = "/bureau/vote-papier"
OFFICER = "counter_officer"
LISTED = frozenset({State.OPEN, State.CLOSED, State.PUBLISHED})
STATES = {
    "free": Badge(N_("May vote on paper"), "done", "ok"),
    "token": Badge(N_("Votes on screen"), "stop", "stop"),
    "paper": Badge(N_("Struck off already"), "stop", "stop"),
    "other-district": Badge(N_("Votes in another district"), "stop", "stop"),
    "not-allowed": Badge(N_("May not vote here"), "stop", "stop"),
}


def browse(visit: Visit) -> Answer:
    """The sealed votes that are open or over, of the places where the agent has something to do."""
    found = visit.call(LIST_ELECTIONS, ListElections(after=visit.query("after")[:500] or None, limit=100))
    votes = [one for one in found.items if one.secrecy is Secrecy.SEALED and one.state in LISTED]
    mine = [one for one in votes if serves(visit, one.perimeter, OFFICER, _other_role(one.state))]
    return desk_page(visit, "desk/paper-votes.html", votes=mine, next=found.next, labels=Labels(visit))


def _other_role(state: State) -> str:
    """Who, beside the officers, strikes off or counts."""
    return ADMINISTRATOR if state is State.OPEN else MANAGER_ROLE


def serves(visit: Visit, perimeter: str | None, *roles: str) -> bool:
    """Whether the agent holds one of the roles in that place, or in a district of it."""
    grants = visit.session.grants if visit.session else ()
    places = (perimeter, *districts_of(visit, perimeter))
    return any(grant.covers(role, place, visit.today) for grant in grants for role in roles for place in places)


def districts_of(visit: Visit, perimeter: str | None) -> tuple[str, ...]:
    """The districts where a vote takes place."""
    if perimeter is None:
        return tuple(one.code for one in visit.territory.districts)
    group = next((each for each in visit.territory.groups if each.code == perimeter), None)
    return tuple(group.districts) if group else (perimeter,)


def show(visit: Visit) -> Answer:
    """Who is there?"""
    return _page(visit)


def find(visit: Visit) -> Answer:
    """Whoever was looked for, and whether they can be struck off."""
    by_document = "family_name" in visit.fields
    form: CounterForm = DocumentForm.sent(visit) if by_document else LoginForm.sent(visit)
    found = form.submit(FIND_VOTER, **_about(visit))
    return _page(visit, form) if found is None else _page(visit, voter=found)


def strike_off(visit: Visit) -> Answer:
    """Strike the person off; whoever was quicker is told apart."""
    form = StrikeOffForm.sent(visit)
    done = form.submit(STRIKE_OFF, **_about(visit))
    return _page(visit, form) if done is None else Redirect(f"{_here(visit)}?fait=emarge")


def undo(visit: Visit) -> Answer:
    """Undo a mistake."""
    form = UndoForm.sent(visit)
    done = form.submit(UNDO_STRIKE_OFF, election_id=vote_id(visit))
    return _page(visit, form) if done is None else Redirect(f"{_here(visit)}?fait=annule")


def _page(visit: Visit, form: CounterForm | None = None, *, voter: Voter | None = None) -> Answer:
    day = visit.call(READ_PAPER_DAY, ReadPaperDay(election_id=vote_id(visit)))
    return desk_page(
        visit,
        "desk/strike-off.html",
        status=form.status if form else 200,
        one=sealed_election(visit),
        day=day,
        voter=voter,
        said=STATES[voter.state] if voter else None,
        why=[visit.text(OF_A_VOTER[each.value]) for each in voter.refusals] if voter else [],
        problem=form if isinstance(form, StrikeOffForm) else None,
        by_login=form if isinstance(form, LoginForm) else LoginForm.blank(visit),
        by_document=form if isinstance(form, DocumentForm) else DocumentForm.blank(visit),
        undoing=_undoing(visit, day, form),
        done=visit.query("fait"),
        here=_here(visit),
        labels=Labels(visit),
    )


def _undoing(visit: Visit, day: PaperDay, sent: CounterForm | None) -> list[UndoForm]:
    """A form for each strike-off that may still be undone; the one that was sent keeps what was typed."""
    kept = {sent.value("account_id"): sent} if isinstance(sent, UndoForm) else {}
    recent = (str(one.account_id) for one in day.recent)
    return [kept.get(one) or UndoForm.blank(visit, account_id=one) for one in recent]


def _about(visit: Visit) -> dict[str, str]:
    """The vote, and the reason that the person reads in the log of who looked at their data."""
    title = Labels(visit).of(sealed_election(visit).title)
    return {"election_id": str(vote_id(visit)), "reason": visit.text("Vote on paper: %(vote)s", vote=title)[:500]}


def sealed_election(visit: Visit) -> ElectionView:
    """The sealed vote of the address."""
    found = visit.call(GET_ELECTION, ElectionRef(election=str(vote_id(visit))))
    if found.secrecy is not Secrecy.SEALED:
        raise Fault.not_found()
    return found


def vote_id(visit: Visit) -> UUID:
    """Its identifier."""
    return as_id(visit.url["election_id"])


def _here(visit: Visit) -> str:
    return f"{HOME}/{vote_id(visit)}/emargement"
