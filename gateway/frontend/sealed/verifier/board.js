/** The ballot box as the verifier sees it (§7): who may vote, which ballots came, which one counts for each credential.
   It keeps one entry per voter and the digest of each ballot, never a ballot.

   @typedef {import("../archive/reader.js").Step} Step
   @typedef {import("../election.js").Election} Election
   @typedef {{number: number, height: number, position: number}} Cast a ballot's number from 1, its event's height, its offset
   @typedef {{data: Uint8Array, weight: bigint}[]} Batch
*/
import { readBallot, tracker } from "../ballots.js";
import { hexDigest } from "../encoding.js";
import { Check, Refused, located } from "../refusal.js";

const BATCH_BYTES = 1_000_000;
const BATCH_BALLOTS = 64;
const QUOTE = '"'.charCodeAt(0);

export class Board {
  ballots = 0;
  /** Ballots that a later one supersedes. @type {{position: number, weight: bigint}[]} */
  replaced = [];

  /** @type {Map<string, Cast>} */
  #last = new Map();
  #seen = new Set();
  /** @type {{credential: string, cast: Cast} | undefined} */
  #found;
  /** @type {string | null} */
  #successor = null;

  /** @param {Election} election @param {Map<string, bigint>} weights @param {string | undefined} wanted a tracker */
  constructor(election, weights, wanted) {
    this.election = election;
    this.weights = weights;
    this.wanted = wanted;
    const { uuid, fingerprint } = election;
    this.start = `{"election_uuid":"${uuid}","election_hash":"${fingerprint}","credential":"`;
  }

  /** Ballots in the count: one for each credential that voted. */
  get counted() {
    return this.#last.size;
  }

  get totalWeight() {
    return [...this.#last.keys()].reduce((sum, credential) => sum + this.#weight(credential), 0n);
  }

  /** Admit each ballot and group them; what came before a refusal is given out before it is thrown. @param {AsyncIterable<Step>} steps @returns {AsyncGenerator<Batch>} */
  async *batches(steps) {
    /** @type {Batch} */
    let batch = [];
    let size = 0;
    try {
      for await (const step of steps) {
        const { data } = step.records[0];
        batch.push({ data, weight: this.#admit(step) });
        size += data.length;
        if (size > BATCH_BYTES || batch.length === BATCH_BALLOTS) {
          yield batch;
          [batch, size] = [[], 0];
        }
      }
    } catch (error) {
      if (batch.length) yield batch;
      throw error;
    }
    if (batch.length) yield batch;
  }

  /** @param {string} credential */
  #weight = (credential) => this.weights.get(credential) ?? 0n;

  /** Note a ballot; give its weight. @param {Step} step */
  #admit({ height, records: [{ data, position }] }) {
    const name = tracker(data);
    const where = `ballot ${name}`;
    const digest = hexDigest(data);
    if (this.#seen.has(digest)) throw new Refused(Check.DUPLICATE, "the same ballot stands twice", where);
    const credential = this.#credential(data, where);
    if (!this.weights.has(credential)) throw new Refused(Check.CREDENTIAL, "the credential is not on the roll", where);
    this.#seen.add(digest);
    this.ballots += 1;
    this.#replace(credential, { number: this.ballots, height, position }, name);
    return this.#weight(credential);
  }

  /** @param {string} credential @param {Cast} cast @param {string} name */
  #replace(credential, cast, name) {
    const before = this.#last.get(credential);
    if (before) this.replaced.push({ position: before.position, weight: this.#weight(credential) });
    if (this.#found?.credential === credential) this.#successor = name;
    if (name === this.wanted) {
      this.#found = { credential, cast };
      this.#successor = null;
    }
    this.#last.set(credential, cast);
  }

  /** All the ballots of an election begin with the same bytes: find the credential without parsing, which is done when they are checked. @param {Uint8Array} data @param {string} where */
  #credential(data, where) {
    const start = this.start.length;
    const end = data.indexOf(QUOTE, start);
    if (end > 0 && String.fromCharCode(...data.subarray(0, start)) === this.start) {
      return String.fromCharCode(...data.subarray(start, end));
    }
    located(where, () => readBallot(this.election, data));
    throw new Refused(Check.CANONICAL, "the ballot does not begin as it should", where);
  }

  /** What became of the wanted ballot. */
  explain() {
    if (!this.#found) throw new Refused(Check.TRACKER, `no ballot bears the tracker ${this.wanted}`);
    const { credential, cast } = this.#found;
    return {
      tracker: /** @type {string} */ (this.wanted),
      number: cast.number,
      height: cast.height,
      credential,
      weight: this.#weight(credential),
      counted: this.#successor === null,
      replaced_by: this.#successor,
    };
  }
}
