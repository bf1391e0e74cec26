/** Checking a batch of ballots gives its encrypted tally: here, or in a process of its own, with texts between the two.

   @typedef {import("../election.js").Election} Election
   @typedef {import("../tally.js").EncryptedTally} EncryptedTally
   @typedef {import("./board.js").Batch} Batch
   @typedef {{limit: number, check: (batch: Batch) => Promise<EncryptedTally>}} Checker `limit`: batches given to it at once
*/
import { checkBallots } from "../checking.js";
import { neutral, together, weighted } from "../tally.js";

/** Check every ballot of the batch; the tally of all of them. @param {Election} election @param {Batch} batch */
export function checkBatch(election, batch) {
  const ballots = checkBallots(election, batch.map(({ data }) => data));
  return ballots.reduce((total, { answers }, place) => {
    const tally = answers.map(({ choices }) => choices);
    return together(election, total, weighted(election, tally, batch[place].weight));
  }, neutral(election));
}

/** Checks in this very thread. @param {Election} election @returns {Checker} */
export const checkHere = (election) => ({ limit: 1, check: async (batch) => checkBatch(election, batch) });

/**
 * The tallies of batches, in order. What `batches` throws comes after the checks of all that it gave before.
 * @param {Checker} checker
 * @param {AsyncIterable<Batch>} batches
 * @returns {AsyncGenerator<EncryptedTally>}
 */
export async function* checkBatches({ limit, check }, batches) {
  /** @type {Promise<{tally: EncryptedTally} | {error: unknown}>[]} */
  const waiting = [];
  const source = batches[Symbol.asyncIterator]();
  for (;;) {
    const next = await settled(source.next());
    if ("value" in next && !next.value.done) waiting.push(outcome(check(next.value.value)));
    const ended = "error" in next || next.value.done;
    while (waiting.length >= (ended ? 1 : limit)) {
      const found = await /** @type {typeof waiting[0]} */ (waiting.shift());
      if ("error" in found) throw found.error;
      yield found.tally;
    }
    if ("error" in next) throw next.error;
    if (next.value.done) return;
  }
}

/** @template T @param {Promise<T>} promise @returns {Promise<{value: T} | {error: unknown}>} */
const settled = (promise) => promise.then((value) => ({ value }), (error) => ({ error }));

/** @param {Promise<EncryptedTally>} checking */
const outcome = (checking) => checking.then((tally) => ({ tally }), (error) => ({ error }));
