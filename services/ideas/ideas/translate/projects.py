"""Projects as the contract's cards and pages, and back."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from chassis.database import Row
from contracts import ideas as c

from ideas.domain.campaign import WHOLE
from ideas.domain.delivery import Works
from ideas.domain.dossier import Place
from ideas.domain.project import Project, Standing
from ideas.translate.views import excerpt, place_view


def wanted(request: c.SaveProject, year: int) -> Project:
    """The project that is asked for."""
    return Project(
        id=request.idea_id,
        year=year,
        title=request.title,
        description=request.description,
        place=request.place or WHOLE,
        ideas=tuple(request.ideas),
        equity=request.equity,
    )


def _values(row: Row, today: date) -> dict[str, Any]:
    place = Place(row.scope, row.district, row.latitude, row.longitude, row.address)
    return {
        "id": row.id,
        "number": row.number,
        "year": row.year,
        "title": row.title,
        "excerpt": excerpt(row.description),
        "theme": row.theme,
        "place": row.place or None,
        "location": place_view(place),
        "project_state": row.standing,
        "state": row.state,
        "ideas": row.ideas,
        "supports": row.supports,
        "cost": row.cost,
        "equity": row.equity,
        "voted": row.voted,
        "works": _works(row, today) if row.works_version else None,
    }


def card(row: Row, today: date) -> c.ProjectCard:
    """A project in a list."""
    return c.ProjectCard.model_validate(_values(row, today))


def view(row: Row, made_of: Iterable[Row], incompatible: Iterable[Row], today: date) -> c.ProjectView:
    """A project, whole."""
    ideas = [
        c.ProjectIdea(
            id=one.id, number=one.number, title="" if one.content_hidden else one.title, leads=one.id == row.id
        )
        for one in made_of
    ]
    others = [c.Incompatible(id=one.id, number=one.number, title=one.title, text=one.text) for one in incompatible]
    reason = row.reason if row.standing == Standing.SET_ASIDE else None
    more = {"description": row.description, "made_of": ideas, "incompatible": others, "reason": reason}
    more |= {"version": row.version}
    return c.ProjectView.model_validate(_values(row, today) | more)


def _works(row: Row, today: date) -> c.WorksView:
    known = {field.name: getattr(row, f"works_{field.name}") for field in fields(Works)}
    days = (min(known["delivered_on"] or today, today) - known["first_due_on"]).days if known["first_due_on"] else 0
    return c.WorksView(**known, days_late=days if days > 0 else None)


def summary(row: Row) -> c.WorksSummary:
    """The works of a campaign, added up."""
    return c.WorksSummary(**row._asdict())
