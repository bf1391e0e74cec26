"""What a person reads at the end: counts, and a file with every row that did not fit or was changed."""

import csv
from collections.abc import Iterable
from pathlib import Path

from decider_demo.source import Refusal, Report
from decider_local.console import say

from decider_import.decidim import Export

SHOWN = 10


def tell(export: Export, sent: Report, report: Path) -> None:
    """Print the counts, the first rows of each list, and where all of them are."""
    refused = [*export.refused, *sent.refused]
    _write(report, refused, export.changed)
    say()
    say(f"  {sent.added + sent.already:6,} dossiers ({sent.added:,} new), {export.supports:,} supports")
    say(f"  {sent.messages:6,} messages")
    say(f"  {len(refused):6,} rows, or parts of rows, not taken over")
    for one in refused[:SHOWN]:
        say(f"           {one}")
    say(f"  {len(export.changed):6,} rows taken over otherwise than they stood")
    for one in export.changed[:SHOWN]:
        say(f"           {one}")
    say(f"  All of them, with their reasons: {report}")


def _write(path: Path, refused: Iterable[Refusal], changed: Iterable[Refusal]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("what", "file", "line", "reason"))
        for what, found in (("not taken", refused), ("changed", changed)):
            lines.writerows((what, one.spot.file, one.spot.line, one.reason) for one in found)
