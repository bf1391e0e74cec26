"""The part of the door of calls that looks after the community: appeals."""

from chassis.auth import Caller
from chassis.doors import Provided
from chassis.rpc import serves
from contracts import ideas as c

from ideas.resources import Resources
from ideas.use_cases import appealing


class CommunityRpc:
    """A part of :class:`ideas.rpc.IdeasRpc`."""

    resources: Resources = Provided()

    @serves(c.MAKE_APPEAL)
    def make_appeal(self, caller: Caller, request: c.MakeAppeal) -> c.AppealView:
        """See :func:`appealing.make_appeal`."""
        return appealing.make_appeal(self.resources.uow, caller, request)

    @serves(c.READ_APPEAL)
    def read_appeal(self, caller: Caller, request: c.ReadAppeal) -> c.AppealStanding:
        """See :func:`appealing.read_appeal`."""
        return appealing.read_appeal(self.resources.uow, caller, request)

    @serves(c.LIST_APPEALS)
    def list_appeals(self, caller: Caller, request: c.ListAppeals) -> c.AppealPage:
        """See :func:`appealing.list_appeals`."""
        return appealing.list_appeals(self.resources.uow, caller, request)

    @serves(c.DECIDE_APPEAL)
    def decide_appeal(self, caller: Caller, request: c.DecideAppeal) -> c.AppealView:
        """See :func:`appealing.decide_appeal`."""
        return appealing.decide_appeal(self.resources.uow, caller, request)
