"""The places of a territory: districts, those that act as one, priority neighbourhoods."""

from typing import Annotated

from pydantic import Field

from contracts.base import Code, Distinct, Point
from contracts.territory.parts import Part, Positive, Text


class District(Part):
    """A part of the city with its own town hall, or sharing one (see :class:`Group`)."""

    code: Code
    name: Text
    postal_codes: Annotated[tuple[Code, ...], Distinct]
    official_code: Code | None = None
    """How the state numbers it; boundaries are recognised by it."""
    centre: Point


class Group(Part):
    """Districts that act as one: one town hall, one budget, one vote."""

    code: Code
    name: Text
    districts: Annotated[tuple[Code, ...], Distinct, Field(min_length=2)]


class Neighbourhood(Part):
    """A priority neighbourhood: a project in it bears the equity label. Drawn as a circle around its middle."""

    code: Code
    name: Text
    district: Code
    centre: Point
    metres: Positive
    """How far it reaches."""
