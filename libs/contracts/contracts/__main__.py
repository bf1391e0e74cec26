"""``python -m contracts``: what can be done with contracts and territories without any service."""

import argparse
import sys

from contracts import schemas
from contracts.territory import command as territory


def main(arguments: list[str]) -> int:
    """Run one command; the exit code is its result."""
    parser = argparse.ArgumentParser(prog="python -m contracts", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    territory.add_arguments(commands.add_parser("territory", help="check a territory, import its districts"))
    commands.add_parser("export", help="write the JSON Schemas of every call and event")
    options = parser.parse_args(arguments)
    if options.command == "export":
        sys.stdout.write(f"{schemas.export()} schemas written\n")
        return 0
    return territory.run(options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
