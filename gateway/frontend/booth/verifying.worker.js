/**
 * Verifies an archive away from the page, so that the page stays alive. The first one is asked for a whole archive and starts others
 * of its kind, which check ballots: "election" then "batch" are what they are told.
 *
 * @typedef {import("../sealed/verifier/batches.js").Checker} Checker
 * @typedef {import("../sealed/verifier/board.js").Batch} Batch
 * @typedef {import("../sealed/election.js").Election} Election
 */
import { ciphertextJson, readCiphertext } from "../sealed/ballots.js";
import { readElection } from "../sealed/election.js";
import { Refused } from "../sealed/refusal.js";
import { checkRevealed } from "../sealed/sealing.js";
import { checkBatch } from "../sealed/verifier/batches.js";
import { verify } from "../sealed/verifier/verify.js";
import { startWorker } from "./starting.js";

const MOST_HELPERS = 8;

/** @type {Election} */
let election;

/** @type {Record<string, (message: any) => Promise<void> | void>} */
const tasks = {
  verify: async ({ archive, previous, ballot, unfinished, address }) => {
    const report = await verify(archive, {
      ballot,
      previous,
      unfinished,
      progress: (done) => postMessage({ done, size: archive.size }),
      checker: (found, rules) => helpers(address, found, rules),
    });
    postMessage({ report });
  },
  revealed: ({ rules, ballot, choices, randomness }) => {
    try {
      postMessage({ tracker: checkRevealed(readElection(rules), ballot, choices, randomness) });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      postMessage({ refused: { check: error.check, reason: error.reason } });
    }
  },
  election: ({ rules }) => {
    election = readElection(rules);
  },
  batch: ({ batch }) => {
    try {
      const tally = checkBatch(election, batch);
      postMessage({ tally: tally.map((row) => row.map((cell) => ciphertextJson(election.group, cell))) });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      postMessage({ refused: [error.check, error.reason, error.record] });
    }
  },
};

onmessage = ({ data }) => tasks[data.task](data);

/** Workers that check batches, each one at a time. @param {string} address @param {Election} found @param {Uint8Array} rules @returns {Checker} */
function helpers(address, found, rules) {
  const count = Math.max(1, Math.min(MOST_HELPERS, navigator.hardwareConcurrency - 1));
  const idle = Array.from({ length: count }, () => {
    const worker = startWorker(address);
    worker.postMessage({ task: "election", rules });
    return worker;
  });
  /** @type {((worker: Worker) => void)[]} */
  const waiting = [];

  /** @param {Worker} worker */
  const release = (worker) => {
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };

  /** @param {Batch} batch */
  async function check(batch) {
    const worker = idle.pop() ?? (await new Promise((/** @type {(worker: Worker) => void} */ resolve) => waiting.push(resolve)));
    try {
      return await ask(worker, batch);
    } finally {
      release(worker);
    }
  }

  /** @param {Worker} worker @param {Batch} batch @returns {Promise<import("../sealed/tally.js").EncryptedTally>} */
  const ask = (worker, batch) =>
    new Promise((resolve, reject) => {
      worker.onerror = () => reject(new Error("a worker stopped"));
      worker.onmessage = ({ data: { tally, refused } }) => {
        if (refused) reject(new Refused(...(/** @type {[string, string, string]} */ (refused))));
        else resolve(tally.map((/** @type {unknown[]} */ row) => row.map((cell) => readCiphertext(found.group, cell))));
      };
      worker.postMessage({ task: "batch", batch });
    });

  return { limit: count + 1, check };
}
