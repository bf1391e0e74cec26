"""The part of the door of calls about campaigns."""

from chassis.auth import Caller
from chassis.doors import Provided
from chassis.rpc import serves
from contracts import ideas as c

from ideas.resources import Resources
from ideas.use_cases import admitting, campaigning


class CampaignsRpc:
    """Answers the calls of campaigns."""

    resources: Resources = Provided()

    @serves(c.SAVE_CAMPAIGN)
    def save_campaign(self, caller: Caller, request: c.SaveCampaign) -> c.CampaignView:
        """See :func:`campaigning.save_campaign`."""
        return campaigning.save_campaign(self.resources.uow, caller, request)

    @serves(c.PUBLISH_CAMPAIGN)
    def publish_campaign(self, caller: Caller, request: c.PublishCampaign) -> c.CampaignView:
        """See :func:`campaigning.publish_campaign`."""
        return campaigning.publish_campaign(self.resources.uow, caller, request)

    @serves(c.DECIDE_ADMISSIBILITY)
    def decide_admissibility(self, caller: Caller, request: c.DecideAdmissibility) -> c.AdmissibilityDecided:
        """See :func:`admitting.decide_admissibility`."""
        return admitting.decide_admissibility(self.resources.uow, caller, request)

    @serves(c.READ_CAMPAIGN)
    def read_campaign(self, caller: Caller, request: c.ReadCampaign) -> c.CampaignView:
        """See :func:`campaigning.read_campaign`."""
        return campaigning.read_campaign(self.resources.uow, caller, request)

    @serves(c.LIST_CAMPAIGNS)
    def list_campaigns(self, caller: Caller, _request: c.ListCampaigns) -> c.CampaignList:
        """See :func:`campaigning.list_campaigns`."""
        return campaigning.list_campaigns(self.resources.uow, caller)
