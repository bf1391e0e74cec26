"""decider-trustee: what a trustee computes, offline, from files; one message comes out, to publish as it is.

`join` and `open` do the same through the site of the vote: they alone use the network.

Exit code 0 when the message was written, 1 when something does not hold, 2 when the command or a file is wrong.
The seed is read from a file of the trustee's alone, never from the command line, and is never shown.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from belenios.ceremony import (
    assemble,
    certificate,
    decryption_key,
    key,
    new_seed,
    read_seed,
    shares,
    single_key,
    single_secret,
)
from belenios.encoding import compact_bytes
from belenios.groups import GROUP_NAMES, group_named
from belenios.refusal import Refused
from belenios.secret import Secret
from belenios.threshold import Context, threshold_json
from belenios.trustee.closed import PartialPart, decrypt_archive
from belenios.trustee.online import STEPS, Part, Site, SiteRefusedError, join, open_sum
from belenios.trustee.texts import TEXTS
from belenios.verifier.cli import positive
from belenios.verifier.meanings import MEANINGS, place
from belenios.verifier.texts import default_language

DONE, REFUSED, MISUSED = 0, 1, 2
_DEFAULT_GROUP = "Ed25519"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    language = default_language()
    options = _parser(TEXTS[language]).parse_args(arguments)
    try:
        message: bytes = options.run(options)
    except Refused as refusal:
        where = f"{place(refusal.record, language)}: " if refusal.record else ""
        sys.stderr.write(f"{where}{MEANINGS[language][refusal.check]} ({refusal.check}: {refusal.reason})\n")
        return REFUSED
    except SiteRefusedError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror or error}\n")
        return MISUSED
    sys.stdout.write(message.decode() + "\n")
    return DONE


def _single(options: argparse.Namespace) -> bytes:
    return single_key(group_named(options.group), _kept_or_new_seed(options.seed), options.name)


def _certificate(options: argparse.Namespace) -> bytes:
    index, threshold, size = options.place
    context = Context(options.group, size, threshold, index)
    return certificate(group_named(options.group), _kept_or_new_seed(options.seed), context)


def _shares(options: argparse.Namespace) -> bytes:
    return shares(group_named(options.group), _seed(options.seed), _contents(options.certificates))


def _key(options: argparse.Namespace) -> bytes:
    group, seed = group_named(options.group), _seed(options.seed)
    return key(group, seed, _contents(options.certificates), _contents(options.shares))


def _assemble(options: argparse.Namespace) -> bytes:
    group = group_named(options.group)
    messages = [_contents(paths) for paths in (options.certificates, options.shares, options.keys)]
    return compact_bytes(threshold_json(group, assemble(group, *messages)))


def _decrypt(options: argparse.Namespace) -> bytes:
    part = decrypt_archive(options.archive, _decryption_secret(options), options.jobs)
    _tell(part)
    return part.data


def _tell(part: PartialPart) -> None:
    report = part.report
    told = {"owner": part.owner, "ballots": report.ballots, "counted": report.counted}
    say = TEXTS[default_language()]["decrypting"]
    sys.stderr.write(say.format(**told, fingerprint=report.fingerprints["election"]) + "\n")


def _join(options: argparse.Namespace) -> bytes:
    view = join(Site(options.address), _part(options), wait=options.wait)
    mine = view["trustees"][options.place - 1]
    done = {"sent": [step for step in STEPS if mine[step] is not None], "missing": view["missing"]}
    return compact_bytes({"phase": view["phase"], **done})


def _open(options: argparse.Namespace) -> bytes:
    opened = open_sum(Site(options.address), _part(options), options.archive, options.jobs)
    _tell(opened)
    return compact_bytes({"sent": ["decryption"], "archive": str(options.archive)})


def _part(options: argparse.Namespace) -> Part:
    code = Secret(options.code_file.read_text(errors="replace").strip())
    return Part(options.place, code, _kept_or_new_seed(options.seed))


def _decryption_secret(options: argparse.Namespace) -> Secret[int]:
    """A member of a threshold has its share in its own message of step 3; a single trustee needs the seed alone."""
    group, seed = group_named(options.group), _seed(options.seed)
    if options.own is None:
        return single_secret(group, seed)
    return decryption_key(group, seed, _contents(options.certificates), options.own.read_bytes())


def _contents(paths: Sequence[Path]) -> list[bytes]:
    return [path.read_bytes() for path in paths]


def _seed(path: Path) -> Secret[str]:
    return read_seed(path.read_text(errors="replace").strip())


def _kept_or_new_seed(path: Path) -> Secret[str]:
    """Read the seed, or draw one into a new file that its owner alone may read."""
    if path.exists():
        return _seed(path)
    seed = new_seed()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(seed.reveal() + "\n")
    return seed


def _place(text: str) -> tuple[int, int, int]:
    index, threshold, size = map(int, text.split("/"))
    if not (1 <= index <= size and 1 <= threshold <= size):
        raise argparse.ArgumentTypeError(text)
    return index, threshold, size


def _parser(say: dict[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="decider-trustee", description=say["program"])
    commands = parser.add_subparsers(required=True, metavar="|".join(_COMMANDS))
    for name, (run, arguments) in _COMMANDS.items():
        command = commands.add_parser(name, help=say[name], description=say[name])
        command.set_defaults(run=run)
        command.add_argument("--group", choices=GROUP_NAMES, default=_DEFAULT_GROUP, help=say["group"])
        for argument in arguments:
            flags, settings, text = _ARGUMENTS[argument]
            command.add_argument(*flags, help=say[text], **settings)
    return parser


_FILES: dict[str, Any] = {"type": Path, "nargs": "+", "metavar": "FILE"}

# Flags, settings, and the words of the help.
_ARGUMENTS: dict[str, tuple[tuple[str, ...], dict[str, Any], str]] = {
    "seed": (("seed",), {"type": Path}, "seed"),
    "name": (("--name",), {}, "name"),
    "place": (("--place",), {"type": _place, "required": True, "metavar": "I/T/N"}, "place"),
    "certificates": (("--certificates",), _FILES | {"required": True}, "certificates"),
    "shares": (("--shares",), _FILES | {"required": True}, "messages"),
    "keys": (("--keys",), _FILES | {"required": True}, "keys"),
    "archive": (("archive",), {"type": Path}, "archive"),
    "own": (("--own",), {"type": Path, "metavar": "FILE"}, "own"),
    "own certificates": (("--certificates",), _FILES | {"default": ()}, "certificates"),
    "address": (("address",), {"metavar": "https://…/votes/…"}, "address"),
    "number": (("--place",), {"type": positive, "required": True, "metavar": "N", "dest": "place"}, "number"),
    "code": (("--code-file",), {"type": Path, "required": True, "metavar": "FILE"}, "code"),
    "wait": (("--wait",), {"type": float, "default": 0.0, "metavar": "SECONDS"}, "wait"),
    "to": (("--archive",), {"type": Path, "required": True, "metavar": "FILE"}, "to"),
    "jobs": (("--jobs",), {"type": positive, "default": 1, "metavar": "N"}, "jobs"),
}

_COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], bytes], tuple[str, ...]]] = {
    "single": (_single, ("seed", "name")),
    "certificate": (_certificate, ("seed", "place")),
    "shares": (_shares, ("seed", "certificates")),
    "key": (_key, ("seed", "certificates", "shares")),
    "assemble": (_assemble, ("certificates", "shares", "keys")),
    "decrypt": (_decrypt, ("archive", "seed", "own", "own certificates", "jobs")),
    "join": (_join, ("address", "seed", "number", "code", "wait")),
    "open": (_open, ("address", "seed", "number", "code", "to", "jobs")),
}

if __name__ == "__main__":
    sys.exit(main())
