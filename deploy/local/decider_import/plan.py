"""The plan of a move: which files, what they were called there, what they become here. A TOML file of a few lines."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

from decider_demo.source import reasons
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class Files(BaseModel):
    """The files of the export, in its folder. Compressed or not, with commas or semicolons."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    proposals: tuple[Name, ...] = ()
    debates: tuple[Name, ...] = ()
    comments: tuple[Name, ...] = ()


class Plan(BaseModel):
    """What is not in the export, and what only the administration knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Name
    """What the platform was called: every dossier shows it, and knows by it what was taken over before."""
    closed_on: date
    """The day on which taking part ended there: unanswered proposals end with it."""
    kind: Name = "idea"
    theme: Name
    """The theme of what has no category, or one that ``themes`` does not name."""
    themes: Mapping[str, Name] = Field(default_factory=dict)
    """Category there → theme here."""
    districts: Mapping[str, Name] = Field(default_factory=dict)
    """Scope there → district here; any other is about the whole territory."""
    files: Files


class PlanError(ValueError):
    """The plan cannot be used; the message says everything that is wrong with it."""


def read(path: Path) -> Plan:
    """The plan in a file. Raises :class:`PlanError`."""
    try:
        return Plan.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise PlanError(f"{path}: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"{path}: {error}") from error
    except ValidationError as errors:
        raise PlanError(f"{path}: {reasons(errors)}") from errors
