"""The consultation "République numérique" (2015): opinions as dossiers, arguments and their votes as discussions."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from markdownify import markdownify
from pydantic import AwareDatetime, Field, ValidationError

from decider_demo.source import Filled, Import, Published, Refusal, Row, json_lines, reasons

SOURCE = "republique-numerique.fr 2015"
OPINIONS = "consultations/republique_numerique_2015_opinions.jsonl.gz"
SIDES = {"pour": "pro", "contre": "con"}
CLOSED = date(2015, 10, 18)
"""The last day of the consultation."""

Count = Annotated[int, Field(ge=0)]


class Argument(Published):
    """An argument for or against an opinion."""

    id: int
    side: Literal["pour", "contre"]
    body: str
    created_at: AwareDatetime
    votes: Count
    enabled: bool
    trashed: bool


class Opinion(Published):
    """A row of the file. Its arguments are judged one by one."""

    id: int
    title: Filled
    body_html: str
    created_at: AwareDatetime
    trashed: bool
    votes_ok: Count
    votes_mitige: Count
    votes_nok: Count
    arguments: tuple[dict[str, Any], ...]


def imports(data: Path) -> Iterator[Import | Refusal]:
    """Each opinion as an import with its messages, and each row that cannot be used."""
    for row in json_lines(data / OPINIONS, Opinion):
        yield row if isinstance(row, Refusal) else dossier(row)


def dossier(row: Row[Opinion]) -> Import | Refusal:
    """One opinion as an import."""
    opinion = row.values
    if opinion.trashed:
        with_it = f"; {len(opinion.arguments)} arguments with it" if opinion.arguments else ""
        return Refusal(row.spot, f"opinion {opinion.id} was removed by moderation where it was published{with_it}")
    judged = [argument(row, number) for number in range(len(opinion.arguments))]
    body = {
        "source": SOURCE,
        "reference": str(opinion.id),
        "kind": "idea",
        "title": " ".join(opinion.title.split()),
        "text": markdown(opinion.body_html),
        "theme": "democratie",
        "place": {"scope": "city"},
        "deposited_on": opinion.created_at.date().isoformat(),
        "supports": opinion.votes_ok,
        "figures": {"mixed": opinion.votes_mitige, "against": opinion.votes_nok},
        "steps": [{"on": CLOSED.isoformat(), "state": "expired", "text": "Consultation close le 18 octobre 2015."}],
    }
    messages = tuple(message(one) for one in judged if isinstance(one, Argument))
    return Import(row.spot, body, tuple(one for one in judged if isinstance(one, Refusal)), messages)


def argument(row: Row[Opinion], number: int) -> Argument | Refusal:
    """The argument at that place of an opinion, if it can be taken."""
    try:
        found = Argument.model_validate(row.values.arguments[number])
    except ValidationError as errors:
        return Refusal(row.spot, f"argument {number}: {reasons(errors)}")
    if found.trashed or not found.enabled:
        return Refusal(row.spot, f"argument {found.id} was removed by moderation where it was published")
    return found if found.body else Refusal(row.spot, f"argument {found.id} is empty")


def markdown(html: str) -> str:
    """The text of an opinion without its markup; pictures leave their description."""
    return str(markdownify(html, heading_style="ATX", strip=["img"])).strip()


def message(argument: Argument) -> dict[str, Any]:
    """One argument as a message for or against."""
    return {
        "reference": str(argument.id),
        "side": SIDES[argument.side],
        "text": argument.body,
        "written_at": argument.created_at.isoformat(),
        "useful": argument.votes,
    }
