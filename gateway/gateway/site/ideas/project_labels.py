"""The words of projects: where they stand before the vote, and in whose envelope they are."""

from contracts.ideas import ProjectCard, ProjectState, State

from gateway.i18n import N_
from gateway.site.ideas.labels import STATES, Badge, Labels
from gateway.site.visit import Visit

STANDINGS = {
    ProjectState.STUDIED: Badge(N_("Being studied"), "tools", "info"),
    ProjectState.RETAINED: Badge(N_("Put to the vote"), "check", "ok"),
    ProjectState.SET_ASIDE: Badge(N_("Set aside"), "stop", "stop"),
    ProjectState.ON_BALLOT: Badge(N_("On the ballot"), "check", "info"),
    ProjectState.SELECTED: Badge(N_("Won the vote"), "done", "ok"),
    ProjectState.NOT_SELECTED: Badge(N_("Not chosen by the vote"), "no", ""),
}
BUILT = (State.PLANNED, State.UNDER_WAY, State.DELIVERED, State.ABANDONED)
"""States of a dossier that say more than where its project stood before the vote."""


class ProjectLabels(Labels):
    """Says the codes of projects in the visitor's language."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._says = visit

    def standing(self, one: ProjectCard) -> Badge:
        """The badge of a project."""
        label, icon, tone = STATES[one.state] if one.state in BUILT else STANDINGS[one.project_state]
        return Badge(self._says.text(label), icon, tone)

    def late(self, days: int | None) -> str:
        """``12 jours de retard``; empty: in time."""
        return self._says.count("%(n)s day late", "%(n)s days late", days) if days else ""

    def standings(self) -> list[tuple[str, str]]:
        """What one can filter by: the value and its word."""
        before = [(str(one), badge.label) for one, badge in STANDINGS.items()]
        return [
            (value, self._says.text(label)) for value, label in (*before, *((str(s), STATES[s].label) for s in BUILT))
        ]

    def envelope(self, place: str | None) -> str:
        """Whose envelope pays: the name of a district, of a group of them, or of the whole territory."""
        territory = self._says.territory
        group = next((one for one in territory.groups if one.code == place), None)
        if group is not None:
            return group.name.to(self._says.language)
        return self.district(place) if place else territory.whole.to(self._says.language)

    def neighbourhood(self, code: str | None) -> str:
        """The name of a priority neighbourhood."""
        found = self._says.territory.neighbourhood(code) if code else None
        return found.name.to(self._says.language) if found else code or ""
