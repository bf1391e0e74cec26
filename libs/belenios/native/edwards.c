/* The five things a verifier does thousands of times on Ed25519, for belenios/groups/native.py (through ctypes).
 *
 * VARIABLE TIME: public data only, never a secret exponent. Points are 32 bytes as in RFC 8032, exponents 32 bytes, little-endian,
 * below the group's order. Every function returns 1, or 0 when a point does not decode; -1 when memory is short. */
#include <stdlib.h>
#include "point25519.h"

#define TABLE_ROWS 32
#define TABLE_COLUMNS 128 /* row i: d 256^i P for d = 1 … 128 */

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

EXPORT int edwards_interface(void) { return 1; }

EXPORT int edwards_table_size(void) { return (int)(sizeof(affine) * TABLE_ROWS * TABLE_COLUMNS); }

static affine as_affine(const point *p, fe inverse_z) {
    fe x = fe_mul(p->x, inverse_z), y = fe_mul(p->y, inverse_z);
    affine r = {fe_add(y, x), fe_sub(y, x), fe_mul(fe_mul(x, y), FE_2D)};
    return r;
}

EXPORT int edwards_table(affine *table, const uint8_t base[32]) {
    point row[TABLE_COLUMNS], power;
    fe inverses[TABLE_COLUMNS];
    if (!decode(&power, base)) return 0;
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
    point p, *results = malloc(sizeof(point) * 2 * (size_t)n);
    int status = results ? 1 : -1;
    for (int i = 0; i < n && status == 1; i++) {
        const uint8_t *pair = pairs + 64 * i, *c = exponents + 96 * i, *r = c + 32, *s = c + 64;
        if (i == 0 || memcmp(pair, pair - 64, 64)) {
            if (!decode(&p, pair)) { status = 0; break; }
            spread(alphas, &p);
            if (!decode(&p, pair + 32)) { status = 0; break; }
            spread(betas, &p);
        }
        gather(&results[2 * i], alphas, c);
        add_fixed(&results[2 * i], g, r);
        gather(&results[2 * i + 1], betas, c);
        add_fixed(&results[2 * i + 1], y, r);
        add_fixed(&results[2 * i + 1], g, s);
    }
    if (status == 1) status = encode_all(2 * n, results, out);
    free(results);
    return status;
}

/* out = P^exponent */
EXPORT int edwards_power(const uint8_t base[32], const uint8_t exponent[32], uint8_t out[32]) {
    addend powers[WINDOWS];
    point p;
    if (!decode(&p, base)) return 0;
    spread(powers, &p);
    gather(&p, powers, exponent);
    encode(out, &p);
    return 1;
}

/* out = the product of n points */
EXPORT int edwards_product(int n, const uint8_t *points, uint8_t out[32]) {
    point total = NEUTRAL, p;
    for (int i = 0; i < n; i++) {
        if (!decode(&p, points + 32 * i)) return 0;
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
    if (n < SUMS) {
        for (int i = 0; i < n; i++)
            if (!decode(&group[0], points + 32 * i) || !of_order(&group[0])) return 0;
        return 1;
    }
    for (int k = 0; k < SUMS; k++) sums[k] = NEUTRAL;
    for (int start = 0; start < n; start += GROUP) {
        int size = n - start < GROUP ? n - start : GROUP;
        for (int i = 0; i < size; i++)
            if (!decode(&group[i], points + 32 * (start + i))) return 0;
        add_to_sums(sums, size, group, random + start);
    }
    for (int k = 0; k < SUMS; k++)
        if (!of_order(&sums[k])) return 0;
    return 1;
}
