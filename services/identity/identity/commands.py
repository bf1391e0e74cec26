"""Commands for operators: the first administrator, accounts of a demonstration. Passwords never come as arguments."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from chassis.manifest import Command
from contracts.errors import Fault
from contracts.identity import EVERYWHERE, Register, Role
from pydantic import ValidationError

from identity.resources import bootstrap
from identity.settings import IdentitySettings
from identity.use_cases.setting_up import Citizen, create_account


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--email", required=True)
    parser.add_argument("--display-name", required=True)
    parser.add_argument("--language", default="fr")
    parser.add_argument("--password-file", type=Path, help="first line is the password; default: standard input")
    parser.add_argument("--role", action="append", choices=[*Role], default=[], help="may be given several times")
    parser.add_argument("--place", action="append", default=[], help="where the roles hold; default: everywhere")


def _run(settings: IdentitySettings, options: Namespace) -> int:
    """Create the account and print its identifier; done twice, it says the same and changes nothing but the roles."""
    try:
        citizen = Citizen(_registration(options), tuple(options.role), tuple(options.place) or (EVERYWHERE,))
        sys.stdout.write(f"{create_account(bootstrap(settings), citizen)}\n")
    except ValidationError as error:
        wrong = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_input=False))
        return _refuse(*wrong)
    except Fault as fault:
        return _refuse(*(f"{one.pointer}: {one.detail}" for one in fault.errors) if fault.errors else fault.detail)
    return 0


def _registration(options: Namespace) -> Register:
    source = options.password_file.read_text(encoding="utf-8") if options.password_file else sys.stdin.readline()
    return Register(
        email=options.email,
        password=source.splitlines()[0] if source else "",
        display_name=options.display_name,
        language=options.language,
        accepts_terms=True,
    )


def _refuse(*lines: str) -> int:
    sys.stderr.writelines(f"{line}\n" for line in lines)
    return 1


COMMANDS = (
    Command(
        "create-account",
        "create a confirmed account, with roles; the password is read from standard input",
        _run,
        _arguments,
    ),
)
