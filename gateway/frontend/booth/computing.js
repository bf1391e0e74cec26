/** The booth's worker, asked as if it were here. */
import sealing from "worker:./sealing.worker.js";
import { startWorker, workerAddress } from "./starting.js";

const worker = startWorker(workerAddress(sealing));
/** @type {Map<number, {resolve: (answer: any) => void, reject: (error: Error) => void, progress: (done: number) => void}>} */
const waiting = new Map();
let count = 0;

worker.onmessage = ({ data: { number, progress, refused, answer } }) => {
  const asked = waiting.get(number);
  if (progress !== undefined) {
    asked?.progress(progress);
    return;
  }
  waiting.delete(number);
  if (refused === undefined) asked?.resolve(answer);
  else asked?.reject(new Error(refused));
};

/** @param {string} task @param {unknown[]} given @param {(done: number) => void} [progress] @returns {Promise<any>} */
function compute(task, given, progress = () => {}) {
  count += 1;
  worker.postMessage({ number: count, task, given });
  return new Promise((resolve, reject) => waiting.set(count, { resolve, reject, progress }));
}

/** @typedef {import("./voting.js").Vote} Vote */

export const computer = {
  /** @param {Vote} vote @returns {Promise<void>} */
  checkLock: (vote) => compute("checkLock", [vote]),
  /** @param {Vote} vote @param {string} credential @param {number[][]} choices @param {(done: number) => void} progress @returns {Promise<import("../sealed/sealing.js").Sealed>} */
  sealBallot: (vote, credential, choices, progress) => compute("sealBallot", [vote, credential, choices], progress),
  /** @param {Vote} vote @param {string} credential */
  blindToken: (vote, credential) => compute("blindToken", [vote, credential]),
  /** @param {Vote} vote @param {import("./voting.js").Blinded} kept @param {string} signature */
  unblindToken: (vote, kept, signature) => compute("unblindToken", [vote, kept, signature]),
  /** @param {Vote} vote @param {string} tracker @param {import("./voting.js").Receipt} receipt */
  receiptHolds: (vote, tracker, receipt) => compute("receiptHolds", [vote, tracker, receipt]),
};
