"""Following things: the button on their pages, the acts behind it, and the list of what one follows."""

from typing import TypeVar

from contracts.errors import Fault
from contracts.notifications import (
    FOLLOW,
    GET_FOLLOW,
    LIST_FOLLOWED,
    UNFOLLOW,
    Follow,
    FollowKind,
    FollowView,
    GetFollow,
    ListFollowed,
    Unfollow,
)
from pydantic import ValidationError

from gateway.site.answers import Answer, Redirect, page
from gateway.site.notifications.labels import KINDS, place_of
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit, local_path

Thing = TypeVar("Thing", Follow, Unfollow)
BUTTON_SECONDS = 1.0


def follow_button(visit: Visit, kind: FollowKind, key: str) -> FollowView | None:
    """What the button shows to somebody signed in. ``None``: not deployed, not signed in, or no answer in time.

    A page calls it once and gives the answer to its template as ``follow``.
    """
    if not visit.deployed("notifications") or visit.session is None:
        return None
    try:
        return visit.call(GET_FOLLOW, GetFollow(kind=kind, key=key), deadline=BUTTON_SECONDS)
    except Fault:
        return None


def begin(visit: Visit) -> Answer:
    """Follow a thing, and go back to its page."""
    visit.call(FOLLOW, _thing(visit, Follow))
    return Redirect(_back(visit, "suivi"))


def end(visit: Visit) -> Answer:
    """Follow it no more, and go back."""
    visit.call(UNFOLLOW, _thing(visit, Unfollow))
    return Redirect(_back(visit, "plus-suivi"))


def _thing(visit: Visit, model: type[Thing]) -> Thing:
    try:
        return model.model_validate({"kind": visit.field("kind"), "key": visit.field("key")})
    except ValidationError:
        raise Fault.not_found() from None


def _back(visit: Visit, done: str) -> str:
    path = local_path(visit.field("suite"), "/moi/suivis").partition("#")[0].partition("?")[0]
    return f"{path}?fait={done}"


def followed(visit: Visit) -> Answer:
    """Everything one follows."""
    found = visit.call(LIST_FOLLOWED, ListFollowed(after=visit.query("after") or None, limit=30))
    shown = [(one, place_of(visit, one)) for one in found.items]
    return page("notifications/followed.html", shown=shown, kinds=KINDS, next=found.next, done=visit.query("fait"))


ROUTES: tuple[SiteRoute, ...] = (
    post("/suivre", begin, who=Who.CITIZEN),
    post("/ne-plus-suivre", end, who=Who.CITIZEN),
    get("/moi/suivis", followed, who=Who.CITIZEN),
)
