"""The codec: plain JSON, without the magic that others can abuse."""

from decimal import Decimal

import pytest
from chassis import wire
from hypothesis import given
from hypothesis import strategies as st
from kombu import serialization

numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(json_values)
def test_what_json_can_say_comes_back_unchanged(value: object) -> None:
    try:
        written = wire.dumps(value)
    except TypeError:
        assert "\\ud" in ascii(value), "only half of a character cannot be written"
        return
    assert wire.loads(written) == value


@pytest.mark.parametrize(
    "text",
    [
        b"NaN",
        b"Infinity",
        b"{'a': 1}",
        b"",
        b"\x80\x04K\x01.",
        b'"\xff"',
        b'"\\ud800"',
        b"[1,]",
        b'{"a":1}x',
        b"[" * 5000,
    ],
)
def test_what_is_not_json_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        wire.loads(text)


def test_nothing_is_revived() -> None:
    smuggled = {"__type__": "decimal", "__value__": "NaN"}
    assert wire.loads(wire.dumps(smuggled)) == smuggled


@pytest.mark.parametrize("value", [Decimal(1), object(), {1, 2}, b"bytes"])
def test_what_json_cannot_say_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        wire.dumps(value)


def test_kombu_uses_it_for_json() -> None:
    content_type, encoding, body = serialization.dumps({"at": "now"}, serializer="json")
    assert (content_type, encoding, body) == ("application/json", "utf-8", b'{"at":"now"}')
    assert serialization.loads(b'{"__type__":"x","__value__":1}', content_type, encoding)["__type__"] == "x"
