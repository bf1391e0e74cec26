"""``/bureau/moderation`` and ``/bureau/signalements``: read, publish or refuse with a reason."""

from contracts.ideas import (
    DECIDE_COMMENT,
    LIST_MODERATION,
    READ_DESK_COUNTS,
    ListModeration,
    ModerationItem,
    ModerationPage,
    ModerationSort,
    ReadDeskCounts,
    Subject,
    WorkQueue,
)

from gateway.forms.desk import DecideCommentForm, ManyForm, RefuseForm
from gateway.site.answers import Answer, Redirect
from gateway.site.desk import desk_page
from gateway.site.ideas import queue
from gateway.site.ideas.labels import Labels
from gateway.site.ideas.queue import Chosen
from gateway.site.names import names
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit

QUEUES = {"/bureau/moderation": Subject.DOSSIER, "/bureau/signalements": Subject.COMMENT}


def waiting(visit: Visit) -> dict[str, int]:
    """The numbers beside the queues of ideas."""
    counts = visit.call(READ_DESK_COUNTS, ReadDeskCounts())
    return {
        "/bureau/moderation": counts.to_moderate,
        "/bureau/signalements": counts.reports,
        "/bureau/recours": counts.appeals,
        "/bureau/papier": counts.paper,
        "/bureau/soutiens": counts.fraud,
        "/bureau/etude/etapes": counts.stages,
        "/bureau/etude/affecter": counts.to_assign,
        "/bureau/etude/affectes": counts.assigned,
        "/bureau/etude/avis": counts.opinions,
        "/bureau/etude/retard": counts.overdue,
        "/bureau/etude/suivi": counts.follow_up,
        "/bureau/projets": counts.to_group,
    }


def show(visit: Visit) -> Answer:
    """The queue, its first item open for reading."""
    return shown(visit, DecideCommentForm.blank(visit), ManyForm.blank(visit), Chosen())


def shown(visit: Visit, decision: DecideCommentForm, many: ManyForm, chosen: Chosen) -> Answer:
    """The queue with its forms as they stand."""
    found, subject = _items(visit), QUEUES[visit.path]
    refusal = RefuseForm.blank(visit)
    many.purpose = "refuse" if subject is Subject.DOSSIER else "hide"
    for form in (refusal, decision, many):
        form.offer()
    return desk_page(
        visit,
        "desk/moderation.html",
        status=max(decision.status, many.status),
        found=found,
        opened=_opened(visit, found),
        subject=subject,
        refusal=refusal,
        decision=decision,
        many=many,
        chosen=chosen,
        ages=queue.AGES,
        names=names(visit, [item.taken_by for item in found.items]),
        labels=Labels(visit),
        done=visit.query("fait"),
    )


def _items(visit: Visit) -> ModerationPage:
    return visit.call(
        LIST_MODERATION,
        ListModeration(
            subject=QUEUES[visit.path],
            waiting_days=queue.age(visit),
            sort=ModerationSort.RECENT if visit.query("tri") == "recent" else ModerationSort.URGENT,
            **queue.filters(visit),
        ),
    )


def key_of(item: ModerationItem) -> str:
    """By which an item is opened: the message, or the dossier."""
    return str(item.comment_id or item.idea_id)


def _opened(visit: Visit, found: ModerationPage) -> ModerationItem | None:
    wanted = visit.query("ouvrir") or visit.field("opened")
    chosen = next((item for item in found.items if key_of(item) == wanted), None)
    return chosen or (found.items[0] if found.items else None)


def decide_chosen(visit: Visit) -> Answer:
    """Do the same with everything that is ticked, and show what became of each."""
    titles = {key_of(item): item.title or item.number for item in _items(visit).items}
    form = ManyForm.sent(visit)
    chosen = queue.decide(visit, WorkQueue.MODERATION, form, titles)
    return shown(visit, DecideCommentForm.blank(visit), form if form.errors else ManyForm.blank(visit), chosen)


def decide_comment(visit: Visit) -> Answer:
    """Keep or hide a reported message."""
    form = DecideCommentForm.sent(visit)
    decision = "hide" if visit.field("act") == "hide" else "keep"
    if form.submit(DECIDE_COMMENT, comment_id=visit.url["comment"], decision=decision) is None:
        visit.path = "/bureau/signalements"
        return shown(visit, form, ManyForm.blank(visit), Chosen())
    return Redirect("/bureau/signalements?fait=1")


ROUTES: tuple[SiteRoute, ...] = (
    get("/bureau/moderation", show, who=Who.AGENT),
    post("/bureau/moderation", decide_chosen, who=Who.AGENT),
    get("/bureau/signalements", show, who=Who.AGENT),
    post("/bureau/signalements", decide_chosen, who=Who.AGENT),
    post("/bureau/messages/{comment}", decide_comment, who=Who.AGENT),
)
