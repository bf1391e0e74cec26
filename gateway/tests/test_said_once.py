"""What pages say many times is made once, and says the same: messages, numbers, days, how long ago."""

from datetime import UTC, datetime, timedelta

import pytest
from babel import dates
from contracts.territory import Territory
from gateway.site.render import _environment
from gateway.words import Words
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

NOW = datetime(2026, 9, 17, 12, tzinfo=UTC)


def said(template: str, **values: object) -> str:
    return _environment("fr").from_string(template).render(**values)


def test_a_message_is_trusted_and_its_values_are_not() -> None:
    template = '{{ _("Opened by: %(name)s", name=name) }}'

    assert said(template, name="<b>Ada</b>") == "Ouvert par\u00a0: &lt;b&gt;Ada&lt;/b&gt;"
    assert said(template, name=Markup("<b>Ada</b>")) == "Ouvert par\u00a0: <b>Ada</b>"
    assert said(template, name="Léo") == "Ouvert par\u00a0: Léo"


def test_a_count_chooses_its_form() -> None:
    template = '{{ ngettext("%(n)s debate", "%(n)s debates", many, n=n) }}'

    assert said(template, many=1, n="1") == "1 débat"
    assert said(template, many=3, n="<3>") == "&lt;3&gt; débats"


@given(st.integers(0, 400 * 86_400))
def test_ago_is_never_off_by_more_than_its_grain(seconds: int) -> None:
    """What is said is what the library says of some moment of the same minute, or of the same hour after two days."""
    words = Words("fr", NOW.tzinfo)  # type: ignore[arg-type]
    moment = NOW - timedelta(seconds=seconds)
    grain = 3600 if seconds >= 2 * 86_400 else 60 if seconds >= 2 * 3600 else 1
    possible = {
        dates.format_timedelta(-timedelta(seconds=one), add_direction=True, threshold=0.99, locale="fr")
        for one in (seconds, seconds // grain * grain)
    }

    assert words.ago(moment, NOW) in possible


@pytest.mark.parametrize(("language", "number", "day"), [("fr", "1\u00a0204", "1er mai"), ("en", "1,204", "May 1")])
def test_languages_are_not_mixed_up(paris: Territory, language: str, number: str, day: str) -> None:
    words = Words(language, paris.zone)
    for _ in range(2):
        assert words.number(1204) == number
        assert words.day(datetime(2026, 5, 1, 12, tzinfo=UTC), today=NOW.date()) in {day, "1 May"}
