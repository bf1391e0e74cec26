"""``/bureau/moderation`` and ``/bureau/signalements``: read, publish or refuse with a reason."""

from contracts.errors import Fault
from contracts.ideas import (
    APPROVE_IDEA,
    DECIDE_COMMENT,
    LIST_MODERATION,
    READ_DESK_COUNTS,
    ApproveIdea,
    ListModeration,
    ModerationItem,
    ModerationPage,
    ModerationSort,
    ReadDeskCounts,
    Subject,
)

from gateway.forms.desk import DecideCommentForm, RefuseForm
from gateway.site.answers import Answer, Redirect
from gateway.site.desk import desk_page
from gateway.site.ideas.labels import Labels
from gateway.site.ids import as_id
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit

QUEUES = {"/bureau/moderation": Subject.DOSSIER, "/bureau/signalements": Subject.COMMENT}
MOST = 50
"""How many can be published at once."""


def waiting(visit: Visit) -> dict[str, int]:
    """The numbers beside the queues of ideas."""
    counts = visit.call(READ_DESK_COUNTS, ReadDeskCounts())
    return {
        "/bureau/moderation": counts.to_moderate,
        "/bureau/signalements": counts.reports,
        "/bureau/recours": counts.appeals,
        "/bureau/etude/etapes": counts.stages,
        "/bureau/etude/affecter": counts.to_assign,
        "/bureau/etude/affectes": counts.assigned,
        "/bureau/etude/avis": counts.opinions,
        "/bureau/etude/retard": counts.overdue,
        "/bureau/etude/suivi": counts.follow_up,
    }


def show(visit: Visit) -> Answer:
    """The queue, its first item open for reading."""
    return shown(visit, RefuseForm.blank(visit), DecideCommentForm.blank(visit))


def shown(visit: Visit, refusal: RefuseForm, decision: DecideCommentForm) -> Answer:
    """The queue with its forms as they stand."""
    found = _items(visit)
    refusal.offer()
    decision.offer()
    return desk_page(
        visit,
        "desk/moderation.html",
        status=max(refusal.status, decision.status),
        found=found,
        opened=_opened(visit, found),
        subject=QUEUES[visit.path],
        refusal=refusal,
        decision=decision,
        labels=Labels(visit),
        done=visit.query("fait"),
    )


def _items(visit: Visit) -> ModerationPage:
    district = visit.query("lieu")
    known = {one.code for one in visit.territory.districts}
    return visit.call(
        LIST_MODERATION,
        ListModeration(
            subject=QUEUES[visit.path],
            district=district if district in known else None,
            sort=ModerationSort.RECENT if visit.query("tri") == "recent" else ModerationSort.URGENT,
            after=visit.query("after") or None,
        ),
    )


def key_of(item: ModerationItem) -> str:
    """By which an item is opened: the message, or the dossier."""
    return str(item.comment_id or item.idea_id)


def _opened(visit: Visit, found: ModerationPage) -> ModerationItem | None:
    wanted = visit.query("ouvrir") or visit.field("opened")
    chosen = next((item for item in found.items if key_of(item) == wanted), None)
    return chosen or (found.items[0] if found.items else None)


def publish_chosen(visit: Visit) -> Answer:
    """Publish every ticked dossier; those that were decided in the meantime are left as they are."""
    done = 0
    for text in visit.fields.get("idea_id", [])[:MOST]:
        try:
            visit.call(APPROVE_IDEA, ApproveIdea(idea_id=as_id(text)))
            done += 1
        except Fault as fault:
            if fault.status not in {404, 409}:
                raise
    return Redirect(f"{visit.path}?fait={done}")


def decide_comment(visit: Visit) -> Answer:
    """Keep or hide a reported message."""
    form = DecideCommentForm.sent(visit)
    decision = "hide" if visit.field("act") == "hide" else "keep"
    if form.submit(DECIDE_COMMENT, comment_id=visit.url["comment"], decision=decision) is None:
        visit.path = "/bureau/signalements"
        return shown(visit, RefuseForm.blank(visit), form)
    return Redirect("/bureau/signalements?fait=1")


ROUTES: tuple[SiteRoute, ...] = (
    get("/bureau/moderation", show, who=Who.AGENT),
    post("/bureau/moderation", publish_chosen, who=Who.AGENT),
    get("/bureau/signalements", show, who=Who.AGENT),
    post("/bureau/messages/{comment}", decide_comment, who=Who.AGENT),
)
