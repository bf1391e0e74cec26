"""Addresses are readable and always valid."""

from consultations.domain.slugs import free_slug, slug_of
from contracts.base import Slug
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

SLUG: TypeAdapter[str] = TypeAdapter(Slug)


@given(st.text())
def test_any_title_gives_an_address(title: str) -> None:
    assert SLUG.validate_python(slug_of(title))
    taken = {slug_of(title), slug_of(title) + "-2"}
    assert SLUG.validate_python(free_slug(title, taken)) not in taken


def test_french_titles_read_well() -> None:
    assert slug_of("L’école à cœur : « été » 2026 !") == "l-ecole-a-coeur-ete-2026"
    assert slug_of("Œuvrer") == "oeuvrer"
    assert slug_of("投票") == "consultation"
