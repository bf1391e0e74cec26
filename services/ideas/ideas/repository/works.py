"""The works of projects: rows ⇄ domain. Who changes them has the dossiers of the project locked."""

from dataclasses import asdict, fields
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ideas.domain.delivery import Works
from ideas.tables import works

_COLUMNS = tuple(field.name for field in fields(Works))


class AllWorks:
    """Dates, progress and money of the projects that won."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def of(self, project_id: UUID) -> Works:
        """The works of a project; nothing was told yet: the empty ones."""
        row = self._connection.execute(sa.select(works).where(works.c.project_id == project_id)).first()
        return Works(**{name: getattr(row, name) for name in _COLUMNS}) if row else Works()

    def due_on(self, project_id: UUID) -> date | None:
        """The day that is promised now."""
        query = sa.select(works.c.due_on).where(works.c.project_id == project_id, works.c.delivered_on.is_(None))
        return self._connection.scalar(query)

    def save(self, project_id: UUID, one: Works) -> None:
        """Keep them as they are now."""
        values = asdict(one)
        kept = insert(works).values(project_id=project_id, **values)
        self._connection.execute(kept.on_conflict_do_update(index_elements=["project_id"], set_=values))
