"""The territory drawn: SVG outlines on the server, GeoJSON for the live map; centres when there are no outlines."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import Any

from contracts.base import Point
from contracts.territory.parts import Bounds

from gateway.site.answers import Answer, Document
from gateway.site.visit import Visit

WIDTH = 600
STEP = 3
"""Outlines keep no two corners nearer than this, in units of the drawing."""
Ring = list[list[float]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The districts as SVG paths in a box of ``WIDTH`` by ``height``."""

    paths: tuple[tuple[str, str], ...]
    """District and path."""
    height: int
    west: float
    north: float
    scale: float
    squeeze: float

    def place(self, point: Point) -> tuple[float, float]:
        """Where a point is in the drawing."""
        return self._spot(point.longitude, point.latitude)

    def _spot(self, longitude: float, latitude: float) -> tuple[float, float]:
        east, south = (longitude - self.west) * self.squeeze, self.north - latitude
        return round(east * self.scale, 1), round(south * self.scale, 1)

    def window(self, code: str | None) -> str:
        """The ``viewBox`` around a district, or of everything."""
        path = dict(self.paths).get(code or "")
        if not path:
            return f"0 0 {WIDTH} {self.height}"
        numbers = [float(number) for number in re.findall(r"-?\d+", path)]
        xs, ys = numbers[0::2], numbers[1::2]
        left, top = min(xs) - 25, min(ys) - 15
        return f"{left:.0f} {top:.0f} {max(xs) - left + 25:.0f} {max(ys) - top + 15:.0f}"


def drawing(visit: Visit) -> Drawing:
    """The drawing of the territory: its districts, or an empty frame as long as no boundaries were imported."""
    file = visit.frame.settings.territory_dir / "districts.geojson"
    return _outlined(file) if file.exists() else _framed(visit.territory.bounds)


@cache
def _framed(bounds: Bounds) -> Drawing:
    return _box(bounds.west, bounds.south, bounds.east, bounds.north)


@cache
def _outlined(file: Path) -> Drawing:
    shapes = {f["properties"]["code"]: list(_rings(f["geometry"])) for f in json.loads(file.read_text())["features"]}
    corners = [corner for rings in shapes.values() for ring in rings for corner in ring]
    longitudes, latitudes = [corner[0] for corner in corners], [corner[1] for corner in corners]
    box = _box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))
    paths = tuple((code, "".join(_path(box, ring) for ring in rings)) for code, rings in shapes.items())
    return replace(box, paths=paths)


def _box(west: float, south: float, east: float, north: float) -> Drawing:
    squeeze = cos(radians((south + north) / 2))
    scale = WIDTH / ((east - west) * squeeze)
    return Drawing((), round((north - south) * scale), west, north, scale, squeeze)


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    several = geometry["type"] == "MultiPolygon"
    for polygon in geometry["coordinates"] if several else [geometry["coordinates"]]:
        yield polygon[0]


def _path(box: Drawing, ring: Ring) -> str:
    kept: list[tuple[float, float]] = []
    for longitude, latitude, *_ in ring:
        x, y = box.place(Point(longitude=longitude, latitude=latitude))
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= STEP:
            kept.append((round(x), round(y)))
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z"


def outlines(visit: Visit) -> Answer:
    """``/territoire.geojson``: the boundaries, or the centres of the districts."""
    file = visit.frame.settings.territory_dir / "districts.geojson"
    body = file.read_bytes() if file.exists() else json.dumps(_centres(visit)).encode()
    return Document(body, "application/geo+json", cache=3600)


def _centres(visit: Visit) -> dict[str, object]:
    features = [
        {
            "type": "Feature",
            "properties": {"code": one.code},
            "geometry": {"type": "Point", "coordinates": [one.centre.longitude, one.centre.latitude]},
        }
        for one in visit.territory.districts
    ]
    return {"type": "FeatureCollection", "features": features}
