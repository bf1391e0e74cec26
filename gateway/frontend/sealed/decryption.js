/** Opening the encrypted tally, and only that (§9, §10): partial decryptions, their proofs, the result they give.

   @typedef {import("./election.js").Election} Election
   @typedef {import("./groups/index.js").Group} Group
   @typedef {import("./tally.js").EncryptedTally} EncryptedTally
   @typedef {any[][]} Factors F = α^x for each ciphertext of the tally
   @typedef {bigint[][]} Result
*/
import { asElement, asList, asObject, asWeight, compact, readCanonical, weightJson } from "./encoding.js";
import { modulo, product } from "./groups/index.js";
import { equalityHolds, proofJson, proveEquality, readProof } from "./proofs.js";
import { Check, Refused, require } from "./refusal.js";
import { members } from "./trustees.js";

/** @param {unknown[][]} rows */
const shape = (rows) => compact(rows.map((row) => row.length));

/** A trustee's partial decryption of the tally. @param {Election} election @param {EncryptedTally} tally @param {bigint} secret */
export function decrypt(election, tally, secret) {
  const { group } = election;
  const prefix = prefixOf(election, group.power(group.generator, secret));
  return compact(
    partialJson(group, {
      factors: tally.map((row) => row.map(({ alpha }) => group.power(alpha, secret))),
      proofs: tally.map((row) => row.map(({ alpha }) => proveEquality(group, prefix, alpha, secret))),
    }),
  );
}

/** The factors of the trustee whose public key is `key`; Refused unless every proof holds. @param {Election} election @param {EncryptedTally} tally @param {any} key @param {Uint8Array} data @returns {Factors} */
export function checkDecryption(election, tally, key, data) {
  const { group } = election;
  const partial = readCanonical(data, (value) => asPartial(group, value), (found) => partialJson(group, found));
  const same = shape(tally) === shape(partial.factors) && shape(tally) === shape(partial.proofs);
  require(same, Check.FORM, "not of the shape of the tally");
  require(group.areMembers(partial.factors.flat()), Check.MEMBERSHIP, "a decryption factor is not a member of the group");
  const prefix = prefixOf(election, key);
  tally.forEach((row, i) =>
    row.forEach(({ alpha }, j) => {
      const claim = { key, base: alpha, power: partial.factors[i][j] };
      const holds = equalityHolds(group, prefix, claim, partial.proofs[i][j]);
      require(holds, Check.DECRYPTION_PROOF, "the proof of a factor does not hold");
    }),
  );
  return partial.factors;
}

/** @param {Election} election @param {any} key */
const prefixOf = ({ fingerprint, group }, key) => `decrypt|${fingerprint}|${group.text(key)}|`;

/** Multiply checked factors, by number of trustee, into D (§9). @param {Group} group @param {import("./trustees.js").Item[]} trustees @param {Map<number, Factors>} partials @returns {Factors} */
export function combine(group, trustees, partials) {
  let first = 1;
  const contributions = trustees.flatMap((item) => {
    const found = contributionsOf(group, item, first, partials);
    first += members(item).length;
    return found;
  });
  return contributions[0].map((row, i) => row.map((_, j) => product(group, contributions.map((factors) => factors[i][j]))));
}

/** What the members of one item bring, each raised to its Lagrange coefficient where there is a threshold. @param {Group} group @param {import("./trustees.js").Item} item @param {number} first @param {Map<number, Factors>} partials @returns {Factors[]} */
function contributionsOf(group, item, first, partials) {
  const came = members(item).map((_, place) => place + 1).filter((j) => partials.has(first + j - 1));
  const needed = item.threshold ? item.threshold.threshold : 1;
  if (came.length < needed) {
    throw new Refused(Check.MISSING_DECRYPTION, `${came.length} of the ${needed} needed from trustee ${first} on`);
  }
  const chosen = came.slice(0, needed);
  return chosen.map((j) => {
    const factors = /** @type {Factors} */ (partials.get(first + j - 1));
    const exponent = lagrange(group.order, chosen, j);
    return item.threshold ? factors.map((row) => row.map((factor) => group.power(factor, exponent))) : factors;
  });
}

/** λ_j = Π_{k ≠ j} k / (k - j) mod q. @param {bigint} order @param {number[]} chosen @param {number} j */
export function lagrange(order, chosen, j) {
  return chosen
    .filter((k) => k !== j)
    .reduce((product, k) => modulo(product * BigInt(k) * inverseModulo(modulo(BigInt(k - j), order), order), order), 1n);
}

/** By Euclid's algorithm. @param {bigint} number @param {bigint} order */
function inverseModulo(number, order) {
  let [low, high, x, y] = [number, order, 1n, 0n];
  while (low !== 0n) {
    const quotient = high / low;
    [low, high, x, y] = [high - quotient * low, low, y - quotient * x, x];
  }
  return modulo(y, order);
}

/** Refused unless the result has the tally's shape, 0 ≤ r ≤ total weight, and g^r D = β everywhere. @param {Group} group @param {EncryptedTally} tally @param {Factors} opened @param {bigint} totalWeight @param {Result} result */
export function checkResult(group, tally, opened, totalWeight, result) {
  const same = shape(tally) === shape(opened) && shape(tally) === shape(result);
  require(same, Check.RESULT, "not of the shape of the tally");
  tally.forEach((row, i) =>
    row.forEach(({ beta }, j) => {
      const count = result[i][j];
      const holds = group.same(group.multiply(opened[i][j], group.power(group.generator, count)), beta);
      require(count <= totalWeight, Check.RESULT, `question ${i + 1}: ${count} is more than all the votes`);
      require(holds, Check.RESULT, `question ${i + 1}: ${count} is not what the tally holds`);
    }),
  );
}

/** @param {Uint8Array} data @returns {Result} */
export const readResult = (data) =>
  readCanonical(
    data,
    (value) => asList(asObject(value, ["result"]).result).map((row) => asList(row).map(asWeight)),
    (rows) => ({ result: rows.map((row) => row.map(weightJson)) }),
  );

/** @param {Group} group @param {unknown} value */
function asPartial(group, value) {
  const fields = asObject(value, ["decryption_factors", "decryption_proofs"]);
  return {
    factors: asList(fields.decryption_factors).map((row) => asList(row).map((cell) => asElement(group, cell))),
    proofs: asList(fields.decryption_proofs).map((row) => asList(row).map((cell) => readProof(group, cell))),
  };
}

/** @param {Group} group @param {{factors: Factors, proofs: import("./proofs.js").Proof[][]}} partial */
const partialJson = (group, { factors, proofs }) => ({
  decryption_factors: factors.map((row) => group.texts(row)),
  decryption_proofs: proofs.map((row) => row.map(proofJson)),
});
