/* The one way this library says no: the check that failed, what was found, and in which record. */

/** Everything that is checked, by the names of libs/belenios (docs/protocol.md explains each). */
export const Check = Object.freeze({
  TAR: "tar form",
  HEADER: "archive header",
  RECORD_HASH: "record hash",
  EVENT: "event form",
  CHAIN: "chain of events",
  ORDER: "order of events",
  STRAY: "stray data",
  UNFINISHED: "unfinished election",
  CONTINUITY: "continuity with the earlier copy",
  FORM: "form",
  CANONICAL: "canonical form",
  NUMBER: "number",
  ELEMENT: "group element",
  MEMBERSHIP: "group membership",
  GROUP: "group",
  QUESTION: "question",
  UUID: "election identifier",
  TRUSTEE_PROOF: "trustee's proof of key",
  TRUSTEE_SIGNATURE: "trustee's signature",
  THRESHOLD: "threshold parameters",
  VERIFICATION_KEY: "verification key",
  SHARE: "share of a secret",
  ELECTION_KEY: "election key",
  CREDENTIAL_LIST: "credential list",
  CREDENTIAL: "credential",
  ELECTION_HASH: "election fingerprint",
  DUPLICATE: "duplicate ballot",
  TRACKER: "tracker",
  BALLOT_HASH: "ballot hash",
  BALLOT_SIGNATURE: "ballot signature",
  ANSWERS: "answers",
  DISJUNCTION: "disjunctive proof",
  BLANK_PROOF: "blank proof",
  OVERALL_PROOF: "overall proof",
  TALLY: "encrypted tally",
  OWNER: "owner of a partial decryption",
  DECRYPTION_PROOF: "decryption proof",
  MISSING_DECRYPTION: "missing partial decryption",
  RESULT: "result",
});

/** What was read does not hold. Never carries a secret. */
export class Refused extends Error {
  /**
   * @param {string} check one of `Check`
   * @param {string} reason what was found
   * @param {string} [record] where
   */
  constructor(check, reason, record = "") {
    super(`${record ? `${record}: ` : ""}${check}: ${reason}`);
    this.check = check;
    this.reason = reason;
    this.record = record;
  }

  /**
   * The same refusal, located: the innermost record goes last.
   * @param {string} record
   */
  at(record) {
    return new Refused(this.check, this.reason, record + (this.record && `, ${this.record}`));
  }
}

/**
 * @param {unknown} condition
 * @param {string} check
 * @param {string} reason
 * @returns {asserts condition}
 */
export function require(condition, check, reason) {
  if (!condition) throw new Refused(check, reason);
}

/**
 * Run `read`; a refusal that it throws says that it happened in `record`.
 * @template T
 * @param {string} record
 * @param {() => T} read
 * @returns {T}
 */
export function located(record, read) {
  try {
    return read();
  } catch (error) {
    throw error instanceof Refused ? error.at(record) : error;
  }
}
