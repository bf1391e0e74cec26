"""``python -m voting``: run, migrate, describe, replay, parked; recount a published file; Pabulib in and out."""

from chassis import runtime  # noqa: F401 -- first: it turns the process green

import sys

from chassis.cli import main

from voting import recount
from voting.manifest import MANIFEST
from voting.pabulib import command as pabulib

WITHOUT_SETTINGS = {"recount": recount.main, "pabulib": pabulib.main}

if __name__ == "__main__":
    without = WITHOUT_SETTINGS.get(sys.argv[1] if len(sys.argv) > 1 else "")
    sys.exit(without(sys.argv[2:]) if without else main(MANIFEST))
