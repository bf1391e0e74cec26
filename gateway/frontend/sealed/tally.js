/** The encrypted tally (§8): for each answer, the product of the counted ciphertexts, each to its ballot's weight. It is kept
   as a running product, and a ballot that a later one replaces is divided out again.

   @typedef {import("./ballots.js").Ciphertext} Ciphertext
   @typedef {import("./election.js").Election} Election
   @typedef {Ciphertext[][]} EncryptedTally
*/
import { ciphertextJson, readCiphertext } from "./ballots.js";
import { ciphertexts } from "./election.js";
import { asList, compact, readCanonical } from "./encoding.js";
import { Check, require } from "./refusal.js";

/** The tally of no ballot. @param {Election} election @returns {EncryptedTally} */
export const neutral = ({ group, questions }) =>
  questions.map((question) => Array(ciphertexts(question)).fill({ alpha: group.identity, beta: group.identity }));

/** @param {EncryptedTally} tally @param {(element: any) => any} change @returns {EncryptedTally} */
const each = (tally, change) =>
  tally.map((row) => row.map(({ alpha, beta }) => ({ alpha: change(alpha), beta: change(beta) })));

/** Raise to a weight, which multiplies what is encrypted. @param {Election} election @param {EncryptedTally} tally @param {bigint} weight */
export const weighted = ({ group }, tally, weight) =>
  weight === 1n ? tally : each(tally, (element) => group.power(element, weight));

/** To take a ballot out. @param {Election} election @param {EncryptedTally} tally */
export const inverse = ({ group }, tally) => each(tally, group.inverse.bind(group));

/** Multiply cell by cell, which adds what is encrypted. @param {Election} election @param {EncryptedTally} left @param {EncryptedTally} right @returns {EncryptedTally} */
export const together = ({ group }, left, right) =>
  left.map((row, i) =>
    row.map(({ alpha, beta }, j) => ({
      alpha: group.multiply(alpha, right[i][j].alpha),
      beta: group.multiply(beta, right[i][j].beta),
    })),
  );

/** Byte for byte as it is published. @param {Election} election @param {EncryptedTally} tally */
export function writeTally({ group }, tally) {
  group.texts(tally.flatMap((row) => row.flatMap(({ alpha, beta }) => [alpha, beta])));
  return compact(tallyJson(group, tally));
}

/** @param {import("./groups/index.js").Group} group @param {EncryptedTally} tally */
const tallyJson = (group, tally) => tally.map((row) => row.map((cell) => ciphertextJson(group, cell)));

/** Of this election's shape, all members. @param {Election} election @param {Uint8Array} data @returns {EncryptedTally} */
export function readTally({ group, questions }, data) {
  const tally = readCanonical(
    data,
    (value) => asList(value).map((row) => asList(row).map((cell) => readCiphertext(group, cell))),
    (found) => tallyJson(group, found),
  );
  const shape = compact(questions.map(ciphertexts));
  require(compact(tally.map((row) => row.length)) === shape, Check.TALLY, "not of the shape of the questions");
  const elements = tally.flatMap((row) => row.flatMap(({ alpha, beta }) => [alpha, beta]));
  require(group.areMembers(elements), Check.MEMBERSHIP, "an element of the tally is not a member of the group");
  return tally;
}
