"""The groups obey their laws, agree with a plain computation, and refuse what is not theirs."""

import secrets
from collections.abc import Iterator

import pytest
from belenios.groups import Branch, Element, Group, NotAnElement, edwards, group_named, native
from belenios.groups.constants import BELENIOS_2048_P, RFC_3526_2048_P
from belenios.groups.ed25519 import Ed25519Group
from belenios.groups.field import FieldGroup
from hypothesis import given, settings
from hypothesis import strategies as st

ORDER = edwards.ORDER
EDGES = (0, 1, 2, 7, 8, 15, 16, 127, 128, 129, 255, 256, 2**251, 2**252, ORDER - 1, ORDER, ORDER + 1)
exponents = st.one_of(st.sampled_from(EDGES), st.integers(0, ORDER - 1))


def plain_power(element: Element, exponent: int) -> bytes:
    point = edwards.decode(element)
    assert point
    return edwards.encode(edwards.multiply(point, exponent % ORDER))


def members(group: Group, count: int) -> list[Element]:
    return [group.power(group.generator, secrets.randbelow(group.order)) for _ in range(count)]


def helper() -> native.NativeEd25519Group:
    library = native.load()
    assert library, "the native helper is not built: pip install -e libs/belenios with a C compiler"
    return native.NativeEd25519Group(library)


@pytest.fixture(scope="module")
def three() -> list[Ed25519Group]:
    """Ed25519 with libsodium alone, and with the helper."""
    return [Ed25519Group(), helper()]


def test_the_laws_of_a_group_hold(group: Group) -> None:
    a, b = secrets.randbelow(group.order), secrets.randbelow(group.order)
    x, y = group.power(group.generator, a), group.power(group.generator, b)
    assert group.multiply(x, y) == group.power(group.generator, a + b)
    assert group.power(x, b) == group.power(y, a) == group.secret_power(x, b)
    assert group.multiply(x, group.inverse(x)) == group.identity == group.power(x, 0) == group.power(x, group.order)
    assert group.product([x, group.identity, y]) == group.multiply(y, x)
    assert group.product([]) == group.inverse(group.identity) == group.identity
    assert group.secret_power(group.generator, 0) == group.secret_power(group.identity, 5) == group.identity
    assert group.combine(group.generator, a, y, b) == group.multiply(x, group.power(y, b))


def test_text_goes_there_and_back(group: Group) -> None:
    for element in (group.identity, group.generator, *members(group, 5)):
        assert group.parse(group.text(element)) == element
        assert group.is_member(element)


def test_a_prepared_base_gives_the_same_powers(group: Group) -> None:
    (base,) = members(group, 1)
    for exponent in (0, 1, 255, 256, group.order - 1, secrets.randbelow(group.order)):
        before = group.secret_power(base, exponent)
        group.prepare(base)
        assert group.power(base, exponent) == before


def test_commitments_follow_their_formula(group: Group) -> None:
    key, alpha, beta = members(group, 3)
    wanted = []
    branches = []
    for value in (0, 1, 2, 40):
        c, r = secrets.randbelow(group.order), secrets.randbelow(group.order)
        branches.append(Branch(alpha, beta, value, c, r))
        shifted = group.multiply(beta, group.inverse(group.power(group.generator, value)))
        wanted.append(group.multiply(group.power(group.generator, r), group.power(alpha, c)))
        wanted.append(group.multiply(group.power(key, r), group.power(shifted, c)))
    group.prepare(key)
    assert group.commitments(key, branches) == wanted


def test_the_parameters_are_those_of_the_protocol() -> None:
    first, second, curve = (group_named(name) for name in ("BELENIOS-2048", "RFC-3526-2048", "Ed25519"))
    assert first.order.bit_length() == 256
    assert (BELENIOS_2048_P - 1) % first.order == 0
    assert second.order == (RFC_3526_2048_P - 1) // 2
    assert curve.text(curve.generator) == "6" * 62 + "58"
    for group in (first, second, curve):
        assert group.is_member(group.generator)
        assert group.power(group.generator, group.order) == group.identity != group.generator


@given(exponents, exponents)
@settings(max_examples=60, deadline=None)
def test_helper_and_libsodium_agree_with_plain_integers(exponent: int, other: int) -> None:
    sodium, fast = Ed25519Group(), helper()
    base = sodium.power(sodium.generator, other)
    assert fast.power(base, exponent) == sodium.secret_power(base, exponent) == plain_power(base, exponent)


