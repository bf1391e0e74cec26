"""A territory is white label made data: one validated TOML per administration, and no code.

``load_territory(folder)`` gives the whole of it or raises :class:`TerritoryErrors`, which names every error with its
line. ``territories/paris`` is the model; another administration copies the folder.
"""

from contracts.territory.geography import Boundaries, distance
from contracts.territory.load import TerritoryErrors, TerritoryProblem, load_territory
from contracts.territory.model import Territory
from contracts.territory.parts import (
    DEBATE,
    Debate,
    Grade,
    Kind,
    Limit,
    Moderation,
    Permission,
    Reason,
    Residence,
    Service,
    Stage,
    Text,
    Theme,
)
from contracts.territory.places import District, Group, Neighbourhood

__all__ = [
    "DEBATE",
    "Boundaries",
    "Debate",
    "District",
    "Grade",
    "Group",
    "Kind",
    "Limit",
    "Moderation",
    "Neighbourhood",
    "Permission",
    "Reason",
    "Residence",
    "Service",
    "Stage",
    "Territory",
    "TerritoryErrors",
    "TerritoryProblem",
    "Text",
    "Theme",
    "distance",
    "load_territory",
]
