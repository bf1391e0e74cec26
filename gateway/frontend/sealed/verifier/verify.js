/** The verification itself, in the order of the archive (§13). Stops at the first thing that does not hold, and comes to the
   same verdict, for the same reason, as `decider-verify`.

   @typedef {import("../archive/reader.js").Source} Source
   @typedef {import("../archive/reader.js").Step} Step
   @typedef {import("../election.js").Election} Election
   @typedef {import("../tally.js").EncryptedTally} EncryptedTally
   @typedef {import("./batches.js").Checker} Checker

   @typedef {object} Request
   @property {boolean} [unfinished] admit an archive that stops before its result
   @property {string} [ballot] a tracker to explain
   @property {Source} [previous] an earlier copy that must be the beginning of this one
   @property {(done: number) => void} [progress] told bytes
   @property {(election: Election, rules: Uint8Array) => Checker} [checker] who checks the ballots; this thread by default

   @typedef {object} Report complete when `accepted`, else `refusal` says what failed first
   @property {boolean} accepted
   @property {boolean} finished
   @property {{check: string, record: string, reason: string} | undefined} refusal
   @property {{name: string, uuid: string, group: string} | undefined} election
   @property {Record<string, string>} fingerprints
   @property {string[]} trustees
   @property {number} voters
   @property {number} ballots
   @property {number} counted
   @property {bigint} total_weight
   @property {{question: string, answers: {answer: string | null, count: bigint}[]}[] | undefined} result the blank vote has null for a label
   @property {ReturnType<import("./board.js").Board["explain"]> | undefined} ballot
   @property {number | undefined} previous_records
   @property {Record<string, number>} checks what was checked, by name
*/
import { Kind, readOwned, readSized } from "../archive/events.js";
import { checkContinuity, readAt, readSteps } from "../archive/reader.js";
import { readBallot } from "../ballots.js";
import { readRoll } from "../credentials.js";
import { checkDecryption, checkResult, combine, readResult } from "../decryption.js";
import { ciphertexts, readElection } from "../election.js";
import { sameBytes, shortDigest, utf8 } from "../encoding.js";
import { Check, Refused, located, require } from "../refusal.js";
import { inverse, neutral, readTally, together, weighted, writeTally } from "../tally.js";
import { checkTrustees, decryptionKeys, readTrustees } from "../trustees.js";
import { checkBatches, checkHere } from "./batches.js";
import { Board } from "./board.js";

/** @param {Source} source @param {Request} [request] @returns {Promise<Report>} */
export async function verify(source, request = {}) {
  const verification = new Verification(source, request);
  const { report } = verification;
  try {
    await verification.run();
    if (request.previous) report.previous_records = await checkContinuity(request.previous, source);
    report.accepted = true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { check, record, reason } = error;
    report.refusal = { check, record, reason };
  }
  return report;
}

/** @returns {Report} */
const empty = () => ({
  accepted: false,
  finished: false,
  refusal: undefined,
  election: undefined,
  fingerprints: {},
  trustees: [],
  voters: 0,
  ballots: 0,
  counted: 0,
  total_weight: 0n,
  result: undefined,
  ballot: undefined,
  previous_records: undefined,
  checks: {},
});

/** What the archive's first event, or a later one, brings: nothing reads it before, as the order of events is checked. @returns {any} */
const later = () => undefined;

/** The state of one verification; each method treats one kind of event and counts what it checked. */
class Verification {
  report = empty();
  /** @type {Election} */
  election = later();
  /** @type {import("../trustees.js").Item[]} */
  trustees = later();
  /** @type {any[]} */
  keys = later();
  /** @type {Board} */
  board = later();
  /** @type {Checker} */
  checker = later();
  /** @type {EncryptedTally} */
  tally = later();
  /** @type {Map<number, import("../decryption.js").Factors>} */
  #partials = new Map();

  /** @param {Source} source @param {Request} request */
  constructor(source, request) {
    this.source = source;
    this.request = request;
    this.steps = this.#counted(readSteps(source));
  }

  async run() {
    const { value: setup } = await this.steps.next();
    if (!setup) throw new Refused(Check.UNFINISHED, "the archive has no election");
    this.#open(setup);
    const totals = await this.#ballots();
    for await (const step of this.steps) {
      if (step.kind === Kind.ENCRYPTED_TALLY) this.#encryptedTally(step, totals);
      if (step.kind === Kind.PARTIAL_DECRYPTION) this.#partialDecryption(step);
      if (step.kind === Kind.RESULT) this.#result(step);
    }
    const finished = this.report.finished || this.request.unfinished;
    require(finished, Check.UNFINISHED, "the archive stops before the result");
    if (this.request.ballot) this.report.ballot = this.board.explain();
  }

