"""``/debats``: debates that belong to no dossier: the list, a debate and its discussion, opening one."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from contracts.errors import Fault
from contracts.ideas import (
    LIST_COMMENTS,
    LIST_DEBATES,
    OPEN_DEBATE,
    POST_COMMENT,
    READ_DEBATE,
    READ_RECORD,
    DebateSort,
    DebateStage,
    DebateView,
    ListComments,
    ListDebates,
    ReadDebate,
    ReadRecord,
    Side,
)
from contracts.notifications import FollowKind
from contracts.territory import DEBATE
from contracts.territory import Debate as DebateRules
from pydantic import ValidationError

from gateway.forms.debates import DebateForm
from gateway.forms.ideas import CommentForm
from gateway.i18n import N_
from gateway.site.answers import ATOM, Answer, Document, Redirect, page
from gateway.site.ideas.dossier import talk, threads_asked
from gateway.site.ideas.labels import Badge, Labels
from gateway.site.ids import new_id
from gateway.site.notifications.following import follow_button
from gateway.site.render import render
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit

HOME = "/debats"
STAGES = {
    DebateStage.OPEN: Badge(N_("Open"), "chat", "info"),
    DebateStage.COMING: Badge(N_("To come"), "date", ""),
    DebateStage.ENDED: Badge(N_("Over"), "clock", "warn"),
    DebateStage.CONCLUDED: Badge(N_("Synthesis published"), "done", "ok"),
}
"""Where a debate stands, in the order of the filter."""
SORTS = {"": N_("The newest"), "fin": N_("Closing first"), "discutes": N_("The most discussed")}
_SORTED = {"fin": DebateSort.CLOSING, "discutes": DebateSort.DISCUSSED}
FEED = ("q", "etape", "theme", "lieu")
"""What of an address chooses debates, and not how they are shown."""


def rules(visit: Visit) -> DebateRules:
    """The territory's rules of debates. Raises *not found* where it has none."""
    kind = visit.territory.kind(DEBATE)
    if kind is None or kind.debate is None:
        raise Fault.not_found()
    return kind.debate


def known(values: Iterable[str], among: Iterable[str]) -> tuple[str, ...]:
    """Those of the values that mean something, once each."""
    allowed = set(among)
    return tuple(dict.fromkeys(value for value in values if value in allowed))


def asked(visit: Visit) -> dict[str, Any]:
    """What the address asks for, in the contract's words."""
    return {
        "search": visit.query("q"),
        "stages": known(visit.queries("etape"), DebateStage),
        "themes": known(visit.queries("theme"), (one.code for one in visit.territory.themes)),
        "districts": known(visit.queries("lieu"), (one.code for one in visit.territory.districts)),
    }


def browse(visit: Visit) -> Answer:
    """The list. A search that cannot be read shows everything, with a word about it."""
    allowed, unreadable = rules(visit), False
    paging = {"after": visit.query("after") or None, "sort": _SORTED.get(visit.query("tri"), DebateSort.RECENT)}
    try:
        request = ListDebates.model_validate(asked(visit) | paging)
    except ValidationError:
        request, unreadable = ListDebates(), True
    return page(
        "ideas/debates.html",
        cache=10,
        found=visit.call(LIST_DEBATES, request),
        labels=Labels(visit),
        stages=STAGES,
        sorts=SORTS,
        may_open=allowed.opened_by == "anyone",
        unreadable=unreadable,
        filtered=any(visit.query(name) for name in FEED),
        feed_path=feed_path(visit),
    )


def feed_path(visit: Visit) -> str:
    """Where the feed of these filters is."""
    chosen = [(name, value) for name in FEED for value in visit.queries(name) if value.strip()]
    return f"{HOME}.atom?{urlencode(chosen)}" if chosen else f"{HOME}.atom"


def feed(visit: Visit) -> Answer:
    """``/debats.atom``: the last debates that satisfy the filters of the address, for feed readers."""
    rules(visit)
    try:
        request = ListDebates.model_validate(asked(visit))
    except ValidationError:
        raise Fault.not_found() from None
    shows = {"found": visit.call(LIST_DEBATES, request), "path": feed_path(visit)}
    return Document(render(visit, "ideas/debates-feed.xml", shows).encode(), ATOM, cache=300)


def read(visit: Visit) -> DebateView:
    """The debate of the address."""
    with suppress(ValueError):
        return visit.call(READ_DEBATE, ReadDebate(dossier=visit.url["number"]))
    raise Fault.not_found()


def show(visit: Visit) -> Answer:
    """A debate: three calls, whatever its length, one for the names and one for the button of followers."""
    one = read(visit)
    if visit.url["number"] != one.dossier.number:
        return Redirect(f"{HOME}/{one.dossier.number}")
    return shown(visit, one, CommentForm.blank(visit, side=Side.QUESTION.value, comment_id=new_id()))


def shown(visit: Visit, one: DebateView, form: CommentForm) -> Answer:
    """The page of a debate, with the form of a message as it stands."""
    asked_of = ListComments(dossier=one.dossier.number, **threads_asked(visit))
    return page(
        "ideas/debate.html",
        status=form.status,
        cache=10,
        one=one,
        dossier=one.dossier,
        here=f"{HOME}/{one.dossier.number}",
        badge_of=STAGES.get(one.dates.stage) if one.dates.stage else None,
        closed=closed(visit, one),
        record=visit.call(READ_RECORD, ReadRecord(dossier=one.dossier.number)),
        done=visit.query("fait"),
        follow=follow_button(visit, FollowKind.DOSSIER, one.dossier.number),
        **talk(visit, one.dossier, visit.call(LIST_COMMENTS, asked_of), form),
    )


def closed(visit: Visit, one: DebateView) -> str:
    """Why no message can be written now; empty: one can."""
    if one.dates.stage is DebateStage.OPEN:
        return ""
    if one.dates.stage is DebateStage.COMING:
        return visit.text("Messages can be written from %(day)s.", day=visit.words.day(one.dates.opens_on))
    return visit.text("This debate takes no messages any more.")


def write(visit: Visit) -> Answer:
    """Begin a thread."""
    form, one = CommentForm.sent(visit), read(visit)
    written = form.submit(POST_COMMENT, idea_id=one.dossier.id)
    if written is None:
        return shown(visit, one, form)
    return Redirect(f"{HOME}/{one.dossier.number}#message-{written.id}")


def begin(visit: Visit) -> Answer:
    """The form of a new debate."""
    return _form(DebateForm.new(visit, opens_in=7))


def _form(form: DebateForm) -> Answer:
    allowed = rules(form.visit)
    if allowed.opened_by != "anyone":
        raise Fault.forbidden(reason="debates-by-agents")
    form.offer()
    return page("ideas/debate-new.html", status=form.status, form=form, rules=allowed)


def send(visit: Visit) -> Answer:
    """Open it."""
    form = DebateForm.sent(visit)
    made = form.submit(OPEN_DEBATE)
    return _form(form) if made is None else Redirect(f"{HOME}/{made.dossier.number}?fait=ouvert")


ROUTES: tuple[SiteRoute, ...] = (
    get(HOME, browse),
    get(f"{HOME}.atom", feed),
    get(f"{HOME}/nouveau", begin, who=Who.CITIZEN),
    post(f"{HOME}/nouveau", send, who=Who.CITIZEN),
    get(f"{HOME}/{{number}}", show),
    post(f"{HOME}/{{number}}/messages", write, who=Who.CITIZEN),
)
