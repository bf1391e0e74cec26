"""The pages that are made from the code: ``python docs/generated.py`` writes them, a test compares them.

Settings, contracts, problems and the OpenAPI document are data; describing them twice by hand would be wrong soon.
"""

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from contracts.errors import STATUS, FaultCode
from contracts.registry import SERVICES, Call, Event, contract
from gateway.api.openapi import document
from gateway.capabilities import suite_version
from pydantic_settings import BaseSettings

from gateway import modules

DOCS = Path(__file__).parent
NOTE = "<!-- made by docs/generated.py: change the code, not this page -->\n"


def settings_of(program: str) -> type[BaseSettings]:
    """The settings class of a service, or of the gateway."""
    module = import_module(f"{program}.settings")
    found: type[BaseSettings] = getattr(module, f"{program.capitalize()}Settings", None) or module.Settings
    return found


def configuration() -> str:
    """Every setting of every program: name, default, what it is for."""
    return "\n".join([NOTE + "# Configuration", "", _INTRODUCTION, *_programs()]) + "\n"


_INTRODUCTION = (
    "Settings are environment variables. A secret `X` may instead be in the file that `X_FILE` names. A program whose\n"
    "settings are not complete says which, and does not start.\n"
)


def _programs() -> Iterator[str]:
    for program in (*SERVICES, "gateway"):
        yield f"## {program}\n\n| setting | default | what it is for |\n|---|---|---|"
        for name, field in settings_of(program).model_fields.items():
            default = "**needed**" if field.is_required() else f"`{_plain(field.default)}`"
            yield f"| `{name.upper()}` | {default} | {_cell(field.description)} |"
        yield ""


def _plain(value: object) -> str:
    return "" if value is None or value == "" else str(value)


def _cell(text: str | None) -> str:
    return " ".join((text or "").replace("``", "`").replace("|", "\\|").split())


def contracts_page() -> str:
    """Every call and event of every service, with its first sentence."""
    rows = [NOTE + "# Contracts", "", _ABOUT_CONTRACTS]
    for service in SERVICES:
        promised = contract(service)
        rows += [f"## {service}", "", "| call | what is asked | tried again | together |", "|---|---|---|---|"]
        rows += [_call_row(call) for call in promised.calls]
        rows += ["", "| event | what it says |", "|---|---|", *(_event_row(event) for event in promised.events), ""]
    return "\n".join(rows) + "\n"


_ABOUT_CONTRACTS = (
    "What the services answer and tell. Schemas: `libs/contracts/schemas`, examples: `libs/contracts/examples`.\n"
    "*Tried again*: the client may repeat the call by itself. *Together*: many requests travel and are written as one\n"
    "batch.\n"
)


def _sentence(model: type[Any]) -> str:
    return _cell((model.__doc__ or "").strip().split("\n\n")[0])


def _call_row(call: Call[Any, Any]) -> str:
    again, together = "yes" if call.idempotent else "", "yes" if call.batch else ""
    return f"| `{call.name}` | {_sentence(call.request)} | {again} | {together} |"


def _event_row(event: Event[Any]) -> str:
    return f"| `{event.topic}` | {_sentence(event.payload)} |"


PROBLEMS = {
    FaultCode.NOT_FOUND: ("There is nothing at this address", "Check the number or the address."),
    FaultCode.WRONG_STATE: ("Its state does not allow this", "Read it again: `reason` says what stands in the way."),
    FaultCode.CONFLICT: ("Something else came first", "Read it again, then decide whether to repeat."),
    FaultCode.INVALID: ("The request has errors", "`errors` names all of them, each with a JSON Pointer to its field."),
    FaultCode.UNAUTHENTICATED: ("Nobody knows who is asking", "Sign in, or refresh the access token."),
    FaultCode.FORBIDDEN: (
        "You may not do this",
        "It needs a role, a certified attribute or a place you lack.",
    ),
    FaultCode.PRECONDITION_FAILED: ("It has changed since you read it", "Read it again and send its new ETag."),
    FaultCode.TOO_MANY: ("Too often", "Wait for as many seconds as `Retry-After` says."),
    FaultCode.UNAVAILABLE: (
        "The service does not answer now",
        "Nothing was done. Try again after `Retry-After`.",
    ),
    FaultCode.DEADLINE: (
        "No answer in time",
        "After a write: it may have been saved. Read it by its identifier.",
    ),
    FaultCode.INTERNAL: ("Our fault", "Nothing you can do but try later; `trace` helps us to find it."),
}


def problem_pages() -> Iterator[tuple[str, str]]:
    """One page for each kind of error: the address of its RFC 9457 ``type`` ends in the page's name."""
    for code, (title, advice) in PROBLEMS.items():
        yield f"problems/{code}.md", f"{NOTE}# {title}\n\n`{code}`, HTTP {STATUS[code]}.\n\n{advice}\n"


def openapi() -> str:
    """The OpenAPI document of a full deployment."""
    routes = [route for module in modules.load(SERVICES) for route in module.api]
    described = document(routes, title="Décider", version=suite_version(), server="")
    return json.dumps(described, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def pages() -> dict[str, str]:
    """Every generated page by its name under ``docs/``."""
    return {
        "configuration.md": configuration(),
        "contracts.md": contracts_page(),
        "api/openapi.json": openapi(),
        **dict(problem_pages()),
    }


def main() -> int:
    """Write them all."""
    for name, text in pages().items():
        file = DOCS / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        sys.stdout.write(f"docs/{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
