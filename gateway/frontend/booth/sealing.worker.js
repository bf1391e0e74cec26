/** Computes away from the page, so that it stays alive while a ballot is sealed. */
import { Refused } from "../sealed/refusal.js";
import { blindToken, checkLock, receiptHolds, sealBallot, unblindToken } from "./voting.js";

/** @type {Record<string, (...given: any[]) => any>} */
const tasks = { checkLock, blindToken, unblindToken, receiptHolds, sealBallot };

onmessage = async ({ data: { number, task, given } }) => {
  const progress = (/** @type {number} */ done, /** @type {number} */ all) => postMessage({ number, progress: done / all });
  try {
    postMessage({ number, answer: await tasks[task](...given, progress) });
  } catch (error) {
    postMessage({ number, refused: error instanceof Refused ? `${error.check}: ${error.reason}` : String(error) });
  }
};
