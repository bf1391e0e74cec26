"""``python -m ideas``: run, migrate, describe, replay, parked, record verify, publish, score."""

from chassis import runtime  # noqa: F401 -- first of all: it turns the process green

import sys

from chassis.cli import main

from ideas.manifest import MANIFEST

if __name__ == "__main__":
    sys.exit(main(MANIFEST))
