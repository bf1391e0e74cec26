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
 * @property {number} [after] the moment, in milliseconds since 1970, before which the ballot is not sent
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
 * @property {(vote: Vote) => number} later how many milliseconds to let pass between the signature and the cast
 * @property {(after: number) => Promise<void>} until
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
 * @typedef {object} Means
 * @property {Doors} doors
 * @property {Computer} computer
 * @property {(pending: Pending) => void} keep
 * @property {(step: "token" | "waiting" | "cast" | "checking") => void} [tell]
 */

/**
 * The right to vote, signed by the city unseen, and when to use it: at another moment, so that comparing hours tells nobody whose
 * ballot comes. Whoever has it already was signed off long ago, and waits no more.
 * @param {Vote} vote
 * @param {Pending} pending
 * @param {Means} means
 * @returns {Promise<Pending>}
 */
export async function takeRight(vote, pending, { doors, computer, keep, tell = () => {} }) {
  if (pending.token) return pending;
  tell("token");
  const blinded = pending.blinded ?? (await computer.blindToken(vote, pending.credential));
  keep({ ...pending, blinded });
  const { blind_signature: signature } = await doors.sign(vote, blinded.blinded);
  const token = await computer.unblindToken(vote, blinded, signature);
  const now = { ...pending, token, blinded: undefined, after: Date.now() + doors.later(vote) };
  keep(now);
  return now;
}

/**
 * Take the steps that are left. Gives what is kept afterwards: the receipt, and what it takes to vote again.
 * @param {Vote} vote
 * @param {Pending} pending
 * @param {Means} means
 * @returns {Promise<Pending>}
 */
export async function cast(vote, pending, means) {
  const { doors, computer, keep, tell = () => {} } = means;
  const { after = 0, ...now } = await takeRight(vote, pending, means);
  const { ballot = "", tracker = "", token = { prefix: "", signature: "" } } = now;
  if (after > Date.now()) {
    tell("waiting");
    await doors.until(after);
  }
  keep(now);
  tell("cast");
  let found = await doors.send(vote, ballot, token);
  for (let wait = FIRST_WAIT; found.state === "received"; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    tell("checking");
    await doors.wait(wait);
    found = await doors.find(vote, tracker);
  }
  if (found.state === "refused") throw new Denied(found.reason);
  if (found.state === "superseded") throw new Denied("superseded");
  if (!found.receipt || !(await computer.receiptHolds(vote, tracker, found.receipt))) throw new Denied("receipt-false");
  const done = { ...now, receipt: found.receipt, ballot: undefined };
  keep(done);
  return done;
}
