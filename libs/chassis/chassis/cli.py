"""The command line that every service has: ``run | migrate | describe | replay | parked``, and its own commands."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from chassis import parked, replay, telemetry
from chassis.manifest import Manifest
from chassis.migrations import migrate
from chassis.provisioning import grant
from chassis.settings import Settings, complaint


def main(manifest: Manifest, arguments: Sequence[str] | None = None) -> int:
    """Run one command of a service; the exit code."""
    options = _parser(manifest).parse_args(arguments)
    if options.command == "describe":
        return _describe(manifest)
    try:
        settings = manifest.settings()
    except ValidationError as error:
        sys.stderr.write(complaint(error) + "\n")
        return 2
    telemetry.configure(manifest.name, settings.log_level)
    return _dispatch(manifest, settings, options)


def _dispatch(manifest: Manifest, settings: Settings, options: Namespace) -> int:
    own = {command.name: command.run for command in manifest.commands}
    if options.command in own:
        return own[options.command](settings, options)
    common = {"run": _run, "migrate": _migrate, "replay": _replay, "parked": _parked}
    return common[options.command](manifest, settings, options)


def _parser(manifest: Manifest) -> ArgumentParser:
    parser = ArgumentParser(prog=f"python -m {manifest.name}")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="answer calls, handle events, do jobs, until told to stop")
    run.add_argument("--only", choices=["rpc", "events", "jobs", "workers"], help="one of them, to scale them apart")
    commands.add_parser("migrate", help="bring the database to the newest schema")
    commands.add_parser("describe", help="print what the service answers, tells and listens to, as JSON")
    _replay_arguments(commands.add_parser("replay", help="send past events to a service that came late"))
    _parked_arguments(commands.add_parser("parked", help="look at messages that could not be handled"))
    for command in manifest.commands:
        command.arguments(commands.add_parser(command.name, help=command.help))
    return parser


def _replay_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--topic", required=True, help="for example idea_opened.v1")
    parser.add_argument("--since", type=datetime.fromisoformat, help="a moment with its zone; default: from the first")
    parser.add_argument("--to", required=True, help="the name of the receiving subscription")


def _parked_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=["list", "retry", "drop"])
    parser.add_argument("--queue", help="one queue only")


def _run(manifest: Manifest, settings: Settings, options: Namespace) -> int:
    from chassis import running  # noqa: PLC0415 -- nameko is loaded only by who needs it

    running.run(manifest, settings, options.only)
    return 0


def _migrate(manifest: Manifest, settings: Settings, _options: Namespace) -> int:
    migrate(manifest.migrations, settings.migration_database_url or settings.database_url)
    if settings.migration_database_url:
        grant(settings.migration_database_url, settings.database_url)
    return 0


def _replay(manifest: Manifest, settings: Settings, options: Namespace) -> int:
    try:
        sent = replay.replay(manifest.contract, settings, options.topic, options.to, options.since)
    except replay.NotTold as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{sent} events sent to {options.to}\n")
    return 0


def _parked(manifest: Manifest, settings: Settings, options: Namespace) -> int:
    for row in parked.act(options.action, manifest, settings.amqp_url, options.queue):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    return 0


def describe(manifest: Manifest) -> dict[str, Any]:
    """What a service answers, tells and listens to."""
    return {
        "service": manifest.name,
        "calls": [call.name for call in manifest.contract.calls],
        "tells": [event.topic for event in manifest.contract.events],
        "listens_to": [f"{event.service}/{event.topic} as {name}" for event, name in parked.subscriptions(manifest)],
        "settings": {key.upper(): field.description for key, field in manifest.settings.model_fields.items()},
    }


def _describe(manifest: Manifest) -> int:
    sys.stdout.write(json.dumps(describe(manifest), indent=2, ensure_ascii=False) + "\n")
    return 0
