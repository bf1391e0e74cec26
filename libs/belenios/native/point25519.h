/* Points of edwards25519, -x^2 + y^2 = 1 + d x^2 y^2, with the complete formulas of Hisil, Wong, Carter and Dawson (2008).
 *
 * Variable time, for public data only. A point is held as (X : Y : Z : T), x = X/Z, y = Y/Z, xy = T/Z. */
#ifndef POINT25519_H
#define POINT25519_H
#include "field25519.h"

typedef struct { fe x, y, z, t; } point;
typedef struct { fe plus, minus, z2, t2d; } addend;  /* Y+X, Y-X, 2Z, 2dT: what an addition needs of its second point */
typedef struct { fe plus, minus, t2d; } affine;      /* the same with Z = 1 */

#define WINDOWS 64 /* an exponent below 2^253 is 64 signed digits in base 16 */

static const point NEUTRAL = {{{0}}, {{1}}, {{1}}, {{0}}};
static const uint8_t ORDER[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
                                  0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

static inline addend as_addend(const point *p) {
    addend r = {fe_add(p->y, p->x), fe_sub(p->y, p->x), fe_add(p->z, p->z), fe_mul(p->t, FE_2D)};
    return r;
}

static inline void complete(point *r, fe a, fe b, fe c, fe d) {
    fe e = fe_sub(b, a), f = fe_sub(d, c), g = fe_add(d, c), h = fe_add(b, a);
    r->x = fe_mul(e, f);
    r->y = fe_mul(g, h);
    r->z = fe_mul(f, g);
    r->t = fe_mul(e, h);
}

static inline void add(point *r, const addend *q) {
    complete(r, fe_mul(fe_sub(r->y, r->x), q->minus), fe_mul(fe_add(r->y, r->x), q->plus), fe_mul(r->t, q->t2d),
             fe_mul(r->z, q->z2));
}

static inline void subtract(point *r, const addend *q) { /* -(x, y) = (-x, y) */
    addend n = {q->minus, q->plus, q->z2, fe_sub((fe){{0}}, q->t2d)};
    add(r, &n);
}

static inline void add_affine(point *r, const affine *q) {
    complete(r, fe_mul(fe_sub(r->y, r->x), q->minus), fe_mul(fe_add(r->y, r->x), q->plus), fe_mul(r->t, q->t2d),
             fe_add(r->z, r->z));
}

static inline void subtract_affine(point *r, const affine *q) {
    affine n = {q->minus, q->plus, fe_sub((fe){{0}}, q->t2d)};
    add_affine(r, &n);
}

static inline void add_point(point *r, const point *q) {
    addend a = as_addend(q);
    add(r, &a);
}

/* r = 2r without T when `last` is 0: only the doubling before an addition needs it */
static inline void twice(point *r, int last) {
    fe a = fe_sq(r->x), b = fe_sq(r->y), zz = fe_sq(r->z), s = fe_sq(fe_add(r->x, r->y));
    fe h = fe_add(a, b), e = fe_sub(h, s), g = fe_sub(a, b), f = fe_add(fe_add(zz, zz), g);
    r->x = fe_mul(e, f);
    r->y = fe_mul(g, h);
    r->z = fe_mul(f, g);
    if (last) r->t = fe_mul(e, h);
}

static int is_neutral(const point *p) { return fe_equal(p->x, (fe){{0}}) && fe_equal(p->y, p->z); }

/* RFC 8032, 5.1.3; refuses y >= p, a point off the curve and x = 0 with the sign bit */
static int decode(point *p, const uint8_t in[32]) {
    uint8_t bytes[32], check[32];
    int sign = in[31] >> 7;
    memcpy(bytes, in, 32);
    bytes[31] &= 0x7f;
    p->y = fe_from_bytes(bytes);
    fe_to_bytes(check, p->y);
    if (memcmp(check, bytes, 32)) return 0;
    fe yy = fe_sq(p->y), u = fe_sub(yy, FE_ONE), v = fe_add(fe_mul(yy, FE_D), FE_ONE);
    fe v3 = fe_mul(fe_sq(v), v), uv7 = fe_mul(fe_mul(fe_sq(v3), v), u);
    fe x = fe_mul(fe_mul(fe_power_p58(uv7), v3), u); /* u v^3 (u v^7)^((p-5)/8) */
    fe vxx = fe_mul(fe_sq(x), v);
    if (!fe_equal(vxx, u)) {
        if (!fe_equal(fe_add(vxx, u), (fe){{0}})) return 0;
        x = fe_mul(x, FE_I);
    }
    fe_to_bytes(check, x);
    if (sign && fe_equal(x, (fe){{0}})) return 0;
    if ((check[0] & 1) != sign) x = fe_mul(fe_sub((fe){{0}}, x), FE_ONE);
    p->x = x;
    p->z = FE_ONE;
    p->t = fe_mul(p->x, p->y);
    return 1;
}

static void encode_with(uint8_t out[32], const point *p, fe inverse_z) {
    uint8_t x[32];
    fe_to_bytes(out, fe_mul(p->y, inverse_z));
    fe_to_bytes(x, fe_mul(p->x, inverse_z));
    out[31] |= (uint8_t)(x[0] << 7);
}

static void encode(uint8_t out[32], const point *p) { encode_with(out, p, fe_inverse(p->z)); }

/* 1/Z of many points with one inversion (Montgomery); `inverses` has room for n numbers */
static void invert_z(int n, const point *points, fe *inverses) {
    fe product = FE_ONE;
    for (int i = 0; i < n; i++) {
        inverses[i] = product;
        product = fe_mul(product, points[i].z);
    }
    fe rest = fe_inverse(product);
    for (int i = n - 1; i >= 0; i--) {
        inverses[i] = fe_mul(inverses[i], rest);
        rest = fe_mul(rest, points[i].z);
    }
}

/* exponent = sum digits[i] 16^i with -8 <= digits[i] < 8 (the last one may be more); exponent < 2^255 */
static void digits16(int8_t digits[WINDOWS], const uint8_t exponent[32]) {
    int carry = 0;
    for (int i = 0; i < WINDOWS; i++) {
        int d = ((exponent[i / 2] >> (4 * (i % 2))) & 15) + carry;
        carry = i < WINDOWS - 1 && d >= 8;
        digits[i] = (int8_t)(d - 16 * carry);
    }
}

/* powers[i] = 16^i P: the doublings, done once for all the exponents of a base */
static void spread(addend powers[WINDOWS], const point *p) {
    point r = *p;
    powers[0] = as_addend(&r);
    for (int i = 1; i < WINDOWS; i++) {
        for (int k = 0; k < 4; k++) twice(&r, k == 3);
        powers[i] = as_addend(&r);
    }
}

/* r = exponent P by buckets (Yao): sum of d (sum of the powers whose digit is d), d = 8 … 1 */
static void gather(point *r, const addend powers[WINDOWS], const uint8_t exponent[32]) {
    int8_t digits[WINDOWS];
    point bucket[9];
    digits16(digits, exponent);
    for (int d = 1; d <= 8; d++) bucket[d] = NEUTRAL;
    for (int i = 0; i < WINDOWS; i++) {
        if (digits[i] > 0) add(&bucket[digits[i]], &powers[i]);
        if (digits[i] < 0) subtract(&bucket[-digits[i]], &powers[i]);
    }
    *r = bucket[8];
    for (int d = 7; d >= 1; d--) {
        add_point(&bucket[d], &bucket[d + 1]);
        add_point(r, &bucket[d]);
    }
}
#endif
