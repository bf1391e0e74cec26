"""Has a file looked at in a process of its own, which may die of it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import structlog

from ideas.domain.problems import Problem
from ideas.domain.rules import FileRules
from ideas.files.looking import Clean, Refused

log = structlog.get_logger()
LONGEST = 15
"""Seconds after which a look is given up."""
SAYS = {
    "unknown-file-type": "Only JPEG and PNG pictures and PDF documents are possible.",
    "mixed-file": "This file is of several types at once.",
    "unreadable-picture": "This picture cannot be read.",
    "too-many-pixels": "This picture has too many pixels.",
    "unreadable-document": "This document cannot be read.",
    "locked-document": "This document is protected by a password.",
    "acting-document": "This document holds programs, forms that send themselves or other files.",
}
T = TypeVar("T")
Apart = Callable[..., T]
"""Runs a function elsewhere than among the other workers of the process."""
Inspect = Callable[[bytes, FileRules], Clean]


def here(function: Callable[..., T], *arguments: object) -> T:
    """Run it where we are."""
    return function(*arguments)


def inspector(apart: Apart[Clean] = here) -> Inspect:
    """What looks at files; ``apart`` says where the waiting is done."""
    return lambda content, rules: apart(partial(inspect, content, rules))


def inspect(content: bytes, rules: FileRules) -> Clean:
    """What may be published of the file. Raises :class:`Refused`, also when looking at it broke something."""
    command = [sys.executable, "-m", "ideas.files.contents", str(rules.most_pixels), str(rules.longest_side)]
    alone = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PATH": os.environ.get("PATH", "")}
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=LONGEST, env=alone, check=False)
    except subprocess.TimeoutExpired:
        raise _broken(content, "time") from None
    if done.returncode:
        raise _broken(content, str(done.returncode))
    line, _, rest = done.stdout.partition(b"\n")
    said = json.loads(line)
    if "refused" in said:
        raise Refused(said["refused"])
    size = said.pop("size")
    return Clean(**said, content=rest[:size], thumbnail=rest[size:])


def _broken(content: bytes, how: str) -> Refused:
    log.warning("file_broke_its_inspection", ended=how, size=len(content))
    return Refused("unreadable-document" if content.startswith(b"%PDF-") else "unreadable-picture")


def problem(refused: Refused) -> Problem:
    """The refusal as what is wrong with the request."""
    return Problem("/file", refused.code, SAYS[refused.code])
