"""The agents' desk: its queues come from the declared services, each seen by those whose role it is."""

from typing import Any

from contracts.errors import Fault

from gateway.modules import Queue
from gateway.site.answers import Answer, Page, Redirect, page
from gateway.site.routes import SiteRoute, Who, get
from gateway.site.visit import Visit

ADMINISTRATOR = "administrator"


def queues(visit: Visit) -> list[Queue]:
    """The queues that the visitor's roles open, in order."""
    offered = (queue for module in visit.modules for queue in module.queues)
    return sorted((queue for queue in offered if _mine(visit, queue)), key=lambda queue: queue.order)


def _mine(visit: Visit, queue: Queue) -> bool:
    return visit.session is not None and any(visit.session.has(role) for role in (*queue.roles, ADMINISTRATOR))


def waiting(visit: Visit) -> dict[str, int]:
    """How much waits in each queue: one call per declared service; a service that is down shows no number."""
    found: dict[str, int] = {}
    for module in visit.modules:
        if module.waiting:
            try:
                found |= module.waiting(visit)
            except Fault:
                continue
    return found


def desk_page(visit: Visit, template: str, *, status: int = 200, **shows: Any) -> Page:  # noqa: ANN401
    """A page of the desk, with its queues."""
    return page(template, status=status, queues=queues(visit), waiting=waiting(visit), **shows)


def home(visit: Visit) -> Answer:
    """The first queue of the visitor."""
    mine = queues(visit)
    if mine:
        return Redirect(mine[0].path)
    return desk_page(visit, "desk/empty.html")


ROUTES: tuple[SiteRoute, ...] = (get("/bureau", home, who=Who.AGENT),)
