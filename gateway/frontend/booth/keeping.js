/**
 * What the browser keeps of a vote: until the receipt, all that was computed; after it, the receipt and the right to vote again.
 * @typedef {import("./casting.js").Pending} Pending
 */
const NAME = "decider-booth";

/** @param {string} vote its identifier @returns {Pending | undefined} */
export function kept(vote) {
  try {
    return JSON.parse(localStorage.getItem(`${NAME}|${vote}`) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** Throws where the browser keeps nothing (private windows of some): then no token may be asked for, it could be lost. @param {string} vote @param {Pending} pending */
export const keep = (vote, pending) => localStorage.setItem(`${NAME}|${vote}`, JSON.stringify(pending));

/** @param {string} vote */
export const forget = (vote) => localStorage.removeItem(`${NAME}|${vote}`);
