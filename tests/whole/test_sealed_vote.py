"""`make demo-sealed`: a sealed vote through the public API, verified by two programs."""

from pathlib import Path

import pytest
from decider_demo import sealed

from tests.whole.city import City
from tests.whole.conftest import Suite

pytestmark = pytest.mark.timeout(600)


def test_a_sealed_vote_from_its_trustees_to_its_verified_archive(suite: Suite, city: City, tmp_path: Path) -> None:
    assert sealed.hold(city.counter, suite.site, tmp_path)
