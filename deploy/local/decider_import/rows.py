"""The rows of a Decidim export: under the names of its own files, whatever the language, or under shorter ones."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from decider_demo.source import Filled, Published, Refusal, Row, header, table
from pydantic import AliasChoices, AwareDatetime, BeforeValidator, Field, model_validator

_TRANSLATED = re.compile(r"^(title|body|answer|category/name|scope/name)/[a-zA-Z-]{2,7}$")
"""A column of one language."""


def _moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.strip().removesuffix(" UTC")
    for form in ("%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%S"):
        try:
            found = datetime.strptime(text, form)  # noqa: DTZ007 -- without a zone it is UTC, as Decidim writes it
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return value


def _nothing_is_zero(value: object) -> object:
    return value or 0


Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]
Count = Annotated[int, BeforeValidator(_nothing_is_zero), Field(ge=0)]


class _Decidim(Published):
    @model_validator(mode="before")
    @classmethod
    def _one_language(cls, row: Any) -> Any:  # noqa: ANN401 -- whatever stands in the file
        """Of each text, the first language that says something."""
        found = dict(row)
        for name, value in row.items():
            known = _TRANSLATED.match(name)
            if known and str(value).strip() and not found.get(known[1]):
                found[known[1]] = value
        return found


class Proposal(_Decidim):
    """A proposal."""

    id: Filled
    title: Filled
    body: str = ""
    category: str = Field("", validation_alias=AliasChoices("category", "category/name"))
    scope: str = Field("", validation_alias=AliasChoices("scope", "scope/name"))
    address: str = ""
    latitude: str = ""
    longitude: str = ""
    state: str = ""
    answer: str = ""
    votes: Count = Field(0, validation_alias=AliasChoices("votes", "votes/total", "supports"))
    comments: Count = 0
    created_at: Moment = Field(validation_alias=AliasChoices("created_at", "published_at"))


class Debate(_Decidim):
    """A debate: a question and what was said about it."""

    id: Filled
    title: Filled
    body: str = Field("", validation_alias=AliasChoices("body", "description"))
    category: str = Field("", validation_alias=AliasChoices("category", "category/name", "theme"))
    scope: str = Field("", validation_alias=AliasChoices("scope", "scope/name"))
    comments: Count = 0
    created_at: Moment = Field(validation_alias=AliasChoices("created_at", "published_at", "start_time"))


class Comment(_Decidim):
    """A message about a proposal, a debate, or another message."""

    id: Filled
    on: str = ""
    """Where exports of several components were put into one file: of which this row is."""
    about: Annotated[
        Literal["proposal", "debate", "comment"],
        BeforeValidator(lambda value: str(value).rpartition("::")[2].lower()),
    ] = Field(validation_alias=AliasChoices("type", "commentable_type"))
    about_id: Filled = Field(validation_alias="commentable_id")
    alignment: Literal["-1", "0", "1", ""] = "0"
    body: Filled
    created_at: Moment


def proposals(path: Path) -> Iterator[Row[Proposal] | Refusal]:
    """The rows of a file of proposals."""
    return table(path, Proposal, delimiter(path))


def debates(path: Path) -> Iterator[Row[Debate] | Refusal]:
    """The rows of a file of debates."""
    return table(path, Debate, delimiter(path))


def comments(path: Path) -> Iterator[Row[Comment] | Refusal]:
    """The rows of a file of messages."""
    return table(path, Comment, delimiter(path))


def delimiter(path: Path) -> str:
    """What stands between the cells of a file's first line."""
    first = header(path)
    return ";" if first.count(";") > first.count(",") else ","
