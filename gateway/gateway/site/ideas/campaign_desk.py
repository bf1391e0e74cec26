"""``/bureau/campagnes``: campaign managers prepare a campaign, publish it, and change it with a public reason."""

from contracts.ideas import (
    LIST_CAMPAIGNS,
    PUBLISH_CAMPAIGN,
    READ_CAMPAIGN,
    SAVE_CAMPAIGN,
    CampaignView,
    ListCampaigns,
    PublishCampaign,
    ReadCampaign,
)

from gateway.forms.campaigns import CampaignForm
from gateway.site.answers import Answer, Redirect
from gateway.site.desk import desk_page
from gateway.site.ideas.campaigns import PHASES, year_of
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit

HOME = "/bureau/campagnes"


def browse(visit: Visit) -> Answer:
    """Every campaign, drafts included."""
    found = visit.call(LIST_CAMPAIGNS, ListCampaigns())
    return desk_page(visit, "desk/campaigns.html", found=found, phases=PHASES)


def begin(visit: Visit) -> Answer:
    """An empty form."""
    return _editor(visit, CampaignForm.new(visit), None)


def create(visit: Visit) -> Answer:
    """A new draft."""
    return _save(visit, None)


def edit(visit: Visit) -> Answer:
    """The form as the campaign is now."""
    one = _read(visit)
    return _editor(visit, CampaignForm.of(visit, one), one)


def save(visit: Visit) -> Answer:
    """Change the campaign; what is public leaves a trace."""
    return _save(visit, _read(visit))


def _read(visit: Visit) -> CampaignView:
    return visit.call(READ_CAMPAIGN, ReadCampaign(year=year_of(visit)))


def _save(visit: Visit, one: CampaignView | None) -> Answer:
    form = CampaignForm.sent(visit)
    made = form.submit_as(SAVE_CAMPAIGN, form.document() | ({"year": one.year} if one else {}))
    return _editor(visit, form, one) if made is None else Redirect(f"{HOME}/{made.year}?fait=1")


def _editor(visit: Visit, form: CampaignForm, one: CampaignView | None) -> Answer:
    return desk_page(
        visit, "desk/campaign.html", status=form.status, form=form, one=one, phases=PHASES, done=visit.query("fait")
    )


def publish(visit: Visit) -> Answer:
    """Make it public."""
    made = visit.call(PUBLISH_CAMPAIGN, PublishCampaign(year=year_of(visit)))
    return Redirect(f"{HOME}/{made.year}?fait=1")


ROUTES: tuple[SiteRoute, ...] = (
    get(HOME, browse, who=Who.AGENT),
    get(f"{HOME}/nouvelle", begin, who=Who.AGENT),
    post(f"{HOME}/nouvelle", create, who=Who.AGENT),
    get(f"{HOME}/{{year}}", edit, who=Who.AGENT),
    post(f"{HOME}/{{year}}", save, who=Who.AGENT),
    post(f"{HOME}/{{year}}/publier", publish, who=Who.AGENT),
)