@given(st.lists(st.tuples(exponents, st.integers(0, 5), exponents, exponents), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_commitments_of_the_helper_agree_with_libsodium(rows: list[tuple[int, int, int, int]]) -> None:
    sodium, fast = Ed25519Group(), helper()
    key = sodium.power(sodium.generator, 12345)
    sodium.prepare(key)
    branches = []
    for base, value, challenge, response in rows:
        alpha = sodium.power(sodium.generator, base)
        branches.append(Branch(alpha, sodium.power(alpha, 3), value, challenge % ORDER, response % ORDER))
    assert fast.commitments(key, branches) == sodium.commitments(key, branches)


def small_order_points() -> Iterator[Element]:
    """The eight points of order 1, 2, 4 and 8: the multiples by the order of any points of the curve."""
    found = set()
    for y in range(2, 60):
        point = edwards.decode(y.to_bytes(32, "little"))
        if point:
            found.add(Element(edwards.encode(edwards.multiply(point, ORDER))))
    return iter(sorted(found))


def test_points_of_small_order_are_refused(three: list[Ed25519Group]) -> None:
    points = list(small_order_points())
    assert len(points) == 8
    for group in three:
        honest = members(group, 70)
        for point in points:
            assert group.is_member(point) == (point == group.identity)
            tainted = edwards.encode(edwards.add(decoded(honest[3]), decoded(point)))
            assert group.is_member(Element(tainted)) == (point == group.identity)
            assert group.are_members([*honest, Element(tainted)]) == (point == group.identity)


def test_libsodium_multiplies_members_only() -> None:
    """What `Ed25519Group` remembers rests on this."""
    group = Ed25519Group()
    (honest,) = members(group, 1)
    for point in small_order_points():
        tainted = Element(edwards.encode(edwards.add(decoded(honest), decoded(point))))
        for exponent in (1, 8, ORDER - 1):
            if tainted != honest:
                with pytest.raises(NotAnElement):
                    group.secret_power(tainted, exponent)
        assert group.is_member(tainted) == (tainted == honest)


def decoded(element: Element) -> edwards.Point:
    point = edwards.decode(element)
    assert point
    return point


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_judged_alike(data: bytes) -> None:
    point = edwards.decode(data)
    member = point is not None and edwards.encode(edwards.multiply(point, ORDER)) == Ed25519Group.identity
    for group in (Ed25519Group(), helper()):
        assert group.is_member(Element(data)) == member


@pytest.mark.parametrize("y", [*range(2**255 - 19, 2**255), 2**256 - 1, 2**256 - 19, 2**255 + 1])
def test_ordinates_that_are_not_reduced_are_refused(three: list[Ed25519Group], y: int) -> None:
    for group in three:
        assert not group.is_member(Element(y.to_bytes(32, "little")))
    if y != 2**255 + 1:  # there it is the sign of x = 0 that is wrong, which membership refuses
        with pytest.raises(NotAnElement):
            three[0].parse(f"{y:064x}")


@pytest.mark.parametrize(
    "text", ["", "0", "g" * 64, "A" * 64, " " + "0" * 63, "0" * 63, "0" * 65, "0x" + "0" * 62, "٠" * 64, "f" * 64]
)
def test_only_64_lower_case_digits_are_a_point(text: str) -> None:
    with pytest.raises(NotAnElement):
        group_named("Ed25519").parse(text)


@pytest.mark.parametrize("text", ["", "01", "-1", "+1", " 1", "1 ", "1_0", "0x10", "1.0", "1e3", "²", "١"])
def test_only_canonical_decimals_are_numbers_of_a_field(text: str) -> None:
    with pytest.raises(NotAnElement):
        group_named("BELENIOS-2048").parse(text)


@pytest.mark.parametrize("name", ["BELENIOS-2048", "RFC-3526-2048"])
def test_numbers_outside_the_subgroup_are_refused(name: str) -> None:
    group = group_named(name)
    modulus = BELENIOS_2048_P if name == "BELENIOS-2048" else RFC_3526_2048_P
    with pytest.raises(NotAnElement):
        group.parse(str(modulus))
    outside = [group.parse(str(number)) for number in (0, modulus - 1)]
    outside.append(group.parse(str(modulus - int(group.text(members(group, 1)[0])))))
    many = members(group, 70)
    for element in outside:
        assert not group.is_member(element)
        assert not group.are_members([*many, element])
    assert group.are_members(many)


def test_the_batch_test_of_a_field_sees_one_bad_element_among_many() -> None:
    group = group_named("BELENIOS-2048")
    assert isinstance(group, FieldGroup)
    many = members(group, 130)
    bad = group.parse(str(BELENIOS_2048_P - int(group.text(many[0]))))
    for position in (0, 64, 130):
        assert not group.are_members([*many[:position], bad, *many[position:]])


def test_the_helper_refuses_what_is_not_a_point() -> None:
    fast, junk = helper(), Element(b"\x02" + b"\0" * 31)
    assert edwards.decode(junk) is None
    for attempt in (
        lambda: fast.power(junk, 3),
        lambda: fast.product([fast.generator, junk]),
        lambda: fast.prepare(junk),
        lambda: fast.commitments(fast.generator, [Branch(junk, fast.generator, 0, 1, 1)]),
        lambda: fast.commitments(fast.generator, [Branch(fast.generator, junk, 0, 1, 1)]),
    ):
        with pytest.raises(NotAnElement):
            attempt()


def test_without_the_helper_libsodium_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "EXTENSION_SUFFIXES", [".absent"])
    assert native.load() is None
    group_named.cache_clear()
    try:
        assert type(group_named("Ed25519")) is Ed25519Group
    finally:
        group_named.cache_clear()
