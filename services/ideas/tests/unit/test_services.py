"""The tree of services: pure functions on the parents that a territory writes down."""

import pytest
from ideas.domain.services import beneath, branch, direction

PARENTS = {"voirie": "secretariat", "parks": "secretariat", "trees": "parks"}


def test_a_branch_goes_up_to_the_top() -> None:
    assert branch(PARENTS, "trees") == ("trees", "parks", "secretariat")
    assert branch(PARENTS, "town-hall") == ("town-hall",)


def test_what_is_beneath_a_service_is_all_of_its_tree() -> None:
    assert beneath(PARENTS, ["secretariat"]) == {"secretariat", "voirie", "parks", "trees"}
    assert beneath(PARENTS, ["parks", "town-hall"]) == {"parks", "trees", "town-hall"}


@pytest.mark.parametrize(
    ("source", "target", "way"),
    [
        ("trees", "secretariat", "up"),
        ("secretariat", "trees", "down"),
        ("voirie", "parks", "across"),
        ("trees", "town-hall", "across"),
    ],
)
def test_passing_on_has_a_direction(source: str, target: str, way: str) -> None:
    assert direction(PARENTS, source=source, target=target) == way
