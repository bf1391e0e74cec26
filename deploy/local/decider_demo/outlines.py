"""The districts' outlines, imported into the territory as an administration does it."""

from pathlib import Path

from contracts.territory.districts import BadBoundaries, import_districts
from contracts.territory.load import load_territory

from decider_demo.source import Refusal, Report, Spot

FILE = "geo/paris_arrondissements.geojson"


def take_over(data: Path, territory: Path) -> Report:
    """Import them; refused, with every reason, if the file is not of this territory."""
    report = Report("Districts' outlines")
    try:
        report.added = len(import_districts(load_territory(territory), data / FILE, territory))
    except BadBoundaries as refused:
        report.refused = [Refusal(Spot(FILE, 0), problem) for problem in refused.problems]
    return report
