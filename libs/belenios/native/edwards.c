/* What a verifier does thousands of times on Ed25519, for belenios/groups/native.py (through ctypes).
 *
 * VARIABLE TIME: public data only, never a secret exponent. A point comes in as its coordinates x and y, 64 bytes that
 * edwards_decode made from the 32 of RFC 8032, and goes out as those 32. Exponents are 32 bytes, little-endian, below the
 * group's order. Functions return 1, or 0 for "no", or -1 when memory is short. */
#include <stdlib.h>
#include "point25519.h"

#define TABLE_ROWS 32
#define TABLE_COLUMNS 128 /* row i: d 256^i P for d = 1 … 128 */

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

#define COORDINATES 64

EXPORT int edwards_interface(void) { return 2; }

EXPORT int edwards_table_size(void) { return (int)(sizeof(affine) * TABLE_ROWS * TABLE_COLUMNS); }

/* 0 when the bytes are not the canonical form of a point of the curve */
EXPORT int edwards_decode(const uint8_t in[32], uint8_t coordinates[COORDINATES]) {
    point p;
    if (!decode(&p, in)) return 0;
    fe_to_bytes(coordinates, p.x);
    fe_to_bytes(coordinates + 32, p.y);
    return 1;
}

static point load(const uint8_t coordinates[COORDINATES]) {
    point p = {fe_from_bytes(coordinates), fe_from_bytes(coordinates + 32), FE_ONE, FE_ONE};
    p.t = fe_mul(p.x, p.y);
    return p;
}

static affine as_affine(const point *p, fe inverse_z) {
    fe x = fe_mul(p->x, inverse_z), y = fe_mul(p->y, inverse_z);
    affine r = {fe_add(y, x), fe_sub(y, x), fe_mul(fe_mul(x, y), FE_2D)};
    return r;
}

EXPORT int edwards_table(affine *table, const uint8_t base[COORDINATES]) {
    point row[TABLE_COLUMNS], power = load(base);
    fe inverses[TABLE_COLUMNS];
    for (int i = 0; i < TABLE_ROWS; i++) {
        addend step = as_addend(&power);
        row[0] = power;
        for (int d = 1; d < TABLE_COLUMNS; d++) {
            row[d] = row[d - 1];
            add(&row[d], &step);
        }
        invert_z(TABLE_COLUMNS, row, inverses);
        for (int d = 0; d < TABLE_COLUMNS; d++) table[i * TABLE_COLUMNS + d] = as_affine(&row[d], inverses[d]);
        power = row[TABLE_COLUMNS - 1];
        twice(&power, 1);
    }
    return 1;
}

/* r += exponent P, P the base of the table: one addition for each signed digit in base 256 */
static void add_fixed(point *r, const affine *table, const uint8_t exponent[32]) {
    int carry = 0;
    for (int i = 0; i < TABLE_ROWS; i++, table += TABLE_COLUMNS) {
        int d = exponent[i] + carry;
        carry = d > 128;
        d -= 256 * carry;
        if (d > 0) add_affine(r, &table[d - 1]);
        if (d < 0) subtract_affine(r, &table[-d - 1]);
    }
}

static int encode_all(int n, const point *points, uint8_t *out) {
    fe *inverses = malloc(sizeof(fe) * (size_t)n);
    if (!inverses) return -1;
    invert_z(n, points, inverses);
    for (int i = 0; i < n; i++) encode_with(out + 32 * i, &points[i], inverses[i]);
    free(inverses);
    return 1;
}

/* For each branch i: out[2i] = g^r alpha^c and out[2i+1] = y^r g^s beta^c; neighbours with the same (alpha, beta) share its doublings.
 * `exponents` holds c, r, s of each branch; `pairs` alpha, beta of each branch. */
EXPORT int edwards_commitments(int n, const uint8_t *pairs, const uint8_t *exponents, const affine *g, const affine *y, uint8_t *out) {
    addend alphas[WINDOWS], betas[WINDOWS];
    point *results = malloc(sizeof(point) * 2 * (size_t)n);
    if (!results) return -1;
    for (int i = 0; i < n; i++) {
        const uint8_t *pair = pairs + 2 * COORDINATES * i, *c = exponents + 96 * i, *r = c + 32, *s = c + 64;
        if (i == 0 || memcmp(pair, pair - 2 * COORDINATES, 2 * COORDINATES)) {
            point alpha = load(pair), beta = load(pair + COORDINATES);
            spread(alphas, &alpha);
            spread(betas, &beta);
        }
        gather(&results[2 * i], alphas, c);
        add_fixed(&results[2 * i], g, r);
        gather(&results[2 * i + 1], betas, c);
        add_fixed(&results[2 * i + 1], y, r);
        add_fixed(&results[2 * i + 1], g, s);
    }
    int status = encode_all(2 * n, results, out);
    free(results);
    return status;
}

/* out = base^exponent */
EXPORT int edwards_power(const uint8_t base[COORDINATES], const uint8_t exponent[32], uint8_t out[32]) {
    addend powers[WINDOWS];
    point p = load(base);
    spread(powers, &p);
    gather(&p, powers, exponent);
    encode(out, &p);
    return 1;
}

/* out = the product of n points */
EXPORT int edwards_product(int n, const uint8_t *points, uint8_t out[32]) {
    point total = NEUTRAL;
    for (int i = 0; i < n; i++) {
        point p = load(points + COORDINATES * i);
        add_point(&total, &p);
    }
    encode(out, &total);
    return 1;
}

static int of_order(const point *p) {
    addend powers[WINDOWS];
    point r;
    spread(powers, p);
    gather(&r, powers, ORDER);
    return is_neutral(&r);
}

#define SUMS 64
#define GROUP 4

/* sums[k] += the points of this group (at most GROUP) whose random word has bit k: all the partial sums first, then one addition each */
static void add_to_sums(point sums[SUMS], int n, const point *points, const uint64_t *random) {
    point partial[1 << GROUP];
    addend ready[1 << GROUP];
    partial[0] = NEUTRAL;
    for (int subset = 1; subset < 1 << n; subset++) {
        int lowest = 0;
        while (!(subset >> lowest & 1)) lowest++;
        partial[subset] = partial[subset & (subset - 1)];
        add_point(&partial[subset], &points[lowest]);
        ready[subset] = as_addend(&partial[subset]);
    }
    for (int k = 0; k < SUMS; k++) {
        int subset = 0;
        for (int i = 0; i < n; i++) subset |= (int)(random[i] >> k & 1) << i;
        if (subset) add(&sums[k], &ready[subset]);
    }
}

/* 1 when all the points are of the prime order's subgroup. A point outside is missed with probability 2^-64 at most: each of
 * 64 random subset sums falls back into the subgroup with probability 1/2 at most. `random`: one word of 64 bits per point. */
EXPORT int edwards_members(int n, const uint8_t *points, const uint64_t *random) {
    point group[GROUP], sums[SUMS];
    for (int k = 0; k < SUMS; k++) sums[k] = NEUTRAL;
    for (int start = 0; start < n; start += GROUP) {
        int size = n - start < GROUP ? n - start : GROUP;
        for (int i = 0; i < size; i++) {
            group[i] = load(points + COORDINATES * (start + i));
            if (n < SUMS && !of_order(&group[i])) return 0;
        }
        if (n >= SUMS) add_to_sums(sums, size, group, random + start);
    }
    for (int k = 0; k < SUMS && n >= SUMS; k++)
        if (!of_order(&sums[k])) return 0;
    return 1;
}
