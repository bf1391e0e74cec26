"""The curve edwards25519 in plain integers (RFC 8032, §5.1): -x² + y² = 1 + d x² y² over F_p, p = 2^255 - 19.

A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z. Slow and complete; what libsodium and the native helper are
checked against, and what precomputes the powers of a fixed base when there is no native helper.
"""

from gmpy2 import invert, mpz, powmod

Point = tuple[mpz, mpz, mpz, mpz]
Affine = tuple[mpz, mpz, mpz]

_ROWS, _BASE, _HALF = 26, 1024, 512

P = mpz(2**255 - 19)
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * invert(121666, P) % P
SQRT_MINUS_1 = powmod(2, (P - 1) // 4, P)
NEUTRAL: Point = (mpz(0), mpz(1), mpz(1), mpz(0))


def lift(y: mpz, sign: int) -> Point | None:
    """Find the point of ordinate y whose x has the parity `sign`; None when there is none."""
    square = (y * y - 1) * invert(D * y * y + 1, P) % P
    x = powmod(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * SQRT_MINUS_1 % P
    if x * x % P != square or (x == 0 and sign):
        return None
    if x % 2 != sign:
        x = P - x
    return (x, y, mpz(1), x * y % P)


def decode(data: bytes) -> Point | None:
    """Read 32 bytes: y little-endian, parity of x in the last bit; None unless the canonical form of a point."""
    number = int.from_bytes(data, "little")
    y, sign = number % 2**255, number >> 255
    return lift(mpz(y), sign) if y < P else None


def encode(point: Point) -> bytes:
    """Write a point as 32 bytes."""
    inverse = invert(point[2], P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return int(y + (x % 2 << 255)).to_bytes(32, "little")


def add(left: Point, right: Point) -> Point:
    """Add two points, equal or not (complete formulas of Hisil, Wong, Carter and Dawson, 2008)."""
    x1, y1, z1, t1 = left
    x2, y2, z2, t2 = right
    a = (y1 - x1) * (y2 - x2) % P
    b = (y1 + x1) * (y2 + x2) % P
    c = 2 * D * t1 * t2 % P
    d = 2 * z1 * z2 % P
    return ((b - a) * (d - c) % P, (d + c) * (b + a) % P, (d - c) * (d + c) % P, (b - a) * (b + a) % P)


def multiply(point: Point, factor: int) -> Point:
    """Compute factor · point by doubling and adding; factor ≥ 0, not reduced."""
    result = NEUTRAL
    for bit in bin(factor)[2:]:
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


def fixed_base_table(point: Point) -> list[list[Affine]]:
    """Table of d·1024^i·P, 1 ≤ d ≤ 512, i < 26, for `multiply_fixed`."""
    table = []
    for _ in range(_ROWS):
        row = [point]
        while len(row) < _HALF:
            row.append(add(row[-1], point))
        table.append(_affine(row))
        point = add(row[-1], row[-1])
    return table


def _affine(points: list[Point]) -> list[Affine]:
    """Y + X, Y - X and 2dT of points scaled to Z = 1, with one inversion for all (Montgomery's trick)."""
    products = [mpz(1)]
    for point in points:
        products.append(products[-1] * point[2] % P)
    rest = invert(products.pop(), P)
    found = []
    for point in reversed(points):
        inverse = rest * products.pop() % P
        rest = rest * point[2] % P
        x, y = point[0] * inverse % P, point[1] * inverse % P
        found.append(((y + x) % P, (y - x) % P, 2 * D * x * y % P))
    return found[::-1]


def multiply_fixed(table: list[list[Affine]], factor: int) -> Point:
    """Compute factor · P from the table of P, by signed digits in base 1024; 0 ≤ factor < 2^259."""
    x, y, z, t = NEUTRAL
    carry = 0
    for row in table:
        digit = factor % _BASE + carry
        factor //= _BASE
        carry = digit > _HALF
        digit -= _BASE * carry
        if digit == 0:
            continue
        plus, minus, t2d = row[abs(digit) - 1]
        if digit < 0:
            plus, minus, t2d = minus, plus, -t2d
        a, b, c, d = (y - x) * minus, (y + x) * plus, t * t2d % P, 2 * z
        e, h, f, g = (b - a) % P, (b + a) % P, d - c, d + c
        x, y, z, t = e * f % P, g * h % P, f * g % P, e * h % P
    return (x, y, z, t)