  /** @param {string} name @param {number} count */
  #count(name, count) {
    this.report.checks[name] = (this.report.checks[name] ?? 0) + count;
  }

  /** Count records and tell progress as events pass. @param {AsyncIterable<Step>} steps @returns {AsyncGenerator<Step>} */
  async *#counted(steps) {
    let records = 1;
    for await (const step of steps) {
      records += step.records.length + 1;
      this.report.checks.records = records;
      this.#count("events", 1);
      this.request.progress?.(step.end);
      yield step;
    }
  }

  /** Check the rules, the trustees, the election's key, and the roll. @param {Step} step */
  #open({ records: [rules, trustees, roll] }) {
    const election = located("election.json", () => readElection(rules.data));
    const { group, name, uuid, fingerprint } = election;
    this.election = election;
    this.report.election = { name, uuid, group: group.name };
    this.trustees = located("trustees.json", () => readTrustees(group, trustees.data));
    const key = located("trustees.json", () => checkTrustees(group, this.trustees));
    require(group.same(key, election.publicKey), Check.ELECTION_KEY, "the trustees' keys do not make the election's");
    const weights = located("public_creds.json", () => readRoll(group, roll.data));
    this.board = new Board(election, weights, this.request.ballot);
    this.checker = this.request.checker?.(election, rules.data) ?? checkHere(election);
    this.keys = decryptionKeys(this.trustees);
    this.report.voters = weights.size;
    this.report.fingerprints = { election: fingerprint, voters: shortDigest(roll.data) };
    this.report.trustees = group.texts(this.keys).map(shortDigest);
    this.#count("questions", election.questions.length);
    this.#count("credentials", weights.size);
    this.#count("trustees", this.keys.length);
  }

  /** Check all the ballots; the tally of those that count. */
  async #ballots() {
    const { election, board, report } = this;
    let total = neutral(election);
    for await (const tally of checkBatches(this.checker, board.batches(this.#untilEndOfBallots()))) {
      total = together(election, total, tally);
    }
    const proofs = election.questions.map((question) => ciphertexts(question) + 1 + (question.blank ? 1 : 0));
    this.#count("ballots", board.ballots);
    this.#count("ballot proofs", board.ballots * proofs.reduce((sum, count) => sum + count, 1));
    for (const { position, weight } of board.replaced) {
      const { answers } = readBallot(election, await readAt(this.source, position));
      const tally = answers.map(({ choices }) => choices);
      total = together(election, total, inverse(election, weighted(election, tally, weight)));
    }
    report.ballots = board.ballots;
    report.counted = board.counted;
    report.total_weight = board.totalWeight;
    return total;
  }

  async *#untilEndOfBallots() {
    for (;;) {
      const { value: step, done } = await this.steps.next();
      if (done || step.kind !== Kind.BALLOT) return;
      yield step;
    }
  }

  /** @param {Step} step @param {EncryptedTally} totals */
  #encryptedTally({ records: [tally, sizes] }, totals) {
    const sized = readSized(sizes.data);
    this.tally = located("encrypted tally", () => readTally(this.election, tally.data));
    const same = sameBytes(tally.data, utf8(writeTally(this.election, totals)));
    require(same, Check.TALLY, "not the product of the counted ballots");
    const { counted, totalWeight } = this.board;
    require(sized.counted === counted, Check.TALLY, `${counted} ballots count, not as many as it says`);
    require(sized.totalWeight === totalWeight, Check.TALLY, `the total weight is ${totalWeight}`);
    this.#count("tally cells", this.tally.flat().length);
  }

  /** @param {Step} step */
  #partialDecryption({ records: [partial, owned] }) {
    const { owner } = readOwned(owned.data);
    require(owner <= this.keys.length, Check.OWNER, `there is no trustee ${owner}`);
    require(!this.#partials.has(owner), Check.OWNER, `trustee ${owner} decrypted twice`);
    const factors = located(`partial decryption of trustee ${owner}`, () =>
      checkDecryption(this.election, this.tally, this.keys[owner - 1], partial.data),
    );
    this.#partials.set(owner, factors);
    this.#count("partial decryptions", 1);
    this.#count("decryption proofs", factors.flat().length);
  }

  /** @param {Step} step */
  #result({ records: [{ data }] }) {
    const { group, questions } = this.election;
    const opened = combine(group, this.trustees, this.#partials);
    const result = located("result", () => readResult(data));
    checkResult(group, this.tally, opened, this.board.totalWeight, result);
    this.report.result = questions.map(({ text, answers, blank }, i) => ({
      question: text,
      answers: (blank ? [null, ...answers] : answers).map((answer, j) => ({ answer, count: result[i][j] })),
    }));
    this.report.finished = true;
    this.#count("result cells", result.flat().length);
  }
}
