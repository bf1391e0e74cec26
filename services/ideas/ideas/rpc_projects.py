"""The part of the door of calls about projects of the participatory budget."""

from chassis.auth import Caller
from chassis.doors import Provided
from chassis.rpc import serves
from contracts import ideas as c
from contracts.base import Empty

from ideas.resources import Resources
from ideas.use_cases import ballots, delivering, grouping, outcomes, projects, settling


class ProjectsRpc:
    """Answers the calls of projects."""

    resources: Resources = Provided()

    @serves(c.SAVE_PROJECT)
    def save_project(self, caller: Caller, request: c.SaveProject) -> c.ProjectView:
        """See :func:`grouping.save_project`."""
        return grouping.save_project(self.resources.uow, caller, request)

    @serves(c.DISSOLVE_PROJECT)
    def dissolve_project(self, caller: Caller, request: c.DissolveProject) -> Empty:
        """See :func:`grouping.dissolve_project`."""
        return grouping.dissolve_project(self.resources.uow, caller, request)

    @serves(c.SETTLE_PROJECT)
    def settle_project(self, caller: Caller, request: c.SettleProject) -> c.ProjectView:
        """See :func:`settling.settle_project`."""
        return settling.settle_project(self.resources.uow, caller, request)

    @serves(c.DECLARE_INCOMPATIBLE)
    def declare_incompatible(self, caller: Caller, request: c.DeclareIncompatible) -> c.ProjectView:
        """See :func:`settling.declare_incompatible`."""
        return settling.declare_incompatible(self.resources.uow, caller, request)

    @serves(c.FREEZE_BALLOT)
    def freeze_ballot(self, caller: Caller, request: c.FreezeBallot) -> c.BallotFrozen:
        """See :func:`ballots.freeze_ballot`."""
        return ballots.freeze_ballot(self.resources.uow, caller, request)

    @serves(c.ENTER_RESULT)
    def enter_result(self, caller: Caller, request: c.EnterResult) -> c.ProjectView:
        """See :func:`outcomes.enter_result`."""
        return outcomes.enter_result(self.resources.uow, caller, request)

    @serves(c.RECORD_WORKS)
    def record_works(self, caller: Caller, request: c.RecordWorks) -> c.ProjectView:
        """See :func:`delivering.record_works`."""
        return delivering.record_works(self.resources.uow, caller, request)

    @serves(c.READ_WORKS)
    def read_works(self, _caller: Caller, request: c.ReadWorks) -> c.WorksSummary:
        """See :func:`delivering.read_works`."""
        return delivering.read_works(self.resources.uow, request)

    @serves(c.READ_PROJECT)
    def read_project(self, _caller: Caller, request: c.ReadProject) -> c.ProjectView:
        """See :func:`projects.read_project`."""
        return projects.read_project(self.resources.uow, request)

    @serves(c.LIST_PROJECTS)
    def list_projects(self, _caller: Caller, request: c.ListProjects) -> c.ProjectPage:
        """See :func:`projects.list_projects`."""
        return projects.list_projects(self.resources.uow, request)

    @serves(c.MAP_PROJECTS)
    def map_projects(self, _caller: Caller, request: c.MapProjects) -> c.ProjectMap:
        """See :func:`projects.map_projects`."""
        return projects.map_projects(self.resources.uow, request)

    @serves(c.LIST_UNGROUPED)
    def list_ungrouped(self, caller: Caller, request: c.ListUngrouped) -> c.DossierPage:
        """See :func:`projects.list_ungrouped`."""
        return projects.list_ungrouped(self.resources.uow, caller, request)
