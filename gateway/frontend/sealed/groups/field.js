/** The subgroups of prime order q of F_p* (§2), with JavaScript's own big numbers. An element is written in decimal. */
import { Check, require } from "../refusal.js";

/** @typedef {bigint} FieldElement */

const WINDOW = 6n;
const WIDTH = 64;
const SLIDE = 4n;
const SUBSETS = 64;

export class FieldGroup {
  identity = 1n;

  /** @type {Map<bigint, bigint[][]>} tables of powers of fixed bases */
  #tables = new Map();

  /** @param {string} name @param {{p: bigint, q: bigint, g: bigint}} parameters */
  constructor(name, { p, q, g }) {
    this.name = name;
    this.order = q;
    this.generator = g;
    this.p = p;
    this.longest = String(p).length;
    this.safe = 2n * q + 1n === p;
  }

  /** @param {string} text */
  parse(text) {
    const plain = text.length <= this.longest && /^(0|[1-9][0-9]*)$/.test(text);
    require(plain, Check.ELEMENT, "not a decimal number in canonical form");
    const number = BigInt(text);
    require(number < this.p, Check.ELEMENT, "not below the modulus");
    return number;
  }

  /** @param {bigint} element */
  text = (element) => String(element);

  /** @param {bigint[]} elements */
  texts = (elements) => elements.map(String);

  /** Test 64 random subset products: an element outside is missed with probability 2^-64. @param {bigint[]} elements */
  areMembers(elements) {
    if (elements.length <= SUBSETS || this.safe) return elements.every((element) => this.#contains(element));
    return elements.every((element) => element > 0n) && this.#subsetProducts(elements).every((one) => this.#contains(one));
  }

  /** 0 < x < p and x^q = 1; with q = (p - 1)/2, Euler's criterion makes it a Jacobi symbol. @param {bigint} element */
  #contains(element) {
    if (element <= 0n || element >= this.p) return false;
    return this.safe ? jacobi(element, this.p) === 1 : this.#slide(element, this.order) === 1n;
  }

  /** @param {bigint[]} elements */
  #subsetProducts(elements) {
    const products = Array(SUBSETS).fill(1n);
    for (const element of elements) {
      const bits = crypto.getRandomValues(new Uint8Array(SUBSETS));
      products.forEach((product, place) => {
        if (bits[place] & 1) products[place] = (product * element) % this.p;
      });
    }
    return products;
  }

  /** @param {bigint} left @param {bigint} right */
  same = (left, right) => left === right;

  /** @param {bigint} left @param {bigint} right */
  multiply = (left, right) => (left * right) % this.p;

  /** @param {bigint} element */
  inverse = (element) => this.#slide(element, this.order - 1n);

  /** @param {bigint} base @param {bigint} exponent */
  power(base, exponent) {
    const reduced = ((exponent % this.order) + this.order) % this.order;
    const table = this.#tables.get(base);
    return table ? this.#powerOfFixed(table, reduced) : this.#slide(base, reduced);
  }

  /** Tabulate b^(d 64^i), d < 64: a power is then one product for six bits of the exponent. @param {bigint} base */
  prepare(base) {
    if (this.#tables.has(base)) return;
    const table = [];
    let step = base;
    for (let bits = this.order; bits > 0n; bits >>= WINDOW) {
      const row = [1n];
      while (row.length < WIDTH) row.push((row[row.length - 1] * step) % this.p);
      step = (row[WIDTH - 1] * step) % this.p;
      table.push(row);
    }
    this.#tables.set(base, table);
  }

  /** @param {bigint[][]} table @param {bigint} exponent */
  #powerOfFixed(table, exponent) {
    let total = 1n;
    for (const row of table) {
      total = (total * row[Number(exponent & 63n)]) % this.p;
      exponent >>= WINDOW;
    }
    return total;
  }

  /** Four bits of the exponent at a time, the highest first. @param {bigint} base @param {bigint} exponent */
  #slide(base, exponent) {
    const powers = [1n];
    while (powers.length < 16) powers.push((powers[powers.length - 1] * base) % this.p);
    let total = 1n;
    for (const digit of exponent.toString(16)) {
      for (let bit = 0n; bit < SLIDE; bit += 1n) total = (total * total) % this.p;
      total = (total * powers[parseInt(digit, 16)]) % this.p;
    }
    return total;
  }

  /**
   * A_j = g^r α^c and B_j = y^r (β g^-M)^c.
   * @param {bigint} key
   * @param {import("./index.js").Branch[]} branches
   */
  commitments(key, branches) {
    this.prepare(this.generator);
    this.prepare(key);
    return branches.flatMap(({ alpha, beta, value, challenge, response }) => {
      const shifted = value ? this.multiply(beta, this.power(this.generator, -BigInt(value))) : beta;
      return [
        this.multiply(this.power(this.generator, response), this.#slide(alpha, challenge)),
        this.multiply(this.power(key, response), this.#slide(shifted, challenge)),
      ];
    });
  }
}

/** The Jacobi symbol (a / n), n odd and positive. @param {bigint} a @param {bigint} n */
function jacobi(a, n) {
  let sign = 1;
  while (a !== 0n) {
    while ((a & 1n) === 0n) {
      a >>= 1n;
      const last = n & 7n;
      if (last === 3n || last === 5n) sign = -sign;
    }
    [a, n] = [n, a];
    if ((a & 3n) === 3n && (n & 3n) === 3n) sign = -sign;
    a %= n;
  }
  return n === 1n ? sign : 0;
}
