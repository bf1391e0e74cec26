"""Reading published data row by row: a row that is not of its form is refused with its place and every reason."""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Generic, TextIO, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError


class Published(BaseModel):
    """The form of a row. Texts lose the blanks around them; what is not asked for is left out."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)


Filled = Annotated[str, StringConstraints(min_length=1)]
M = TypeVar("M", bound=Published)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a row stands."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Row(Generic[M]):
    """A row that is of its form."""

    spot: Spot
    values: M


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row, or a part of one, that cannot be taken."""

    spot: Spot
    reason: str

    def __str__(self) -> str:
        return f"{self.spot}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Import:
    """The body of an import made from a row; ``refused`` are the parts of the row that are not in it."""

    spot: Spot
    body: dict[str, Any]
    refused: tuple[Refusal, ...] = ()
    messages: tuple[dict[str, Any], ...] = ()


@dataclass(slots=True)
class Report:
    """What became of the rows of one job."""

    title: str = ""
    added: int = 0
    already: int = 0
    messages: int = 0
    """Of the dossiers' discussions, new or there before."""
    refused: list[Refusal] = field(default_factory=list)

    def add(self, part: "Report") -> None:
        """Count a part of the job in."""
        self.added += part.added
        self.already += part.already
        self.messages += part.messages
        self.refused += part.refused


def json_lines(path: Path, form: type[M]) -> Iterator[Row[M] | Refusal]:
    """The rows of a file with one JSON object a line, compressed or not."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                spot = Spot(path.name, number)
                try:
                    yield Row(spot, form.model_validate_json(line))
                except ValidationError as errors:
                    yield Refusal(spot, reasons(errors))


def table(path: Path, form: type[M], delimiter: str = ";") -> Iterator[Row[M] | Refusal]:
    """The rows of a CSV file with a header, compressed or not; the line is the one where the row ends."""
    with _text(path) as text:
        reader = csv.reader(text, delimiter=delimiter)
        header = next(reader, [])
        for cells in reader:
            spot = Spot(path.name, reader.line_num)
            if len(cells) != len(header):
                yield Refusal(spot, f"the row has {len(cells)} cells; {len(header)} are expected")
                continue
            try:
                yield Row(spot, form.model_validate(dict(zip(header, cells, strict=True))))
            except ValidationError as errors:
                yield Refusal(spot, reasons(errors))


def header(path: Path) -> str:
    """The first line of a text file, compressed or not."""
    with _text(path) as text:
        return text.readline()


def _text(path: Path) -> TextIO:
    # Bytes that are no UTF-8 become surrogates, which no form accepts: their row is refused, not the whole file.
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", errors="surrogateescape", newline="")
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def reasons(errors: ValidationError) -> str:
    """Everything that is wrong, with the name of each field."""
    found = (f"{'.'.join(map(str, error['loc']))}: {error['msg']}".lstrip(": ") for error in errors.errors())
    return "; ".join(found)
