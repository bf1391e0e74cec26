"""Reads a Pabulib file as a stream: its meta data and projects first, then one ballot after the other."""

import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

SECTIONS = ("META", "PROJECTS", "VOTES")
NEEDED_META = ("num_projects", "num_votes", "budget", "vote_type")
VOTE_TYPES = frozenset({"approval", "choose-1", "ordinal", "cumulative", "scoring"})
_IDENTIFIER = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$")


class NotPabulib(ValueError):
    """The file is not one of Pabulib's: nothing in it can be used."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was refused, or a number that does not add up."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What the file says of the whole election; every key is kept, in the order of the file."""

    values: Mapping[str, str]

    def get(self, key: str, default: str = "") -> str:
        """The value of a key."""
        return self.values.get(key, default)

    @property
    def vote_type(self) -> str:
        """How ballots are written."""
        return self.get("vote_type")

    @property
    def budget(self) -> int:
        """The envelope, in whole units of the currency."""
        return whole(self.get("budget"))

    @property
    def max_length(self) -> int | None:
        """How many projects a ballot may name; ``None``: as many as there are."""
        if self.vote_type == "choose-1":
            return 1
        return int(self.get("max_length")) if self.get("max_length").isdigit() else None


@dataclass(frozen=True, slots=True)
class Project:
    """A project; ``fields`` is its whole row."""

    id: str
    cost: int
    name: str
    fields: Mapping[str, str]

    @property
    def votes(self) -> int | None:
        """The published number of ballots that name it."""
        text = self.fields.get("votes", "")
        return int(text) if text.isdigit() else None


@dataclass(frozen=True, slots=True)
class Vote:
    """A ballot; ``points`` in the order of ``choices`` where the file gives them, ``fields`` is its whole row."""

    line: int
    voter: str
    choices: tuple[str, ...]
    points: tuple[int, ...] | None
    fields: Mapping[str, str]


def whole(text: str) -> int:
    """An amount such as ``400000.0`` or ``8 000 000``. Raises ``ValueError`` for a fraction or anything else."""
    number = float(text.replace(" ", "").replace(",", "."))
    if number != int(number) or number < 0:
        raise ValueError("not a whole amount")
    return int(number)


