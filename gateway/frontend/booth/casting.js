/**
 * From a sealed ballot to its receipt, in steps that may each be taken twice: what was computed is kept before it is sent, and after a
 * lost answer the same bytes are sent again.
 *
 * @typedef {import("./voting.js").Vote} Vote
 *
 * @typedef {object} Pending what a device keeps of a vote until the receipt is there
 * @property {string} credential
 * @property {string} [ballot]
 * @property {string} [tracker]
 * @property {import("./voting.js").Blinded} [blinded]
 * @property {import("./voting.js").Token} [token]
 * @property {import("./voting.js").Receipt} [receipt]
 *
 * @typedef {{tracker: string, state: "received" | "recorded" | "refused" | "superseded", reason: string,
 *   receipt: import("./voting.js").Receipt | null}} BallotState
 *
 * @typedef {object} Doors
 * @property {(vote: Vote, blinded: string) => Promise<{blind_signature: string}>} sign with the voter's session
 * @property {(vote: Vote, ballot: string, token: import("./voting.js").Token) => Promise<BallotState>} send without any
 * @property {(vote: Vote, tracker: string) => Promise<BallotState>} find
 * @property {(milliseconds: number) => Promise<void>} wait
 *
 * @typedef {object} Computer
 * @property {(vote: Vote, credential: string) => Promise<import("./voting.js").Blinded>} blindToken
 * @property {(vote: Vote, kept: import("./voting.js").Blinded, signature: string) => Promise<import("./voting.js").Token>} unblindToken
 * @property {(vote: Vote, tracker: string, receipt: import("./voting.js").Receipt) => Promise<boolean> | boolean} receiptHolds
 */

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

/** Nothing was heard, or not yet: the same may be sent again. */
export class Lost extends Error {
  /** @param {number} [after] seconds to wait before */
  constructor(after = 0) {
    super("no answer");
    this.after = after;
  }
}

/** The answer was no, and it will stay no. */
export class Denied extends Error {
  /** @param {string} reason a code @param {string} [words] the same for people, where the server said it */
  constructor(reason, words = "") {
    super(reason);
    this.reason = reason;
    this.words = words;
  }
}

/**
 * Take the steps that are left. Gives what is kept afterwards: the receipt, and what it takes to vote again.
 * @param {Vote} vote
 * @param {Pending} pending
 * @param {{doors: Doors, computer: Computer, keep: (pending: Pending) => void, tell?: (step: "token" | "cast" | "checking") => void}} with_
 * @returns {Promise<Pending>}
 */
export async function cast(vote, pending, { doors, computer, keep, tell = () => {} }) {
  let now = { ...pending };
  /** @param {Partial<Pending>} more */
  const note = (more) => {
    now = { ...now, ...more };
    keep(now);
  };
  if (!now.token) {
    tell("token");
    if (!now.blinded) note({ blinded: await computer.blindToken(vote, now.credential) });
    const blinded = /** @type {import("./voting.js").Blinded} */ (now.blinded);
    const { blind_signature: signature } = await doors.sign(vote, blinded.blinded);
    note({ token: await computer.unblindToken(vote, blinded, signature), blinded: undefined });
  }
  tell("cast");
  const [ballot, tracker, token] = [now.ballot ?? "", now.tracker ?? "", now.token ?? { prefix: "", signature: "" }];
  let found = await doors.send(vote, ballot, token);
  for (let wait = FIRST_WAIT; found.state === "received"; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    tell("checking");
    await doors.wait(wait);
    found = await doors.find(vote, tracker);
  }
  if (found.state === "refused") throw new Denied(found.reason);
  if (found.state === "superseded") throw new Denied("superseded");
  if (!found.receipt || !(await computer.receiptHolds(vote, tracker, found.receipt))) throw new Denied("receipt-false");
  note({ receipt: found.receipt, ballot: undefined });
  return now;
}
