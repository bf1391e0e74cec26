"""``/bureau/debats``: services open debates, and say in public what they heard."""

from contracts.ideas import CONCLUDE_DEBATE, LIST_DEBATES, OPEN_DEBATE, DebateSort, DebateStage, ListDebates

from gateway.forms.debates import ConcludeForm, ServiceDebateForm
from gateway.site.answers import Answer, Redirect
from gateway.site.desk import desk_page
from gateway.site.ideas.forum import STAGES, read, rules
from gateway.site.ideas.labels import Labels
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit

HOME = "/bureau/debats"


def browse(visit: Visit) -> Answer:
    """The debates whose synthesis is awaited, or those of another stage."""
    wanted = visit.query("etape")
    stage = DebateStage(wanted) if wanted in set(DebateStage) else DebateStage.ENDED
    sort = DebateSort.CLOSING if stage in {DebateStage.OPEN, DebateStage.COMING} else DebateSort.RECENT
    request = ListDebates(stages=(stage,), sort=sort, after=visit.query("after") or None)
    return desk_page(
        visit,
        "desk/debates.html",
        found=visit.call(LIST_DEBATES, request),
        stage=stage,
        stages=STAGES,
        labels=Labels(visit),
    )


def begin(visit: Visit) -> Answer:
    """An empty form."""
    return _new(ServiceDebateForm.new(visit, opens_in=0))


def _new(form: ServiceDebateForm) -> Answer:
    form.offer()
    return desk_page(form.visit, "desk/debate-new.html", status=form.status, form=form, rules=rules(form.visit))


def send(visit: Visit) -> Answer:
    """Open it: public at once."""
    form = ServiceDebateForm.sent(visit)
    made = form.submit(OPEN_DEBATE)
    return _new(form) if made is None else Redirect(f"{HOME}/{made.dossier.number}?fait=ouvert")


def show(visit: Visit) -> Answer:
    """A debate and the form of its synthesis."""
    one = read(visit)
    return _shown(visit, ConcludeForm.blank(visit, service=one.dates.opened_by or ""))


def _shown(visit: Visit, form: ConcludeForm) -> Answer:
    one = read(visit)
    form.offer()
    return desk_page(
        visit,
        "desk/debate.html",
        status=form.status,
        one=one,
        form=form,
        badge_of=STAGES.get(one.dates.stage) if one.dates.stage else None,
        labels=Labels(visit),
        done=visit.query("fait"),
        may_conclude=one.dates.stage in {DebateStage.OPEN, DebateStage.COMING, DebateStage.ENDED},
    )


def conclude(visit: Visit) -> Answer:
    """Close it with what was heard."""
    form = ConcludeForm.sent(visit)
    made = form.submit(CONCLUDE_DEBATE, idea_id=read(visit).dossier.id)
    return _shown(visit, form) if made is None else Redirect(f"{HOME}/{made.dossier.number}?fait=clos")


ROUTES: tuple[SiteRoute, ...] = (
    get(HOME, browse, who=Who.AGENT),
    get(f"{HOME}/nouveau", begin, who=Who.AGENT),
    post(f"{HOME}/nouveau", send, who=Who.AGENT),
    get(f"{HOME}/{{number}}", show, who=Who.AGENT),
    post(f"{HOME}/{{number}}", conclude, who=Who.AGENT),
)
