"""`python -m decider_local up|down|status|logs|scale|assets|secrets|clean`: what the targets of the Makefile call."""

import argparse
import sys
from collections.abc import Callable

from chassis.testing.processes import ServerStartError

from decider_local import commands, compose, demo
from decider_local.layout import ChoiceError, chosen_services
from decider_local.supervision import SuiteError
from decider_local.up import build_assets, up, welcome


def _up(_words: list[str]) -> None:
    up(chosen_services())
    demo.load()
    welcome(demo.announce())


_COMMANDS: dict[str, Callable[[list[str]], None]] = {
    "up": _up,
    "down": lambda _words: commands.down(),
    "status": lambda _words: commands.status(),
    "logs": commands.logs,
    "scale": commands.scale,
    "assets": lambda _words: build_assets(),
    "secrets": lambda _words: compose.write_secrets(),
    "clean": lambda _words: commands.clean(),
}


def main() -> int:
    """Do it; 1, with the reason, when it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m decider_local")
    parser.add_argument("command", choices=_COMMANDS)
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    try:
        _COMMANDS[options.command](options.words)
    except (ChoiceError, SuiteError, ServerStartError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
