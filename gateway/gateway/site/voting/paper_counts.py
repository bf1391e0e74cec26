"""``/bureau/vote-papier/<vote>/depouillement``: each place is counted by two agents, apart, then compared."""

from contracts.errors import Fault
from contracts.voting import MANAGER_ROLE, ElectionRef, ElectionView, State
from contracts.voting.sealed_paper import (
    ENTER_PAPER_COUNT,
    GET_PAPER_COUNTS,
    READ_PAPER_ENTRIES,
    PaperDifference,
    PaperEntries,
    PaperState,
    ReadPaperEntries,
)

from gateway.forms.paper_counts import CountForm, count_form, typed
from gateway.i18n import N_
from gateway.site.answers import Answer, Redirect
from gateway.site.desk import desk_page
from gateway.site.visit import Visit
from gateway.site.voting.counter import HOME, OFFICER, districts_of, sealed_election, serves, vote_id
from gateway.site.voting.labels import Badge, Labels

STATES = {
    None: Badge(N_("Not counted yet"), "clock", ""),
    PaperState.WAITING: Badge(N_("Counted once"), "people", "warn"),
    PaperState.DIFFERENT: Badge(N_("The counts differ"), "alert", "stop"),
    PaperState.SETTLED: Badge(N_("Two agents agree"), "done", "ok"),
}
COUNTED_IN = frozenset({State.CLOSED, State.PUBLISHED})


def browse(visit: Visit) -> Answer:
    """The places of the agent, and how far the count of each is."""
    one = sealed_election(visit)
    counts = visit.call(GET_PAPER_COUNTS, ElectionRef(election=str(one.id)))
    states = {place.place: place.state for place in counts.places}
    everywhere = dict.fromkeys((*districts_of(visit, one.perimeter), *states))
    mine = [place for place in everywhere if serves(visit, place, OFFICER, MANAGER_ROLE)]
    envelopes = sum(place.envelopes or 0 for place in counts.places)
    return desk_page(
        visit,
        "desk/paper-places.html",
        one=one,
        counts=counts,
        places=[(place, STATES[states.get(place)]) for place in mine],
        envelopes=envelopes,
        too_many=counts.struck_off is not None and envelopes > counts.struck_off,
        closed=one.state in COUNTED_IN,
        labels=Labels(visit),
    )


def show(visit: Visit) -> Answer:
    """The form of a place, with what the agent entered before, and where the counts differ."""
    return _page(visit, sealed_election(visit))


def enter(visit: Visit) -> Answer:
    """Keep the agent's count."""
    one = sealed_election(visit)
    form = count_form(visit, one).sent(visit)
    about = {"election_id": one.id, "place": _place(visit)}
    if form.submit_as(ENTER_PAPER_COUNT, form.document() | about) is None:
        return _page(visit, one, form)
    return Redirect(f"{HOME}/{one.id}/depouillement/{_place(visit)}?fait=1")


def _page(visit: Visit, one: ElectionView, form: CountForm | None = None) -> Answer:
    place, labels = _place(visit), Labels(visit)
    found = visit.call(READ_PAPER_ENTRIES, ReadPaperEntries(election_id=vote_id(visit), place=place))
    kind = type(form) if form else count_form(visit, one)
    mine = next((entry for entry in found.entries if entry.mine), None)
    shown = form or kind.blank(visit, **(typed(kind, mine) if mine else {}))
    return desk_page(
        visit,
        "desk/paper-count.html",
        status=shown.status,
        one=one,
        place=place,
        found=found,
        said=STATES[found.state],
        form=shown,
        differences=[(shown.field_of(each.pointer), each) for each in _told(found)],
        closed=one.state in COUNTED_IN,
        done=visit.query("fait"),
        labels=labels,
    )


def _told(found: PaperEntries) -> tuple[PaperDifference, ...]:
    """The differences, unless two agree: then a third count that differs is no longer of interest."""
    return () if found.state is PaperState.SETTLED else found.differences


def _place(visit: Visit) -> str:
    place = visit.url["place"]
    districts = {one.code for one in visit.territory.districts}
    if place not in districts | {one.code for one in visit.territory.groups}:
        raise Fault.not_found()
    return place
