"""``python -m contracts territory check DIR`` and ``… territory import-districts FILE [--into DIR]``."""

import argparse
import os
import sys
from pathlib import Path

from contracts.territory.districts import BadBoundaries, import_districts
from contracts.territory.load import TerritoryErrors, load_territory


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Put the two commands under ``territory``."""
    commands = parser.add_subparsers(dest="territory_command", required=True)
    check = commands.add_parser("check", help="name every error of a territory, with its line")
    check.add_argument("folder", type=Path)
    take = commands.add_parser("import-districts", help="take over the boundaries of the districts from a GeoJSON file")
    take.add_argument("file", type=Path)
    take.add_argument("--into", type=Path, default=Path(os.environ.get("TERRITORY_DIR", "territories/paris")))


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; say it on a line each. 0: well; 1: there are errors, all of them named."""
    try:
        if arguments.territory_command == "check":
            return _check(arguments.folder)
        return _import(arguments.file, arguments.into)
    except (TerritoryErrors, BadBoundaries) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _check(folder: Path) -> int:
    found = load_territory(folder)
    parts = f"{len(found.districts)} districts, {len(found.themes)} themes, {len(found.kinds)} kinds"
    sys.stdout.write(f"{folder}: {found.title.to(found.languages[0])}: {parts}, no error\n")
    return 0


def _import(file: Path, folder: Path) -> int:
    codes = import_districts(load_territory(folder), file, folder)
    sys.stdout.write(f"{folder}: boundaries of {len(codes)} districts taken over from {file}\n")
    return 0
