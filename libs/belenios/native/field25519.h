/* Arithmetic modulo p = 2^255 - 19, five limbs of 51 bits.
 *
 * Variable time, for public data only. A "tight" number has limbs below 2^51 + 2^13 (what a product returns), a "loose" one
 * limbs below 2^54 (a sum or difference of tight numbers). Products take loose numbers and return tight ones; the second
 * operand of a difference has limbs below 2^53 - 76. */
#ifndef FIELD25519_H
#define FIELD25519_H
#include <stdint.h>
#include <string.h>

#ifndef __SIZEOF_INT128__
#error "a compiler with 128-bit integers is needed; the pure Python code does without"
#endif
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "a little-endian machine is needed; the pure Python code does without"
#endif

typedef unsigned __int128 u128;
typedef struct { uint64_t v[5]; } fe;

#define LIMB 0x7ffffffffffffULL

static const fe FE_ONE = {{1, 0, 0, 0, 0}};
/* d = -121665/121666, 2d, and a square root of -1 (RFC 8032, section 5.1) */
static const fe FE_D = {{0x34dca135978a3, 0x1a8283b156ebd, 0x5e7a26001c029, 0x739c663a03cbb, 0x52036cee2b6ff}};
static const fe FE_2D = {{0x69b9426b2f159, 0x35050762add7a, 0x3cf44c0038052, 0x6738cc7407977, 0x2406d9dc56dff}};
static const fe FE_I = {{0x61b274a0ea0b0, 0x0d5a5fc8f189d, 0x7ef5e9cbd0c60, 0x78595a6804c9e, 0x2b8324804fc1d}};

static inline fe fe_add(fe a, fe b) {
    fe r;
    for (int i = 0; i < 5; i++) r.v[i] = a.v[i] + b.v[i];
    return r;
}

static inline fe fe_sub(fe a, fe b) { /* a - b + 4p */
    fe r;
    r.v[0] = a.v[0] + 0x1fffffffffffb4ULL - b.v[0];
    for (int i = 1; i < 5; i++) r.v[i] = a.v[i] + 0x1ffffffffffffcULL - b.v[i];
    return r;
}

static inline fe fe_carry(u128 t0, u128 t1, u128 t2, u128 t3, u128 t4) {
    fe r;
    t1 += (uint64_t)(t0 >> 51);
    t2 += (uint64_t)(t1 >> 51);
    t3 += (uint64_t)(t2 >> 51);
    t4 += (uint64_t)(t3 >> 51);
    r.v[0] = ((uint64_t)t0 & LIMB) + 19 * (uint64_t)(t4 >> 51);
    r.v[1] = ((uint64_t)t1 & LIMB) + (r.v[0] >> 51);
    r.v[0] &= LIMB;
    r.v[2] = (uint64_t)t2 & LIMB;
    r.v[3] = (uint64_t)t3 & LIMB;
    r.v[4] = (uint64_t)t4 & LIMB;
    return r;
}

#define M(x, y) ((u128)(x) * (y))

static inline fe fe_mul(fe a, fe b) {
    const uint64_t *x = a.v, *y = b.v;
    uint64_t y1 = 19 * y[1], y2 = 19 * y[2], y3 = 19 * y[3], y4 = 19 * y[4];
    return fe_carry(
        M(x[0], y[0]) + M(x[1], y4) + M(x[2], y3) + M(x[3], y2) + M(x[4], y1),
        M(x[0], y[1]) + M(x[1], y[0]) + M(x[2], y4) + M(x[3], y3) + M(x[4], y2),
        M(x[0], y[2]) + M(x[1], y[1]) + M(x[2], y[0]) + M(x[3], y4) + M(x[4], y3),
        M(x[0], y[3]) + M(x[1], y[2]) + M(x[2], y[1]) + M(x[3], y[0]) + M(x[4], y4),
        M(x[0], y[4]) + M(x[1], y[3]) + M(x[2], y[2]) + M(x[3], y[1]) + M(x[4], y[0]));
}

