"""Where things are: distances, and the boundaries of districts read from a GeoJSON file.

Pure geometry on WGS 84, exact enough for a city. A boundary file is what ``territory import-districts`` writes.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contracts.base import Point

EARTH_RADIUS = 6_371_008.8
Ring = Sequence[Sequence[float]]
Polygon = Sequence[Ring]


def distance(one: Point, other: Point) -> float:
    """Metres between two points."""
    mean = math.radians((one.latitude + other.latitude) / 2)
    north = math.radians(other.latitude - one.latitude)
    east = math.radians(other.longitude - one.longitude) * math.cos(mean)
    return EARTH_RADIUS * math.hypot(north, east)


def _inside_ring(point: Point, ring: Ring) -> bool:
    inside = False
    for (x1, y1, *_), (x2, y2, *_) in zip(ring, [*ring[1:], ring[0]], strict=True):
        crosses = (y1 > point.latitude) != (y2 > point.latitude)
        if crosses and point.longitude < x1 + (point.latitude - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def _inside(point: Point, polygon: Polygon) -> bool:
    outer, *holes = polygon
    return _inside_ring(point, outer) and not any(_inside_ring(point, hole) for hole in holes)


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The polygons of each district; empty until the administration has given them."""

    polygons: Mapping[str, Sequence[Polygon]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.polygons)

    def around(self, point: Point) -> str | None:
        """The code of the district in which the point lies."""
        for code, polygons in self.polygons.items():
            if any(_inside(point, polygon) for polygon in polygons):
                return code
        return None


def polygons_of(geometry: Mapping[str, Any]) -> Sequence[Polygon]:
    """The polygons of a GeoJSON geometry. Raises ``ValueError`` if it is not made of polygons with numbers."""
    if geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        raise ValueError("the geometry is neither a Polygon nor a MultiPolygon")
    coordinates = geometry.get("coordinates") or []
    polygons: list[list[list[list[float]]]] = [coordinates] if geometry["type"] == "Polygon" else coordinates
    for ring in (ring for polygon in polygons for ring in polygon):
        _check_ring(ring)
    if not polygons or not all(polygons):
        raise ValueError("the geometry is empty")
    return polygons


def _check_ring(ring: Sequence[Sequence[float]]) -> None:
    if len(ring) < 4:
        raise ValueError("a ring has fewer than four positions")
    for longitude, latitude, *_ in ring:
        if not (-180 <= float(longitude) <= 180 and -90 <= float(latitude) <= 90):
            raise ValueError("a position is not a longitude and a latitude in degrees")


def read_boundaries(path: Path) -> Boundaries:
    """The boundaries that ``import-districts`` wrote; empty if it was never run."""
    if not path.exists():
        return Boundaries()
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return Boundaries({f["properties"]["code"]: polygons_of(f["geometry"]) for f in features})
