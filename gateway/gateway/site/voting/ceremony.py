"""``/bureau/votes/<vote>/depositaires``: the ceremony of a sealed vote, from the managers' side."""

from collections.abc import Iterator

from contracts.voting import ElectionRef, ElectionView
from contracts.voting.sealed import (
    GET_SEALED_ELECTION,
    INVITE_TRUSTEE,
    RESTART_CEREMONY,
    SealedElectionView,
    TrusteeInvitation,
)

from gateway.forms.sealed import RestartForm
from gateway.site.answers import Answer, Redirect
from gateway.site.desk import desk_page
from gateway.site.sealed.trustees import STEPS
from gateway.site.visit import Visit
from gateway.site.voting.counter import sealed_election, vote_id
from gateway.site.voting.labels import Labels

FEWEST_PROJECTS = 2


def show(visit: Visit) -> Answer:
    """Who holds a key, what each has sent, and what is missing before the rules can be published."""
    return _page(visit)


def invite(visit: Visit) -> Answer:
    """A code for a key holder: shown on this one page and never again."""
    form = RestartForm.blank(visit)
    made = form.submit_as(INVITE_TRUSTEE, {"election_id": vote_id(visit), "place": visit.url["place"]})
    return _page(visit, form, made)


def restart(visit: Visit) -> Answer:
    """Begin again."""
    form = RestartForm.sent(visit)
    done = form.submit(RESTART_CEREMONY, election_id=vote_id(visit))
    return _page(visit, form) if done is None else Redirect(f"/bureau/votes/{vote_id(visit)}/depositaires?fait=1")


def holders(visit: Visit, one: ElectionView) -> SealedElectionView | None:
    """The sealed side of a vote; ``None`` for an open one."""
    if one.secrecy != "sealed":
        return None
    return visit.call(GET_SEALED_ELECTION, ElectionRef(election=str(one.id)))


def missing(visit: Visit, one: ElectionView, sealed: SealedElectionView | None) -> list[str]:
    """What keeps the rules of a draft from being published, all of it."""
    return [*_of_draft(visit, one), *(_of_ceremony(visit, sealed) if sealed else ())]


def _of_draft(visit: Visit, one: ElectionView) -> Iterator[str]:
    if len(one.candidates) < FEWEST_PROJECTS:
        yield visit.text("At least two projects.")
    if one.closes_at <= visit.now:
        yield visit.text("A closing that is still to come.")


def _of_ceremony(visit: Visit, sealed: SealedElectionView) -> Iterator[str]:
    without = [one.name for one in sealed.trustees if not one.invited]
    if without:
        yield visit.text("A code for: %(names)s.", names=", ".join(without))
    known = {one.place: one.name for one in sealed.trustees}
    for step in sealed.missing:
        names = ", ".join(known[place] for place in step.places)
        yield visit.text("Waited for: %(step)s, from %(names)s.", step=visit.text(STEPS[step.step]), names=names)


def _page(visit: Visit, form: RestartForm | None = None, made: TrusteeInvitation | None = None) -> Answer:
    one = sealed_election(visit)
    sealed = visit.call(GET_SEALED_ELECTION, ElectionRef(election=str(one.id)))
    return desk_page(
        visit,
        "desk/ceremony.html",
        status=form.status if form else 200,
        one=one,
        sealed=sealed,
        missing=missing(visit, one, sealed) if one.state == "draft" else [],
        form=form or RestartForm.blank(visit),
        made=made,
        done=visit.query("fait"),
        labels=Labels(visit),
    )
