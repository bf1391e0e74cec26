"""Territories: the two of the repository are right, and everything that is wrong in one is named with its line."""

import json
from pathlib import Path

import pytest
from contracts.base import Point
from contracts.territory import TerritoryErrors, distance, load_territory
from contracts.territory.districts import BadBoundaries, import_districts

ROOT = Path(__file__).parents[3]
PARIS = ROOT / "territories/paris"


@pytest.mark.parametrize("name", ["paris", "villarive"])
def test_the_territories_of_the_repository_have_no_error(name: str) -> None:
    assert load_territory(ROOT / "territories" / name).code == name


def test_paris_has_its_promised_numbers() -> None:
    paris = load_territory(PARIS)
    idea = paris.kind("idea")
    assert idea is not None
    assert [stage.supports for stage in idea.stages] == [50, 500, 1500]
    assert (idea.threshold, idea.period_months) == (1500, 6)
    assert len(paris.districts) == 20
    centre = paris.group_of("75003")
    assert centre is not None
    assert centre.districts == ("75001", "75002", "75003", "75004")


def _broken(tmp_path: Path, *changes: tuple[str, str]) -> TerritoryErrors:
    text = (PARIS / "territory.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "territory.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TerritoryErrors) as caught:
        load_territory(tmp_path)
    return caught.value


def _line(tmp_path: Path, fragment: str) -> int:
    lines = (tmp_path / "territory.toml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if fragment in line)


def test_every_error_is_named_with_its_line(tmp_path: Path) -> None:
    error = _broken(
        tmp_path,
        ('number_prefix = "PAR"', 'number_prefix = "par"'),
        ("supports = 500", "supports = -500"),
        ("answer_days = 90", 'answer_dayz = "90"'),
    )
    assert [problem.line for problem in error.problems] == [
        _line(tmp_path, 'number_prefix = "par"'),
        _line(tmp_path, "answer_dayz"),
        _line(tmp_path, "supports = -500"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        ('districts = ["75001", ', 'districts = ["75099", ', "there is no district 75099"),
        ('district = "75012"', 'district = "75112"', "there is no district or group 75112"),
        ('name = { fr = "Sport", en = "Sport" }', 'name = { fr = "Sport" }', "has no text in the language en"),
        ('code = "culture"', 'code = "sport"', "sport is used twice"),
        (
            'code = "secretariat"\n',
            'code = "secretariat"\nparent = "voirie"\n',
            "secretariat is above itself",
        ),
        ("centre = { latitude = 48.", "centre = { latitude = 12.", "lies outside of the bounds of the territory"),
    ],
)
def test_what_the_parts_allow_and_the_whole_does_not(tmp_path: Path, old: str, new: str, detail: str) -> None:
    error = _broken(tmp_path, (old, new))
    assert detail in [problem.detail for problem in error.problems]
    assert all(problem.line > 1 for problem in error.problems)


def test_a_slip_of_syntax_is_named_with_its_line(tmp_path: Path) -> None:
    error = _broken(tmp_path, ('code = "sport"', "code = sport"))
    assert [problem.line for problem in error.problems] == [_line(tmp_path, "code = sport")]


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(TerritoryErrors, match="there is no such file"):
        load_territory(tmp_path)


def test_stages_must_rise(tmp_path: Path) -> None:
    error = _broken(tmp_path, ("supports = 500", "supports = 5"))
    assert "must need more supports" in str(error)


def test_without_boundaries_the_nearest_centre_tells_the_district() -> None:
    villarive = load_territory(ROOT / "territories/villarive")
    found = villarive.locate(Point(latitude=45.7661, longitude=4.6204))
    assert found is not None
    assert found.code == "vieux-port"
    assert villarive.locate(Point(latitude=48.85, longitude=2.35)) is None


def _square(west: float, south: float, size: float) -> dict[str, object]:
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _map(tmp_path: Path, codes: list[str]) -> Path:
    features = [
        {"type": "Feature", "properties": {"c_postal": code}, "geometry": _square(4.60 + n * 0.009, 45.75, 0.009)}
        for n, code in enumerate(codes)
    ]
    path = tmp_path / "map.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def _copy(tmp_path: Path) -> Path:
    (tmp_path / "territory.toml").write_bytes((ROOT / "territories/villarive/territory.toml").read_bytes())
    return tmp_path


def test_imported_boundaries_tell_the_district(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    source = _map(tmp_path, ["69901", "69902", "69903", "69904", "69905"])
    assert len(import_districts(load_territory(folder), source, folder)) == 5
    found = load_territory(folder).locate(Point(latitude=45.755, longitude=4.605 + 0.009))
    assert found is not None
    assert found.code == "vieux-port"
    assert load_territory(folder).locate(Point(latitude=45.775, longitude=4.605)) is None


def test_a_map_with_errors_is_refused_whole_and_each_is_named(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    source = _map(tmp_path, ["69901", "69901", "99999", "69904"])
    with pytest.raises(BadBoundaries) as caught:
        import_districts(load_territory(folder), source, folder)
    said = "\n".join(caught.value.problems)
    assert "feature 2: the district rive-haute is there twice" in said
    assert "feature 3: no property holds" in said
    assert "no feature is the district bois-clair" in said
    assert not (folder / "districts.geojson").exists()


def test_distance_is_in_metres() -> None:
    bastille = Point(latitude=48.8532, longitude=2.3692)
    nation = Point(latitude=48.8483, longitude=2.3959)
    assert distance(bastille, nation) == pytest.approx(2030, rel=0.02)
