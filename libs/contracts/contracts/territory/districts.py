"""Takes over the boundaries of districts from a GeoJSON file that the administration gives.

A feature is recognised by any of its properties: the district's code, its official code or one of its postal codes.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contracts.territory.geography import polygons_of
from contracts.territory.load import BOUNDARIES
from contracts.territory.model import Territory
from contracts.territory.places import District

DECIMALS = 6
"""A tenth of a metre."""


class BadBoundaries(ValueError):
    """Everything that is wrong with a GeoJSON file."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def import_districts(territory: Territory, source: Path, folder: Path) -> tuple[str, ...]:
    """Write the boundaries of every district into ``folder``; give the codes of the districts.

    Raises :class:`BadBoundaries` with every error, and then writes nothing.
    """
    found, problems = _recognised(territory, _features(source))
    missing = [f"no feature is the district {one.code}" for one in territory.districts if one.code not in found]
    if problems or missing:
        raise BadBoundaries(problems + missing)
    features = [_feature(code, found[code]) for code in sorted(found)]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    target = folder / BOUNDARIES
    partial = target.with_suffix(".partial")
    partial.write_text(text + "\n", encoding="utf-8")
    partial.replace(target)
    return tuple(sorted(found))


def _features(source: Path) -> list[Mapping[str, Any]]:
    try:
        document = json.loads(source.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadBoundaries([f"{source}: there is no such file"]) from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadBoundaries([f"{source}: is not JSON: {error}"]) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise BadBoundaries([f"{source}: is not a GeoJSON FeatureCollection"])
    return features


def _recognised(territory: Territory, features: list[Mapping[str, Any]]) -> tuple[dict[str, Any], list[str]]:
    found: dict[str, Any] = {}
    problems: list[str] = []
    for number, feature in enumerate(features, start=1):
        try:
            code = _district_of(territory, feature).code
            if code in found:
                raise ValueError(f"the district {code} is there twice")
            found[code] = _rounded(polygons_of(feature["geometry"]))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            problems.append(f"feature {number}: {error}")
    return found, problems


def _district_of(territory: Territory, feature: Mapping[str, Any]) -> District:
    words = {str(value) for value in feature["properties"].values()}
    by_code = (one for one in territory.districts if words & {one.code, one.official_code})
    by_post = (one for one in territory.districts if words & set(one.postal_codes))
    found = next(by_code, None) or next(by_post, None)
    if found is None:
        raise ValueError("no property holds the code, the official code or a postal code of a district")
    return found


def _rounded(value: Any) -> Any:  # noqa: ANN401 -- nested lists of any depth
    if isinstance(value, (list, tuple)):
        return [_rounded(inner) for inner in value]
    return round(float(value), DECIMALS)


def _feature(code: str, polygons: Any) -> dict[str, Any]:  # noqa: ANN401
    geometry = {"type": "MultiPolygon", "coordinates": polygons}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}
