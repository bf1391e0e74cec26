/** Ed25519 (§2): the subgroup of prime order of edwards25519, on @noble/curves.

   The text of an element is its 32 bytes of RFC 8032, reversed, in hexadecimal. */
import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { Check, Refused, require } from "../refusal.js";

const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;
const PRIME = Point.Fp.ORDER;
const SIGN = 1n << 255n;

/** @typedef {InstanceType<typeof Point>} CurvePoint */

const WINDOW = 8;
const SUBSETS = 64;
const TOGETHER = 5;

/* One digit of an exponent, base 16, signed: -7 … 8. */
const DIGIT = 4n;
const DIGITS = 64;
const HALF = 8;

/** An element known by its text, by its point, or by both: either is computed when it is first needed. */
export class CurveElement {
  /** @param {string} text @param {CurvePoint} [point] */
  constructor(text, point) {
    this.known = text;
    this.decoded = point;
  }

  get text() {
    this.known ||= textOf(this.point);
    return this.known;
  }

  /** The point; Refused when the text is not that of a point of the curve. */
  get point() {
    this.decoded ??= decode(this.known);
    return this.decoded;
  }
}

/** @param {string} text */
function decode(text) {
  try {
    return Point.fromBytes(hexToBytes(text).reverse());
  } catch {
    throw new Refused(Check.MEMBERSHIP, "not a point of the curve");
  }
}

/** @param {CurvePoint} point */
const textOf = (point) => bytesToHex(point.toBytes().reverse());

/** @param {CurvePoint} point */
const made = (point) => new CurveElement("", point);

export class Ed25519Group {
  name = "Ed25519";
  order = ORDER;
  generator = made(Point.BASE);
  identity = made(Point.ZERO);

  /** @type {Map<string, CurvePoint>} points with a table of their multiples */
  #prepared = new Map();

  /** @param {string} text */
  parse(text) {
    require(/^[0-9a-f]{64}$/.test(text), Check.ELEMENT, "not 64 lower-case hexadecimal digits");
    require(BigInt(`0x${text}`) % SIGN < PRIME, Check.ELEMENT, "ordinate not below 2^255 - 19");
    return new CurveElement(text);
  }

  /** @param {CurveElement} element */
  text = (element) => element.text;

  /** The texts of many elements, with one inversion for all. @param {CurveElement[]} elements */
  texts(elements) {
    const unwritten = elements.filter((element) => !element.known);
    const inverses = Point.Fp.invertBatch(unwritten.map((element) => element.point.Z));
    unwritten.forEach((element, place) => {
      const { x, y } = element.point.toAffine(inverses[place]);
      element.known = (y + (x & 1n) * SIGN).toString(16).padStart(64, "0");
    });
    return elements.map((element) => element.text);
  }

  /** Test 64 random subset products: an element outside is missed with probability 2^-64. @param {CurveElement[]} elements */
  areMembers(elements) {
    let points;
    try {
      points = elements.map((element) => element.point);
    } catch {
      return false;
    }
    if (points.length < SUBSETS) return points.every((point) => point.isTorsionFree());
    return subsetSums(points).every((point) => point.isTorsionFree());
  }

  /** @param {CurveElement} left @param {CurveElement} right */
  same(left, right) {
    return left.known && right.known ? left.known === right.known : left.point.equals(right.point);
  }

  /** @param {CurveElement} left @param {CurveElement} right */
  multiply = (left, right) => made(left.point.add(right.point));

  /** @param {CurveElement} element */
  inverse = (element) => made(element.point.negate());

  /**
   * The library runs through the same additions whatever the exponent, as far as JavaScript's numbers allow.
   * @param {CurveElement} base
   * @param {bigint} exponent
   */
  power(base, exponent) {
    const scalar = ((exponent % ORDER) + ORDER) % ORDER;
    const point = base === this.generator ? Point.BASE : this.#prepared.get(base.text) ?? base.point;
    if (scalar === 0n || point.is0()) return this.identity;
    return made(this.#prepared.has(base.text) || base === this.generator ? point.multiplyUnsafe(scalar) : point.multiply(scalar));
  }

  /** Tabulate the multiples of a base: powers of it are then six times quicker. @param {CurveElement} base */
  prepare(base) {
    if (base.point.equals(Point.BASE) || this.#prepared.has(base.text)) return;
    const point = base.point;
    if (!point.is0()) this.#prepared.set(base.text, point.precompute(WINDOW, false));
  }

  /**
   * A_j = g^r α^c and B_j = y^r g^(-M c) β^c: only α and β, shared by neighbouring branches, are not fixed bases.
   * @param {CurveElement} key
   * @param {import("./index.js").Branch[]} branches
   */
  commitments(key, branches) {
    this.prepare(key);
    const alphas = this.#variablePowers(branches.map((one) => [one.alpha, one.challenge]));
    const betas = this.#variablePowers(branches.map((one) => [one.beta, one.challenge]));
    return branches.flatMap(({ value, challenge, response }, place) => {
      const shifted = value ? made(betas[place].add(this.power(this.generator, -BigInt(value) * challenge).point)) : made(betas[place]);
      return [
        made(this.power(this.generator, response).point.add(alphas[place])),
        made(this.power(key, response).point.add(shifted.point)),
      ];
    });
  }

  /** @param {[CurveElement, bigint][]} pairs @returns {CurvePoint[]} */
  #variablePowers(pairs) {
    /** @type {Map<CurveElement, CurvePoint[]>} */
    const ladders = new Map();
    return pairs.map(([base, exponent]) => {
      if (!ladders.has(base)) ladders.set(base, ladderOf(base.point));
      return climb(/** @type {CurvePoint[]} */ (ladders.get(base)), ((exponent % ORDER) + ORDER) % ORDER);
    });
  }
}

/** P, 16 P, 16² P, …: the doublings that all the powers of a point share. @param {CurvePoint} point */
function ladderOf(point) {
  const ladder = [point];
  while (ladder.length <= DIGITS) ladder.push(ladder[ladder.length - 1].double().double().double().double());
  return ladder;
}

/** n P from P's ladder, by buckets: steps with the same digit are added up before they are multiplied (Yao). @param {CurvePoint[]} ladder @param {bigint} exponent */
function climb(ladder, exponent) {
  const buckets = Array(HALF + 1).fill(Point.ZERO);
  for (let step = 0; exponent > 0n; step += 1) {
    let digit = Number(exponent & 15n);
    exponent >>= DIGIT;
    if (digit > HALF) {
      digit -= 16;
      exponent += 1n;
    }
    if (digit > 0) buckets[digit] = buckets[digit].add(ladder[step]);
    if (digit < 0) buckets[-digit] = buckets[-digit].subtract(ladder[step]);
  }
  let running = Point.ZERO;
  let total = Point.ZERO;
  for (let digit = HALF; digit > 0; digit -= 1) {
    running = running.add(buckets[digit]);
    total = total.add(running);
  }
  return total;
}

/** @param {CurvePoint[]} points */
function subsetSums(points) {
  const sums = Array(SUBSETS).fill(Point.ZERO);
  for (let start = 0; start < points.length; start += TOGETHER) {
    let partial = [Point.ZERO];
    for (const point of points.slice(start, start + TOGETHER)) partial = partial.concat(partial.map((sum) => sum.add(point)));
    const choices = crypto.getRandomValues(new Uint8Array(SUBSETS));
    sums.forEach((sum, place) => {
      const chosen = choices[place] % partial.length;
      if (chosen) sums[place] = sum.add(partial[chosen]);
    });
  }
  return sums;
}
