"""Where each key of a TOML file is written, so that an error can name its line.

TOML readers give values without positions; this reads only the places: headers, keys, and where they begin.
"""

import re
from collections import Counter

Place = tuple[str | int, ...]

_BARE = r'[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|\'[^\']*\''
_PATH = rf"(?:{_BARE})(?:\s*\.\s*(?:{_BARE}))*"
_HEADER = re.compile(rf"^\s*(\[\[?)\s*({_PATH})\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(rf"^\s*({_PATH})\s*=\s*(.*)$")
_PART = re.compile(_BARE)
_TRIPLE = ('"""', "'''")


def _parts(path: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(path)]


class Lines:
    """The line of every table and key of a file."""

    def __init__(self, text: str) -> None:
        self._found: dict[Place, int] = {(): 1}
        self._elements: Counter[Place] = Counter()
        self._table: Place = ()
        self._until: str | None = None
        for number, line in enumerate(text.splitlines(), start=1):
            self._read(line, number)

    def of(self, place: Place) -> int:
        """The line of the place, or of the nearest thing around it."""
        while place not in self._found:
            place = place[:-1]
        return self._found[place]

    def _read(self, line: str, number: int) -> None:
        if self._until is not None:
            self._until = None if self._until in line else self._until
        elif header := _HEADER.match(line):
            self._enter(header, number)
        elif key := _KEY.match(line):
            self._note((*self._table, *_parts(key[1])), number)
            self._until = self._left_open(key[2])

    def _enter(self, header: re.Match[str], number: int) -> None:
        place = self._last_elements(_parts(header[2]))
        if header[1] == "[[":
            self._note(place, number)
            self._elements[place] += 1
            place = (*place, self._elements[place] - 1)
        self._table = place
        self._note(place, number)

    def _last_elements(self, parts: list[str]) -> Place:
        place: Place = ()
        for position, part in enumerate(parts):
            place = (*place, part)
            if position < len(parts) - 1 and self._elements[place]:
                place = (*place, self._elements[place] - 1)
        return place

    def _note(self, place: Place, number: int) -> None:
        for end in range(1, len(place) + 1):
            self._found.setdefault(place[:end], number)

    @staticmethod
    def _left_open(value: str) -> str | None:
        for quotes in _TRIPLE:
            if value.startswith(quotes) and quotes not in value[3:]:
                return quotes
        return None
