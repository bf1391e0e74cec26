"""``/bureau/soutiens``: supports that look made up, decided by two; ``/transparence/soutiens``: what came of it."""

from dataclasses import dataclass
from typing import Any

from contracts.errors import Fault
from contracts.ideas import (
    CONFIRM_INVALIDATION,
    DISMISS_FRAUD,
    LIST_FRAUD,
    LIST_FRAUD_LOG,
    PROPOSE_INVALIDATION,
    READ_FRAUD_GROUP,
    READ_FRAUD_REPORT,
    UNDO_INVALIDATION,
    FraudReason,
    FraudState,
    FraudView,
    ListFraud,
    ListFraudLog,
    ReadFraudGroup,
    ReadFraudReport,
    Signal,
)
from contracts.registry import Call

from gateway.forms import reviewing as forms
from gateway.forms.desk import DeskForm
from gateway.i18n import N_
from gateway.site.answers import Answer, Redirect, page
from gateway.site.desk import desk_page
from gateway.site.ideas.labels import Badge, Labels
from gateway.site.ids import as_id
from gateway.site.names import names
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit

QUEUE = "/bureau/soutiens"
SIGNALS = {
    Signal.BURST: (N_("A sudden wave"), N_("Many supports in a short time, compared with the dossier's own rhythm.")),
    Signal.YOUNG: (N_("New accounts"), N_("Most accounts were made shortly before.")),
    Signal.ONE_PURPOSE: (N_("One cause only"), N_("Most accounts support nothing else.")),
    Signal.REGULAR: (N_("Like a clock"), N_("The time between two supports is nearly always the same.")),
}
STATES = {
    FraudState.OPEN: Badge(N_("To look at"), "flag", "info"),
    FraudState.PROPOSED: Badge(N_("Waits for a second agent"), "clock", "warn"),
    FraudState.DISMISSED: Badge(N_("Found real"), "done", "ok"),
    FraudState.INVALIDATED: Badge(N_("Taken out of the count"), "stop", "stop"),
    FraudState.UNDONE: Badge(N_("Given back"), "prev", ""),
}
ACTS_LOGGED = {
    "list": N_("Opened the queue"),
    "look": N_("Looked at a group"),
    "propose": N_("Proposed to take out"),
    "confirm": N_("Took out"),
    "dismiss": N_("Found real"),
    "undo": N_("Gave back"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """Something an agent can do with a group."""

    label: str
    call: Call[Any, Any]
    form: type[DeskForm]
    tone: str


ACTS = {
    "proposer": Act(N_("Propose to take them out"), PROPOSE_INVALIDATION, forms.ProposeForm, "danger"),
    "confirmer": Act(N_("Take them out"), CONFIRM_INVALIDATION, forms.ConfirmForm, "danger"),
    "ecarter": Act(N_("They are real"), DISMISS_FRAUD, forms.DismissForm, "second"),
    "rendre": Act(N_("Give them back"), UNDO_INVALIDATION, forms.GiveBackForm, "second"),
}


def _offered(group: FraudView) -> tuple[str, ...]:
    if group.state is FraudState.OPEN:
        return ("ecarter", "proposer")
    if group.state is FraudState.PROPOSED:
        return ("confirmer", "ecarter") if group.may_confirm else ("ecarter",)
    return ("rendre",) if group.state is FraudState.INVALIDATED else ()


def said(visit: Visit, reason: FraudReason) -> str:
    """A reason with its numbers, in words."""
    number = visit.words.number(reason.found)
    if reason.signal is Signal.BURST:
        text = visit.text("%(n)s supports in %(minutes)s minutes; usually %(usual)s.")
        usual = visit.words.number(reason.usual or 0)
        return text % {"n": number, "minutes": visit.territory.fraud.window_minutes, "usual": usual}
    if reason.signal is Signal.REGULAR:
        if reason.found == 0:
            return visit.text("Several a second.")
        return visit.count("One a second.", "One every %(n)s seconds.", reason.found)
    return visit.count("%(n)s account", "%(n)s accounts", reason.found) % {"n": number}


def show_queue(visit: Visit) -> Answer:
    """The groups that wait."""
    found = visit.call(LIST_FRAUD, ListFraud(after=visit.query("after") or None))
    return desk_page(visit, "desk/supports.html", found=found, signals=SIGNALS, states=STATES, done=visit.query("fait"))


def show(visit: Visit) -> Answer:
    """A group: why it was found, what taking it out would change, what can be done."""
    return _shown(visit, {})


def _shown(visit: Visit, sent: dict[str, DeskForm]) -> Answer:
    group = visit.call(READ_FRAUD_GROUP, ReadFraudGroup(group_id=as_id(visit.url["group"])))
    offered = {name: ACTS[name] for name in _offered(group)}
    return desk_page(
        visit,
        "desk/support-group.html",
        status=max((form.status for form in sent.values()), default=200),
        group=group,
        most=max((bar.supports for bar in group.rhythm), default=1),
        acts=offered,
        forms={name: sent.get(name) or act.form.blank(visit) for name, act in offered.items()},
        signals=SIGNALS,
        states=STATES,
        said=lambda reason: said(visit, reason),
        labels=Labels(visit),
        done=visit.query("fait"),
    )


def act_on(visit: Visit) -> Answer:
    """Do it."""
    name = visit.url["act"]
    if name not in ACTS:
        raise Fault.not_found()
    form = ACTS[name].form.sent(visit)
    if form.submit(ACTS[name].call, group_id=visit.url["group"]) is None:
        return _shown(visit, {name: form})
    return Redirect(f"{QUEUE}/{visit.url['group']}?fait={name}")


def show_log(visit: Visit) -> Answer:
    """Who looked and decided."""
    found = visit.call(LIST_FRAUD_LOG, ListFraudLog(after=visit.query("after") or None))
    return desk_page(
        visit,
        "desk/support-log.html",
        found=found,
        acts=ACTS_LOGGED,
        names=names(visit, [one.agent for one in found.items]),
    )


def report(visit: Visit) -> Answer:
    """What was found and decided in the last twelve months."""
    return page(
        "ideas/supports-report.html", cache=60, report=visit.call(READ_FRAUD_REPORT, ReadFraudReport()), signals=SIGNALS
    )


ROUTES: tuple[SiteRoute, ...] = (
    get(QUEUE, show_queue, who=Who.AGENT),
    get(f"{QUEUE}/journal", show_log, who=Who.AGENT),
    get(QUEUE + "/{group}", show, who=Who.AGENT),
    post(QUEUE + "/{group}/{act}", act_on, who=Who.AGENT),
    get("/transparence/soutiens", report),
)
