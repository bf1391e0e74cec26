"""The consultation "République numérique" (2015): opinions as dossiers, arguments and their votes as discussions."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from markdownify import markdownify

from decider_demo.source import Row, Unfit, json_lines

SOURCE = "republique-numerique.fr 2015"
OPINIONS = "consultations/republique_numerique_2015_opinions.jsonl.gz"
SIDES = {"pour": "pro", "contre": "con"}
TOGETHER = 500
"""Messages in one request."""


def opinions(data: Path) -> Iterator[tuple[Row, dict[str, Any] | Unfit]]:
    """Each opinion as the body of an import, or why it cannot be one."""
    for row in json_lines(data / OPINIONS):
        try:
            yield row, dossier(row)
        except Unfit as reason:
            yield row, reason


def dossier(row: Row) -> dict[str, Any]:
    """The body of one import. Raises :class:`Unfit`."""
    opinion = row.values
    if opinion["trashed"]:
        raise Unfit(f"opinion {opinion['id']} was removed by moderation where it was published")
    day = datetime.fromisoformat(opinion["created_at"]).date()
    return {
        "source": SOURCE,
        "reference": str(opinion["id"]),
        "kind": "idea",
        "title": " ".join(opinion["title"].split()),
        "text": markdown(opinion["body_html"]),
        "theme": "democratie",
        "place": {"scope": "city"},
        "deposited_on": day.isoformat(),
        "supports": opinion["votes_ok"],
        "figures": {"mixed": opinion["votes_mitige"], "against": opinion["votes_nok"]},
        "steps": [{"on": day.isoformat(), "state": "expired", "text": "Consultation close le 18 octobre 2015."}],
    }


def markdown(html: str) -> str:
    """The text of an opinion without its markup; pictures leave their description."""
    return str(markdownify(html, heading_style="ATX", strip=["img"])).strip()


def messages(row: Row) -> Iterator[list[dict[str, Any]]]:
    """The arguments of an opinion, in requests of a bearable size."""
    found = [
        message(argument) for argument in row.values["arguments"] if argument["enabled"] and argument["body"].strip()
    ]
    for start in range(0, len(found), TOGETHER):
        yield found[start : start + TOGETHER]


def unreadable(row: Row) -> list[str]:
    """The arguments that cannot be taken, each with its reason."""
    return [
        f"argument {argument['id']} " + ("was disabled" if not argument["enabled"] else "is empty")
        for argument in row.values["arguments"]
        if not argument["enabled"] or not argument["body"].strip()
    ]


def message(argument: dict[str, Any]) -> dict[str, Any]:
    """One argument as a message for or against."""
    return {
        "reference": str(argument["id"]),
        "side": SIDES[argument["side"]],
        "text": argument["body"],
        "written_at": datetime.fromisoformat(argument["created_at"]).isoformat(),
        "useful": max(0, argument["votes"]),
    }
