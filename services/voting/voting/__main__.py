"""``python -m voting``: run, migrate, describe, replay, parked; recount a published file; import and export Pabulib."""

from chassis import runtime  # noqa: F401 -- first: it turns the process green

import sys

from chassis.cli import main

from voting.manifest import MANIFEST

if __name__ == "__main__":
    sys.exit(main(MANIFEST))
