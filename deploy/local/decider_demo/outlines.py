"""The districts' outlines, imported into the territory as an administration does it."""

from pathlib import Path

from contracts.territory.districts import BadBoundaries, import_districts
from contracts.territory.load import load_territory

from decider_demo.source import Report, Row

FILE = "geo/paris_arrondissements.geojson"


def take_over(data: Path, territory: Path) -> Report:
    """Import them; refused, with every reason, if the file is not of this territory."""
    report = Report("Districts' outlines")
    try:
        codes = import_districts(load_territory(territory), data / FILE, territory)
    except BadBoundaries as reasons:
        report.refuse(Row(FILE, 0, {}), str(reasons))
        return report
    for _ in codes:
        report.took(new=True)
    return report
