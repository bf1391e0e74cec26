"""The part of the door of calls that looks after the community: appeals."""

from chassis.auth import Caller
from chassis.doors import Provided
from chassis.rpc import serves
from contracts import ideas as c

from ideas.resources import Resources
from ideas.use_cases import appealing, debating


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

    @serves(c.OPEN_DEBATE)
    def open_debate(self, caller: Caller, request: c.OpenDebate) -> c.DebateView:
        """See :func:`debating.open_debate`."""
        return debating.open_debate(self.resources.uow, self.resources.territory, caller, request)

    @serves(c.READ_DEBATE)
    def read_debate(self, caller: Caller, request: c.ReadDebate) -> c.DebateView:
        """See :func:`debating.read_debate`."""
        return debating.read_debate(self.resources.uow, caller, request)

    @serves(c.LIST_DEBATES)
    def list_debates(self, _caller: Caller, request: c.ListDebates) -> c.DebatePage:
        """See :func:`debating.list_debates`."""
        return debating.list_debates(self.resources.uow, request)

    @serves(c.CONCLUDE_DEBATE)
    def conclude_debate(self, caller: Caller, request: c.ConcludeDebate) -> c.DebateView:
        """See :func:`debating.conclude_debate`."""
        return debating.conclude_debate(self.resources.uow, caller, request)
