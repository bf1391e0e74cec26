"""Projects: rows ⇄ domain. Who changes a project has its dossiers locked, the leading one among them."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects.postgresql import insert

from ideas.domain.project import Project, Standing
from ideas.tables import dossiers, incompatible_projects, project_ideas, projects

_COLUMNS = ("year", "title", "description", "place", "equity", "standing", "voted", "version")


def _project(row: Row, ideas: Sequence[UUID]) -> Project:
    values = {name: getattr(row, name) for name in _COLUMNS} | {"standing": Standing(row.standing)}
    return Project(id=row.id, ideas=(row.id, *(one for one in ideas if one != row.id)), **values)


def _of(project_id: UUID) -> sa.ColumnElement[bool]:
    return (incompatible_projects.c.one_id == project_id) | (incompatible_projects.c.other_id == project_id)


class Projects:
    """The projects of all campaigns."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, project_id: UUID) -> Project | None:
        """The project that this idea leads."""
        row = self._connection.execute(sa.select(projects).where(projects.c.id == project_id)).first()
        return _project(row, self._ideas(project_id)) if row else None

    def of_campaign(self, year: int) -> Sequence[Project]:
        """All the projects of a campaign."""
        rows = self._connection.execute(sa.select(projects).where(projects.c.year == year).order_by(projects.c.id))
        return [_project(row, self._ideas(row.id)) for row in rows.all()]

    def numbered(self, number: str) -> Project | None:
        """The project of this number."""
        found = self._connection.scalar(
            sa.select(projects.c.id)
            .join_from(projects, dossiers, projects.c.id == dossiers.c.id)
            .where(dossiers.c.number == number)
        )
        return self.find(found) if found else None

    def excluded(self, year: int) -> Mapping[UUID, frozenset[UUID]]:
        """By project of a campaign, those that exclude it."""
        one, other = incompatible_projects.c.one_id, incompatible_projects.c.other_id
        query = sa.select(one, other).join_from(incompatible_projects, projects, projects.c.id == one)
        found: dict[UUID, frozenset[UUID]] = {}
        for first, second in self._connection.execute(query.where(projects.c.year == year)):
            found[first] = found.get(first, frozenset()) | {second}
            found[second] = found.get(second, frozenset()) | {first}
        return found

    def _ideas(self, project_id: UUID) -> Sequence[UUID]:
        query = sa.select(project_ideas.c.idea_id).join_from(
            project_ideas, dossiers, project_ideas.c.idea_id == dossiers.c.id
        )
        of_it = project_ideas.c.project_id == project_id
        return self._connection.scalars(query.where(of_it).order_by(dossiers.c.number)).all()

    def of_ideas(self, ideas: Iterable[UUID]) -> Mapping[UUID, UUID]:
        """By idea, the project that it is part of."""
        query = sa.select(project_ideas).where(project_ideas.c.idea_id.in_(list(ideas)))
        return {row.idea_id: row.project_id for row in self._connection.execute(query)}

    def save(self, one: Project) -> None:
        """Keep a project as it is now."""
        values = {name: getattr(one, name) for name in _COLUMNS}
        kept = insert(projects).values(id=one.id, **values)
        self._connection.execute(kept.on_conflict_do_update(index_elements=["id"], set_=values))
        self._connection.execute(sa.delete(project_ideas).where(project_ideas.c.project_id == one.id))
        self._connection.execute(
            sa.insert(project_ideas), [{"idea_id": idea, "project_id": one.id} for idea in one.ideas]
        )

    def remove(self, project_id: UUID) -> None:
        """Take it apart: the records say that it was."""
        self._connection.execute(sa.delete(incompatible_projects).where(_of(project_id)))
        self._connection.execute(sa.delete(project_ideas).where(project_ideas.c.project_id == project_id))
        self._connection.execute(sa.delete(projects).where(projects.c.id == project_id))

    def exclude(self, one: UUID, other: UUID, text: str | None) -> bool:
        """Note that two projects exclude one another, or that they do not (no ``text``). Whether that was new."""
        pair = {"one_id": min(one, other), "other_id": max(one, other)}
        if text is not None:
            added = insert(incompatible_projects).values(**pair, text=text).on_conflict_do_nothing()
            return self._connection.execute(added.returning(incompatible_projects.c.one_id)).first() is not None
        same = [incompatible_projects.c[name] == value for name, value in pair.items()]
        removed = sa.delete(incompatible_projects).where(*same).returning(incompatible_projects.c.one_id)
        return self._connection.execute(removed).first() is not None
