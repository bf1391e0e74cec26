"""``/budget/<year>``: where the participatory budget is, what one can do now, its money, its dossiers, its changes."""

from typing import Any, NamedTuple

from contracts.errors import Fault
from contracts.ideas import (
    LIST_CAMPAIGNS,
    LIST_IDEAS,
    LIST_PROJECTS,
    READ_CAMPAIGN,
    CampaignView,
    ListCampaigns,
    ListIdeas,
    ListProjects,
    PhaseCode,
    PhaseView,
    PhaseWhen,
    ReadCampaign,
    Sort,
    Year,
)
from contracts.notifications import FollowKind
from pydantic import TypeAdapter, ValidationError

from gateway.forms.campaigns import named
from gateway.i18n import N_
from gateway.site.answers import Answer, Redirect, page
from gateway.site.ideas.project_labels import ProjectLabels
from gateway.site.notifications.following import follow_button
from gateway.site.routes import SiteRoute, get
from gateway.site.visit import Visit

PHASES = {
    PhaseCode.DEPOSIT: N_("Deposit of ideas"),
    PhaseCode.REVIEW: N_("Study and costs"),
    PhaseCode.CO_CONSTRUCTION: N_("Workshops"),
    PhaseCode.BALLOT: N_("Choice of the projects"),
    PhaseCode.VOTE: N_("The vote"),
    PhaseCode.RESULTS: N_("Results"),
    PhaseCode.DELIVERY: N_("Works"),
}
NOW = {
    PhaseCode.DEPOSIT: N_("You can deposit your ideas now."),
    PhaseCode.REVIEW: N_("The services study every idea: can it be done, and what does it cost?"),
    PhaseCode.CO_CONSTRUCTION: N_("Authors and services work on the projects together."),
    PhaseCode.BALLOT: N_("The commission settles which projects are put to the vote."),
    PhaseCode.VOTE: N_("You decide: the vote is open."),
    PhaseCode.RESULTS: N_("The results are public, with the reason for each project."),
    PhaseCode.DELIVERY: N_("The projects that won are being built."),
}
"""What is happening, for somebody who has just come."""
FIRST_PROJECTS = 6
CLASSES = {PhaseWhen.AFTER: "done", PhaseWhen.DURING: "now", PhaseWhen.BEFORE: "next"}


class Bar(NamedTuple):
    """An envelope as it is drawn: ``share`` of the largest, in per cent."""

    name: str
    amount: int
    share: float


class Act(NamedTuple):
    """What one can do now."""

    path: str
    label: str


def latest(visit: Visit) -> Answer:
    """``/budget``: the newest campaign."""
    found = visit.call(LIST_CAMPAIGNS, ListCampaigns()).items
    if found:
        return Redirect(f"/budget/{found[0].year}")
    return page("ideas/campaign-none.html")


def year_of(visit: Visit) -> int:
    """The year of the address. Raises *not found* for what is no year."""
    try:
        return TypeAdapter(Year).validate_python(visit.url["year"])
    except ValidationError:
        raise Fault.not_found() from None


def show(visit: Visit) -> Answer:
    """The page of a campaign."""
    one = visit.call(READ_CAMPAIGN, ReadCampaign(year=year_of(visit)))
    found = visit.call(LIST_IDEAS, _asked(visit, one))
    others = [each for each in visit.call(LIST_CAMPAIGNS, ListCampaigns()).items if each.year != one.year]
    return page(
        "ideas/campaign.html",
        cache=10,
        one=one,
        found=found,
        others=others,
        acts=acts(visit, one),
        bars=_bars(visit, one),
        whole=sum(each.amount for each in one.envelopes if each.place is None),
        phases=PHASES,
        said=NOW,
        classes=CLASSES,
        labels=ProjectLabels(visit),
        follow=follow_button(visit, FollowKind.CAMPAIGN, one.slug),
        projects=visit.call(LIST_PROJECTS, ListProjects(year=one.year, limit=FIRST_PROJECTS)),
    )


def _asked(visit: Visit, one: CampaignView) -> ListIdeas:
    place, theme = visit.query("lieu"), visit.query("theme")
    known = {code for _, code in named(visit) if code} | {each.code for each in visit.territory.districts}
    chosen: dict[str, Any] = {"districts": (place,)} if place in known else {}
    chosen |= {"themes": (theme,)} if visit.territory.theme(theme) else {}
    paging = {"after": visit.query("after")[:500] or None, "sort": Sort.RECENT}
    return ListIdeas.model_validate({"campaign": one.slug, **paging, **chosen})


def _bars(visit: Visit, one: CampaignView) -> list[Bar]:
    names = {code: name for name, code in named(visit)}
    local = [each for each in one.envelopes if each.place is not None]
    most = max((each.amount for each in local), default=0) or 1
    return [Bar(names.get(each.place, str(each.place)), each.amount, 100 * each.amount / most) for each in local]


def acts(visit: Visit, one: CampaignView) -> list[Act]:
    """The buttons of today: none where nothing can be done."""
    kind = next((each.code for each in visit.territory.kinds if each.in_campaign_only), None)
    if one.now is PhaseCode.DEPOSIT and kind and one.public:
        return [Act(f"/idees/nouvelle?nature={kind}", visit.text("Deposit an idea"))]
    if one.now in {PhaseCode.VOTE, PhaseCode.RESULTS} and any(module.name == "voting" for module in visit.modules):
        label = visit.text("Vote") if one.now is PhaseCode.VOTE else visit.text("See the results")
        return [Act("/votes", label)]
    return []


def current(one: CampaignView) -> PhaseView | None:
    """The phase of today."""
    return next((phase for phase in one.phases if phase.when is PhaseWhen.DURING), None)


ROUTES: tuple[SiteRoute, ...] = (get("/budget", latest), get("/budget/{year}", show))