@dataclass(slots=True)
class Reader:
    """An open file. ``votes()`` reads on, once; what was refused so far is in ``problems``."""

    rows: Iterator[tuple[int, list[str]]]
    meta: Meta = field(default_factory=lambda: Meta({}))
    project_columns: tuple[str, ...] = ()
    projects: dict[str, Project] = field(default_factory=dict)
    vote_columns: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    """How often each project is named, in refused ballots too: what the published numbers are compared with."""
    ballots: int = 0
    _voters: set[str] = field(default_factory=set)

    def read_head(self) -> None:
        """Read everything before the ballots. Raises :class:`NotPabulib`."""
        self._expect("META")
        next(self.rows, None)
        self.meta = Meta(dict(_pair(row) for _, row in self._until("PROJECTS")))
        self._check_meta()
        self.project_columns = self._columns("project_id", "cost")
        rows = 0
        for line, row in self._until("VOTES"):
            rows += 1
            self._add_project(line, row)
        self._compare("num_projects", rows)
        self.vote_columns = self._columns("voter_id", "vote")

    def votes(self) -> Iterator[Vote]:
        """The ballots that can be used; at the end the published numbers are compared with what was there."""
        rows = 0
        for line, row in self.rows:
            if row:
                rows += 1
                vote = self._vote(line, row)
                if vote is not None:
                    self.ballots += 1
                    yield vote
        self._compare("num_votes", rows)
        if self.meta.vote_type in {"approval", "choose-1"}:
            self._compare_counts()

    def _expect(self, section: str) -> None:
        line, row = next(self.rows, (1, [""]))
        if [cell.strip() for cell in row[:1]] != [section]:
            raise NotPabulib(f"line {line}: the section {section} is expected here")

    def _until(self, section: str) -> Iterator[tuple[int, list[str]]]:
        for line, row in self.rows:
            if len(row) == 1 and row[0].strip() == section:
                return
            if row:
                yield line, row
        raise NotPabulib(f"the section {section} is missing")

    def _columns(self, *needed: str) -> tuple[str, ...]:
        line, row = next(self.rows, (0, []))
        columns = tuple(cell.strip() for cell in row)
        missing = [name for name in needed if name not in columns]
        if missing:
            raise NotPabulib(f"line {line}: the column {missing[0]} is missing")
        return columns

    def _check_meta(self) -> None:
        missing = [key for key in NEEDED_META if not self.meta.get(key)]
        if missing:
            raise NotPabulib(f"META does not say {', '.join(missing)}")
        if self.meta.vote_type not in VOTE_TYPES:
            raise NotPabulib(f"META names a kind of ballot that Pabulib does not have: {self.meta.vote_type}")
        try:
            _ = self.meta.budget
        except ValueError:
            raise NotPabulib(f"META gives a budget that is no whole amount: {self.meta.get('budget')}") from None

    def _add_project(self, line: int, row: list[str]) -> None:
        fields = self._fields(line, row, self.project_columns)
        if fields is None:
            return
        id_ = fields["project_id"]
        try:
            cost = whole(fields["cost"])
        except ValueError:
            self._refuse(line, f"the cost of project {id_!r} is no whole amount: {fields['cost']!r}")
        else:
            if id_ in self.projects:
                self._refuse(line, f"project {id_!r} is there twice")
            elif not _IDENTIFIER.match(id_):
                self._refuse(line, f"{id_!r} cannot be the identifier of a project")
            else:
                self.projects[id_] = Project(id_, cost, fields.get("name", ""), fields)

    def _vote(self, line: int, row: list[str]) -> Vote | None:
        fields = self._fields(line, row, self.vote_columns)
        if fields is None:
            return None
        choices = tuple(choice for choice in fields["vote"].split(",") if choice)
        self.counted.update(choices)
        reason = self._wrong(fields["voter_id"], choices)
        try:
            points = tuple(int(one) for one in fields["points"].split(",") if one) if "points" in fields else None
        except ValueError:
            points, reason = None, reason or "the points are no whole numbers"
        if points is not None and len(points) != len(choices):
            reason = reason or "there are not as many points as projects"
        if reason:
            self._refuse(line, reason)
            return None
        self._voters.add(fields["voter_id"])
        return Vote(line, fields["voter_id"], choices, points, fields)

    def _wrong(self, voter: str, choices: tuple[str, ...]) -> str:
        unknown = [choice for choice in choices if choice not in self.projects]
        most = self.meta.max_length
        if voter in self._voters:
            return f"voter {voter!r} has a ballot already"
        if unknown:
            return f"the ballot names an unknown project: {unknown[0]!r}"
        if len(set(choices)) != len(choices):
            return "the ballot names a project twice"
        if most is not None and len(choices) > most:
            return f"the ballot names {len(choices)} projects; {most} are allowed"
        return ""

    def _fields(self, line: int, row: list[str], columns: tuple[str, ...]) -> dict[str, str] | None:
        if len(row) != len(columns):
            self._refuse(line, f"the row has {len(row)} cells; {len(columns)} are expected")
            return None
        return dict(zip(columns, row, strict=True))

    def _refuse(self, line: int, reason: str) -> None:
        self.problems.append(Problem(line, reason))

    def _compare(self, key: str, found: int) -> None:
        if self.meta.get(key) != str(found):
            self._refuse(0, f"META says {key} {self.meta.get(key)}; there are {found} rows")

    def _compare_counts(self) -> None:
        for project in self.projects.values():
            if project.votes is not None and project.votes != self.counted[project.id]:
                found = self.counted[project.id]
                self._refuse(0, f"project {project.id!r} has {project.votes} votes as published; counted: {found}")


def _pair(row: list[str]) -> tuple[str, str]:
    return row[0].strip(), row[1].strip() if len(row) > 1 else ""


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """The file, with its head already read. Raises :class:`NotPabulib` or ``OSError``."""
    with _text(path) as stream:
        reader = Reader(_rows(stream))
        try:
            reader.read_head()
            yield reader
        except (UnicodeDecodeError, csv.Error, gzip.BadGzipFile, EOFError) as error:
            raise NotPabulib(f"the file cannot be read as text: {error}") from None


def _text(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _rows(stream: TextIO) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(stream, delimiter=";")
    for row in reader:
        yield reader.line_num, row
