/* Bytes and texts of the protocol (docs/protocol.md, §1): compact JSON, numbers, hashes.

   Reading is strict: what was read is written again and compared (`readCanonical`), so that one content has one form. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { Check, Refused, require } from "./refusal.js";

export const LARGEST_WEIGHT = 2n ** 63n - 1n;
const LARGEST_JSON_WEIGHT = 2 ** 30 - 1;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @param {string} text */
export const utf8 = (text) => encoder.encode(text);

/** @param {unknown} value */
export const compact = (value) => JSON.stringify(value);

/** @param {Uint8Array | string} data SHA-256 in 64 lower-case hexadecimal digits: the name of a record */
export const hexDigest = (data) => bytesToHex(digest(data));

/** @param {Uint8Array | string} data SHA-256 in Base64 without padding, 43 characters: fingerprints and trackers */
export const shortDigest = (data) => base64(digest(data)).replace(/=+$/, "");

/** @param {Uint8Array | string} data */
export const digest = (data) => sha256(typeof data === "string" ? utf8(data) : data);

/** @param {Uint8Array} data */
export const base64 = (data) => btoa(String.fromCharCode(...data));

/** @param {Uint8Array} data big-endian */
export const toNumber = (data) => (data.length ? BigInt(`0x${bytesToHex(data)}`) : 0n);

/** @param {Uint8Array} left @param {Uint8Array} right */
export function sameBytes(left, right) {
  return left.length === right.length && left.every((byte, place) => byte === right[place]);
}

/**
 * Parse with `read` and require that `write` gives the same bytes back.
 * @template T
 * @param {Uint8Array} data
 * @param {(value: unknown) => T} read
 * @param {(value: T) => unknown} write
 * @returns {T}
 */
export function readCanonical(data, read, write) {
  const value = read(parse(data));
  require(sameBytes(utf8(compact(write(value))), data), Check.CANONICAL, "rebuilding it does not give the same bytes");
  return value;
}

/** @param {Uint8Array} data @returns {unknown} */
export function parse(data) {
  try {
    const text = decoder.decode(data);
    const value = JSON.parse(text);
    if (!wellFormed(value)) throw new SyntaxError("half a character");
    return FRACTION.test(text) ? JSON.parse(withFractions(text)) : value;
  } catch {
    throw new Refused(Check.FORM, "not JSON in UTF-8");
  }
}

/* For JSON.parse 1.0 is 1, and only whole numbers are allowed anywhere: let a number with a point or an exponent come out as a
   fraction, so that it is refused as a number where one is expected. */
const FRACTION = /[\d][.eE]/;

/** @param {string} text */
function withFractions(text) {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => (/^-?\d+[.eE]/.test(token) ? "0.5" : token));
}

/** @param {unknown} value @returns {boolean} */
function wellFormed(value) {
  if (typeof value === "string") return !/\p{Surrogate}/u.test(value);
  if (value === null || typeof value !== "object") return true;
  return Object.entries(value).every(([name, item]) => wellFormed(name) && wellFormed(item));
}

/**
 * Require an object with these fields and no other.
 * @param {unknown} value
 * @param {string[]} required
 * @param {string[]} [optional]
 * @returns {Record<string, unknown>}
 */
export function asObject(value, required, optional = []) {
  const plain = typeof value === "object" && value !== null && !Array.isArray(value);
  require(plain, Check.FORM, "an object is expected");
  const fields = /** @type {Record<string, unknown>} */ (value);
  const missing = required.filter((name) => !Object.hasOwn(fields, name));
  require(!missing.length, Check.FORM, `missing field ${missing.join(", ")}`);
  const unknown = Object.keys(fields).filter((name) => !required.includes(name) && !optional.includes(name));
  require(!unknown.length, Check.FORM, `unknown field ${unknown.join(", ").slice(0, 80)}`);
  return fields;
}

/** @param {unknown} value @returns {unknown[]} */
export function asList(value) {
  if (!Array.isArray(value)) throw new Refused(Check.FORM, "a list is expected");
  return value;
}

/** @param {unknown} value @returns {string} */
export function asText(value) {
  if (typeof value !== "string") throw new Refused(Check.FORM, "a string is expected");
  return value;
}

/** @param {unknown} value @returns {number} */
export function asSmall(value) {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > LARGEST_JSON_WEIGHT) {
    throw new Refused(Check.NUMBER, "a small natural number is expected");
  }
  return value;
}

/** @param {unknown} value @returns {string} */
export function asDigest(value) {
  const text = asText(value);
  require(/^[0-9a-f]{64}$/.test(text), Check.FORM, "a SHA-256 in hexadecimal is expected");
  return text;
}

/** @type {Map<bigint, number>} */
const lengths = new Map();

/** @param {bigint} number */
function digitsOf(number) {
  if (!lengths.has(number)) lengths.set(number, String(number).length);
  return /** @type {number} */ (lengths.get(number));
}

/**
 * A natural number in decimal, canonical, strictly below the bound.
 * @param {string} text
 * @param {bigint} below
 */
export function natural(text, below) {
  const short = text.length <= digitsOf(below);
  require(short && /^(0|[1-9][0-9]*)$/.test(text), Check.NUMBER, "a decimal number in canonical form is expected");
  const number = BigInt(text);
  require(number < below, Check.NUMBER, "out of range");
  return number;
}

/** @param {import("./groups/index.js").Group} group @param {unknown} value */
export const asExponent = (group, value) => natural(asText(value), group.order);

/** @param {import("./groups/index.js").Group} group @param {unknown} value */
export const asElement = (group, value) => group.parse(asText(value));

/** A weight or a count: a JSON number up to 2^30 - 1, a string above. @param {unknown} value */
export function asWeight(value) {
  if (typeof value !== "string") return BigInt(asSmall(value));
  const number = natural(value, 2n ** 128n);
  require(number > LARGEST_JSON_WEIGHT, Check.NUMBER, "a small number is not written as a string");
  return number;
}

/** @param {bigint} weight */
export const weightJson = (weight) => (weight <= LARGEST_JSON_WEIGHT ? Number(weight) : String(weight));
