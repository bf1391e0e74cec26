"""Where messages lead is where the site is: the names of the filters of its lists."""

import pytest
from notifications.links import path_of


@pytest.mark.parametrize(
    ("kind", "key", "path"),
    [
        ("dossier", "PAR-2026-004217", "/dossiers/PAR-2026-004217"),
        ("theme", "nature", "/idees?theme=nature"),
        ("district", "75012", "/idees?lieu=75012"),
        ("district", "*", "/idees"),
    ],
)
def test_a_followed_thing_has_its_page(kind: str, key: str, path: str) -> None:
    assert path_of(kind, key) == path
