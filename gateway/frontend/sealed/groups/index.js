/** The three groups of the protocol behind one interface (§2), written multiplicatively also on the curve.

   @typedef {import("./ed25519.js").CurveElement | import("./field.js").FieldElement} Element */
import { Check, require } from "../refusal.js";
import { FIELDS } from "./constants.js";
import { Ed25519Group } from "./ed25519.js";
import { FieldGroup } from "./field.js";

/**
 * A disjunct of a proof: (alpha, beta) encrypts `value`, shown by (challenge, response).
 * @typedef {{alpha: any, beta: any, value: number, challenge: bigint, response: bigint}} Branch
 */

/**
 * What the protocol asks of a group of prime order. Exponents are reduced modulo the order. `parse` reads the canonical
 * text of an element and says nothing of membership; operations expect members, so membership is always checked too.
 * @typedef {object} Group
 * @property {string} name
 * @property {bigint} order
 * @property {any} generator
 * @property {any} identity
 * @property {(text: string) => any} parse
 * @property {(element: any) => string} text
 * @property {(elements: any[]) => string[]} texts
 * @property {(elements: any[]) => boolean} areMembers
 * @property {(left: any, right: any) => boolean} same
 * @property {(left: any, right: any) => any} multiply
 * @property {(element: any) => any} inverse
 * @property {(base: any, exponent: bigint) => any} power
 * @property {(base: any) => void} prepare
 * @property {(key: any, branches: Branch[]) => any[]} commitments A_0, B_0, A_1, B_1, …
 */

/** @type {Map<string, Group>} */
const made = new Map();

/** @param {string} name @returns {Group} */
export function groupNamed(name) {
  const known = name === "Ed25519" || Object.hasOwn(FIELDS, name);
  require(known, Check.GROUP, `unknown group ${name.slice(0, 40)}`);
  let group = made.get(name);
  if (!group) {
    group = name === "Ed25519" ? new Ed25519Group() : new FieldGroup(name, FIELDS[name]);
    made.set(name, group);
  }
  return group;
}

/**
 * Multiply members; the empty product is the identity.
 * @param {Group} group
 * @param {any[]} elements
 */
export const product = (group, elements) => elements.reduce((left, right) => group.multiply(left, right), group.identity);

/** @param {bigint} number @param {bigint} order */
export const modulo = (number, order) => ((number % order) + order) % order;
