"""Every pair of tokens that the components use is readable, in every theme, light and dark."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOKENS = ROOT / "gateway" / "frontend" / "styles" / "tokens.css"
THEMES = [None, *sorted(ROOT.glob("territories/*/theme.css"))]
GROUNDS = ("page", "raised", "sunken")
STATES = ("ok", "warn", "stop", "info", "mute")
TEXT = [
    *[
        (text, ground)
        for text in ("ink", "ink-2", "brand", "brand-deep", "visited", "stop", "ok", "warn", "accent")
        for ground in GROUNDS
    ],
    *[(text, "brand-soft") for text in ("ink", "ink-2", "brand", "brand-deep")],
    *[(text, f"{state}-soft") for state in STATES for text in (state, "ink", "ink-2")],
    ("on-brand", "brand"),
    ("on-brand", "brand-deep"),
    ("on-plate", "plate"),
    ("on-plate-2", "plate"),
    ("ink", "mark"),
    ("page", "ink"),
    *[(f"on-g{grade}", f"g{grade}") for grade in (1, 2, 3, 4)],
]
EDGES = [
    *[(edge, ground) for edge in ("line-strong", "focus", "brand", "accent") for ground in GROUNDS],
    *[("focus", f"{state}-soft") for state in ("brand", "ok", "warn", "stop", "mute")],
    ("g1", "page"),
    ("g2", "page"),
]
DARK_BY_SYSTEM = r':root:not\(\[data-theme="light"\]\)\s*\{'
DARK_BY_CHOICE = r':root\[data-theme="dark"\]\s*\{'


def values(css: str, start: str) -> dict[str, str]:
    found = re.search(start, css)
    body = css[found.end() : css.index("}", found.end())] if found else ""
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{6})", body))


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def sheet(theme: Path | None) -> list[str]:
    files = [TOKENS] if theme is None else [TOKENS, theme]
    return [re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.S) for file in files]


def merged(sheets: list[str], *starts: str) -> dict[str, str]:
    return {name: value for start in starts for css in sheets for name, value in values(css, start).items()}


@pytest.mark.parametrize("theme", THEMES, ids=lambda path: path.parent.name if path else "default")
@pytest.mark.parametrize("starts", [(r":root\s*\{",), (r":root\s*\{", DARK_BY_SYSTEM)], ids=["light", "dark"])
def test_pairs_are_readable(theme: Path | None, starts: tuple[str, ...]) -> None:
    tokens = merged(sheet(theme), *starts)
    needed = [(pair, 4.5) for pair in TEXT] + [(pair, 3.0) for pair in EDGES]
    found = {f"{front} on {ground}": ratio(tokens[front], tokens[ground]) / need for (front, ground), need in needed}

    assert {pair: share for pair, share in found.items() if share < 1} == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda path: path.parent.name if path else "default")
def test_dark_is_the_same_by_system_and_by_choice(theme: Path | None) -> None:
    assert values(sheet(theme)[-1], DARK_BY_SYSTEM) == values(sheet(theme)[-1], DARK_BY_CHOICE) != {}
