/** What happens in an election, in which order, and what each event brings with it (§11).

   @typedef {{parent: string | undefined, height: number, kind: string, payload: string | undefined}} Event
*/
import { asDigest, asObject, asSmall, asText, asWeight, readCanonical, weightJson } from "../encoding.js";
import { Check, require } from "../refusal.js";

export const Kind = Object.freeze({
  SETUP: "Setup",
  BALLOT: "Ballot",
  END_BALLOTS: "EndBallots",
  ENCRYPTED_TALLY: "EncryptedTally",
  PARTIAL_DECRYPTION: "PartialDecryption",
  RESULT: "Result",
});

/** What may follow what; "" is the start. @type {Record<string, string[]>} */
export const FOLLOWING = {
  "": [Kind.SETUP],
  [Kind.SETUP]: [Kind.BALLOT, Kind.END_BALLOTS],
  [Kind.BALLOT]: [Kind.BALLOT, Kind.END_BALLOTS],
  [Kind.END_BALLOTS]: [Kind.ENCRYPTED_TALLY],
  [Kind.ENCRYPTED_TALLY]: [Kind.PARTIAL_DECRYPTION],
  [Kind.PARTIAL_DECRYPTION]: [Kind.PARTIAL_DECRYPTION, Kind.RESULT],
  [Kind.RESULT]: [],
};

/** How many records an event brings. @type {Record<string, number>} */
export const COMPANIONS = {
  [Kind.SETUP]: 4,
  [Kind.BALLOT]: 1,
  [Kind.END_BALLOTS]: 0,
  [Kind.ENCRYPTED_TALLY]: 2,
  [Kind.PARTIAL_DECRYPTION]: 2,
  [Kind.RESULT]: 1,
};

/** @param {Record<string, unknown>} fields @param {string} name */
const optionalDigest = (fields, name) => (Object.hasOwn(fields, name) ? asDigest(fields[name]) : undefined);

/** @param {Uint8Array} data @returns {Event} */
export const readEvent = (data) => readCanonical(data, asEvent, ({ parent, height, kind, payload }) => ({ parent, height, type: kind, payload }));

/** @param {unknown} value @returns {Event} */
function asEvent(value) {
  const fields = asObject(value, ["height", "type"], ["parent", "payload"]);
  const kind = asText(fields.type);
  require(Object.hasOwn(COMPANIONS, kind), Check.EVENT, `the type of event ${kind.slice(0, 40)} is not known here`);
  return { parent: optionalDigest(fields, "parent"), height: asSmall(fields.height), kind, payload: optionalDigest(fields, "payload") };
}

/** The record that ties the rules, the trustees and the roll together. @param {Uint8Array} data @returns {Record<string, string>} */
export const readSetup = (data) =>
  readCanonical(
    data,
    (value) => {
      const { election, trustees, credentials } = asObject(value, ["election", "trustees", "credentials"]);
      return { election: asDigest(election), trustees: asDigest(trustees), credentials: asDigest(credentials) };
    },
    (setup) => setup,
  );

/** How many ballots were counted, their total weight, the hash of their tally. @param {Uint8Array} data */
export const readSized = (data) =>
  readCanonical(
    data,
    (value) => {
      const fields = asObject(value, ["num_tallied", "total_weight", "encrypted_tally"]);
      return {
        counted: asSmall(fields.num_tallied),
        totalWeight: asWeight(fields.total_weight),
        tally: asDigest(fields.encrypted_tally),
      };
    },
    ({ counted, totalWeight, tally }) => ({ num_tallied: counted, total_weight: weightJson(totalWeight), encrypted_tally: tally }),
  );

/** Which trustee, by number from 1, made the record of this hash. @param {Uint8Array} data */
export const readOwned = (data) =>
  readCanonical(
    data,
    (value) => {
      const fields = asObject(value, ["owner", "payload"]);
      const owner = asSmall(fields.owner);
      require(owner >= 1, Check.OWNER, "trustees are numbered from 1");
      return { owner, payload: asDigest(fields.payload) };
    },
    (owned) => owned,
  );