static inline fe fe_sq(fe a) {
    const uint64_t *x = a.v;
    uint64_t x0 = 2 * x[0], x1 = 2 * x[1], x3 = 19 * x[3], x4 = 19 * x[4];
    return fe_carry(
        M(x[0], x[0]) + M(x1, x4) + M(2 * x[2], x3),
        M(x0, x[1]) + M(2 * x[2], x4) + M(x[3], x3),
        M(x0, x[2]) + M(x[1], x[1]) + M(2 * x[3], x4),
        M(x0, x[3]) + M(x1, x[2]) + M(x[4], x4),
        M(x0, x[4]) + M(x1, x[3]) + M(x[2], x[2]));
}

#undef M

static inline fe fe_sq_times(fe a, int times) {
    while (times--) a = fe_sq(a);
    return a;
}

/* a^(2^250 - 1); *a11 becomes a^11 */
static fe fe_power_250(fe a, fe *a11) {
    fe a2 = fe_sq(a);
    fe a9 = fe_mul(a, fe_sq_times(a2, 2));
    *a11 = fe_mul(a2, a9);
    fe e5 = fe_mul(a9, fe_sq(*a11)); /* a^(2^5 - 1), and so on */
    fe e10 = fe_mul(fe_sq_times(e5, 5), e5);
    fe e20 = fe_mul(fe_sq_times(e10, 10), e10);
    fe e40 = fe_mul(fe_sq_times(e20, 20), e20);
    fe e50 = fe_mul(fe_sq_times(e40, 10), e10);
    fe e100 = fe_mul(fe_sq_times(e50, 50), e50);
    fe e200 = fe_mul(fe_sq_times(e100, 100), e100);
    return fe_mul(fe_sq_times(e200, 50), e50);
}

static fe fe_inverse(fe a) { /* a^(p - 2) */
    fe a11, e = fe_power_250(a, &a11);
    return fe_mul(fe_sq_times(e, 5), a11);
}

static fe fe_power_p58(fe a) { /* a^((p - 5) / 8) */
    fe a11, e = fe_power_250(a, &a11);
    return fe_mul(fe_sq_times(e, 2), a);
}

static void fe_to_bytes(uint8_t out[32], fe a) { /* the one representative below p; `a` is loose */
    uint64_t *t = a.v, carry;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < 4; i++) { t[i + 1] += t[i] >> 51; t[i] &= LIMB; }
        t[0] += 19 * (t[4] >> 51);
        t[4] &= LIMB;
    }
    carry = (t[0] + 19) >> 51; /* 1 exactly when a >= p */
    for (int i = 1; i < 5; i++) carry = (t[i] + carry) >> 51;
    t[0] += 19 * carry;
    for (int i = 0; i < 4; i++) { t[i + 1] += t[i] >> 51; t[i] &= LIMB; }
    t[4] &= LIMB;
    uint64_t words[4] = {t[0] | t[1] << 51, t[1] >> 13 | t[2] << 38, t[2] >> 26 | t[3] << 25, t[3] >> 39 | t[4] << 12};
    memcpy(out, words, 32);
}

static fe fe_from_bytes(const uint8_t in[32]) { /* bit 255 is ignored */
    uint64_t w[4];
    memcpy(w, in, 32);
    fe r = {{w[0] & LIMB, (w[0] >> 51 | w[1] << 13) & LIMB, (w[1] >> 38 | w[2] << 26) & LIMB,
             (w[2] >> 25 | w[3] << 39) & LIMB, w[3] >> 12 & LIMB}};
    return r;
}

static int fe_equal(fe a, fe b) {
    uint8_t x[32], y[32];
    fe_to_bytes(x, a);
    fe_to_bytes(y, b);
    return memcmp(x, y, 32) == 0;
}
#endif
