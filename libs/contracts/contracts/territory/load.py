"""Reads ``territory.toml``: the whole of it, or every error with its line."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from contracts.territory.geography import read_boundaries
from contracts.territory.lines import Lines, Place
from contracts.territory.model import Territory

FILE = "territory.toml"
BOUNDARIES = "districts.geojson"


@dataclass(frozen=True, slots=True, order=True)
class TerritoryProblem:
    """One thing that is wrong with the file, and where."""

    line: int
    place: str
    detail: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.place}: {self.detail}" if self.place else f"line {self.line}: {self.detail}"


class TerritoryErrors(ValueError):
    """Everything that is wrong with the file, in its order."""

    def __init__(self, path: Path, problems: Iterable[TerritoryProblem]) -> None:
        self.path = path
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(f"{path}: {problem}" for problem in self.problems))


def load_territory(folder: Path) -> Territory:
    """The territory of a folder, with the boundaries of its districts if they were imported.

    Raises :class:`TerritoryErrors` with every error at once.
    """
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except FileNotFoundError:
        raise TerritoryErrors(path, [TerritoryProblem(1, "", "there is no such file")]) from None
    except UnicodeDecodeError:
        raise TerritoryErrors(path, [TerritoryProblem(1, "", "the file is not written in UTF-8")]) from None
    except tomllib.TOMLDecodeError as error:
        raise TerritoryErrors(path, [_of_syntax(error)]) from None
    territory = _validated(path, text, raw)
    return territory.bounded_by(read_boundaries(folder / BOUNDARIES))


def _validated(path: Path, text: str, raw: dict[str, object]) -> Territory:
    lines = Lines(text)
    try:
        territory = Territory.model_validate(raw)
    except ValidationError as error:
        found = ((e["loc"], e["msg"].removeprefix("Value error, ")) for e in error.errors(include_url=False))
        raise TerritoryErrors(path, [_problem(lines, place, detail) for place, detail in found]) from None
    problems = [_problem(lines, place, detail) for place, detail in _contradictions(territory)]
    if problems:
        raise TerritoryErrors(path, problems)
    return territory


def _of_syntax(error: tomllib.TOMLDecodeError) -> TerritoryProblem:
    message = str(error)
    at = re.search(r"\(at line (\d+)", message)
    return TerritoryProblem(int(at[1]) if at else 1, "", message.split(" (at ", maxsplit=1)[0])


def _problem(lines: Lines, place: Place, detail: str) -> TerritoryProblem:
    return TerritoryProblem(lines.of(place), ".".join(map(str, place)), detail)


def _contradictions(territory: Territory) -> Iterator[tuple[Place, str]]:
    """What each part allows and the whole does not."""
    yield from _missing_languages(territory)
    yield from _repeated_codes(territory)
    yield from _unknown_codes(territory)
    yield from _circles(territory)


def _missing_languages(territory: Territory) -> Iterator[tuple[Place, str]]:
    for place, text in territory.texts():
        for language in territory.languages:
            if language not in text.root:
                yield place, f"has no text in the language {language}"


def _repeated_codes(territory: Territory) -> Iterator[tuple[Place, str]]:
    for name in ("districts", "groups", "neighbourhoods", "themes", "services", "kinds", "reasons", "grades"):
        seen: set[str] = set()
        for position, part in enumerate(getattr(territory, name)):
            if part.code in seen:
                yield (name, position, "code"), f"{part.code} is used twice"
            seen.add(part.code)


def _unknown_codes(territory: Territory) -> Iterator[tuple[Place, str]]:
    districts = {one.code for one in territory.districts}
    groups = {one.code for one in territory.groups}
    services = {one.code for one in territory.services}
    for position, group in enumerate(territory.groups):
        for code in set(group.districts) - districts:
            yield ("groups", position, "districts"), f"there is no district {code}"
    for position, one in enumerate(territory.neighbourhoods):
        if one.district not in districts:
            yield ("neighbourhoods", position, "district"), f"there is no district {one.district}"
    for position, service in enumerate(territory.services):
        if service.parent is not None and service.parent not in services:
            yield ("services", position, "parent"), f"there is no service {service.parent}"
        if service.district is not None and service.district not in districts | groups:
            yield ("services", position, "district"), f"there is no district or group {service.district}"
    for position, district in enumerate(territory.districts):
        if not territory.bounds.contain(district.centre):
            yield ("districts", position, "centre"), "lies outside of the bounds of the territory"


def _circles(territory: Territory) -> Iterator[tuple[Place, str]]:
    """Services that are above themselves: nothing could be passed up from them."""
    parents = {one.code: one.parent for one in territory.services}
    for position, service in enumerate(territory.services):
        above, seen = service.parent, {service.code}
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == service.code:
            yield ("services", position, "parent"), f"{service.code} is above itself"
