/** Zero-knowledge proofs (§1, §5, §6, §9), Fiat-Shamir: the challenge hashes the statement and the commitments.

   Three kinds: knowledge of an exponent, equality of two exponents, and one-out-of-many. A prefix that enters the hash
   binds each to its context.

   @typedef {import("./groups/index.js").Group} Group
   @typedef {{challenge: bigint, response: bigint}} Proof
   @typedef {{randomness: bigint, value: number}} Opened what its maker knows of a ciphertext
   @typedef {{alpha: any, beta: any, value: number, opened?: Opened}} Statement (alpha, beta) encrypts `value`
*/
import { asExponent, asObject, digest, toNumber } from "./encoding.js";
import { modulo } from "./groups/index.js";

/** @param {Group} group @param {unknown} value @returns {Proof} */
export function readProof(group, value) {
  const fields = asObject(value, ["challenge", "response"]);
  return { challenge: asExponent(group, fields.challenge), response: asExponent(group, fields.response) };
}

/** @param {Proof} proof */
export const proofJson = ({ challenge, response }) => ({ challenge: String(challenge), response: String(response) });

/** H(prefix; e1, …, en) (§1). @param {Group} group @param {string} prefix @param {any[]} elements */
export function hashToExponent(group, prefix, elements) {
  return toNumber(digest(prefix + group.texts(elements).join(","))) % group.order;
}

/** Draw an exponent; sixteen bytes more than the order's make it uniform to 2^-128. @param {Group} group */
export function randomExponent(group) {
  const bytes = Math.ceil(group.order.toString(16).length / 2) + 16;
  return toNumber(crypto.getRandomValues(new Uint8Array(bytes))) % group.order;
}

/** Prove knowledge of x, given g^x. @param {Group} group @param {string} prefix @param {bigint} secret @returns {Proof} */
export function proveKnowledge(group, prefix, secret) {
  const w = randomExponent(group);
  const challenge = hashToExponent(group, prefix, [group.power(group.generator, w)]);
  return { challenge, response: modulo(w - secret * challenge, group.order) };
}

/** @param {Group} group @param {any} base @param {any} key @param {Proof} proof */
const commitment = (group, base, key, { challenge, response }) =>
  group.multiply(group.power(base, response), group.power(key, challenge));

/** Check c = H(prefix; g^r X^c). @param {Group} group @param {string} prefix @param {any} key a member @param {Proof} proof */
export function knowledgeHolds(group, prefix, key, proof) {
  return hashToExponent(group, prefix, [commitment(group, group.generator, key, proof)]) === proof.challenge;
}

/** Prove that g^x and base^x have the same x. @param {Group} group @param {string} prefix @param {any} base @param {bigint} secret @returns {Proof} */
export function proveEquality(group, prefix, base, secret) {
  const w = randomExponent(group);
  const challenge = hashToExponent(group, prefix, [group.power(group.generator, w), group.power(base, w)]);
  return { challenge, response: modulo(w - secret * challenge, group.order) };
}

/**
 * Check that key = g^x and power = base^x for one x.
 * @param {Group} group
 * @param {string} prefix
 * @param {{key: any, base: any, power: any}} claim
 * @param {Proof} proof
 */
export function equalityHolds(group, prefix, { key, base, power }, proof) {
  const commitments = [commitment(group, group.generator, key, proof), commitment(group, base, power, proof)];
  return hashToExponent(group, prefix, commitments) === proof.challenge;
}

/**
 * Prove that one statement holds without telling which: the others are simulated (§6).
 *
 * Whoever made the ciphertexts knows their randomness r, so that every commitment is a product of powers of g and y,
 * which have tables: A_j = g^(r_j + r c_j), B_j = y^(r_j + r c_j) g^((m - M_j) c_j).
 *
 * @param {Group} group
 * @param {any} key
 * @param {string} prefix
 * @param {Statement[]} statements all of them opened
 * @param {number} held the place of the statement that is true
 * @returns {Proof[]}
 */
export function proveOne(group, key, prefix, statements, held) {
  const proofs = statements.map(() => ({ challenge: randomExponent(group), response: randomExponent(group) }));
  const w = randomExponent(group);
  const commitments = statements.flatMap((statement, place) =>
    place === held ? [group.power(group.generator, w), group.power(key, w)] : simulated(group, key, statement, proofs[place]),
  );
  const others = proofs.reduce((sum, proof, place) => (place === held ? sum : sum + proof.challenge), 0n);
  const challenge = modulo(hashToExponent(group, prefix, commitments) - others, group.order);
  const { randomness } = /** @type {Opened} */ (statements[held].opened);
  proofs[held] = { challenge, response: modulo(w - randomness * challenge, group.order) };
  return proofs;
}

/** @param {Group} group @param {any} key @param {Statement} statement @param {Proof} proof */
function simulated(group, key, { value, opened }, { challenge, response }) {
  const { randomness, value: held } = /** @type {Opened} */ (opened);
  const exponent = response + randomness * challenge;
  const shift = group.power(group.generator, BigInt(held - value) * challenge);
  return [group.power(group.generator, exponent), group.multiply(group.power(key, exponent), shift)];
}

/** Check Σ c_j = H(prefix; A_0, B_0, …) mod q. @param {Group} group @param {string} prefix @param {any[]} commitments @param {Proof[]} proofs */
export function challengesAddUp(group, prefix, commitments, proofs) {
  const total = proofs.reduce((sum, proof) => sum + proof.challenge, 0n) % group.order;
  return total === hashToExponent(group, prefix, commitments);
}
