/** The rules of an election, election.json (§3). Its very bytes count: their fingerprint enters every ballot and proof.

   @typedef {{text: string, answers: string[], minimum: number, maximum: number, blank: boolean | undefined}} Question
   @typedef {object} Election
   @property {string} name
   @property {string} description
   @property {import("./groups/index.js").Group} group
   @property {any} publicKey
   @property {Question[]} questions
   @property {string} uuid
   @property {string | undefined} administrator
   @property {string | undefined} credentialAuthority
   @property {string} fingerprint φ, 43 characters
*/
import { isUuid } from "./base58.js";
import { asElement, asList, asObject, asSmall, asText, readCanonical, shortDigest } from "./encoding.js";
import { groupNamed } from "./groups/index.js";
import { Check, located, require } from "./refusal.js";

const FIELDS = ["version", "description", "name", "group", "public_key", "questions", "uuid"];

/** Ciphertexts in an answer: one for each answer; one more, the first, for the blank vote. @param {Question} question */
export const ciphertexts = (question) => question.answers.length + (question.blank ? 1 : 0);

/** Read election.json, every rule of §3 checked. @param {Uint8Array} data @returns {Election} */
export function readElection(data) {
  const read = readCanonical(data, asRules, rulesJson);
  require(read.questions.length, Check.QUESTION, "no question");
  require(read.group.areMembers([read.publicKey]), Check.MEMBERSHIP, "the public key is not a member");
  return { ...read, fingerprint: shortDigest(data) };
}

/** @param {unknown} value */
function asRules(value) {
  const fields = asObject(value, FIELDS, ["administrator", "credential_authority"]);
  require(fields.version === 1, Check.FORM, "version 1 is expected");
  const group = groupNamed(asText(fields.group));
  const uuid = asText(fields.uuid);
  require(isUuid(uuid), Check.UUID, "fourteen Base58 digits at least are expected");
  return {
    name: asText(fields.name),
    description: asText(fields.description),
    group,
    publicKey: asElement(group, fields.public_key),
    questions: asList(fields.questions).map((question, place) => located(`question ${place + 1}`, () => asQuestion(question))),
    uuid,
    administrator: optionalText(fields, "administrator"),
    credentialAuthority: optionalText(fields, "credential_authority"),
  };
}

/** @param {Record<string, unknown>} fields @param {string} name */
const optionalText = (fields, name) => (Object.hasOwn(fields, name) ? asText(fields[name]) : undefined);

/** @param {unknown} value @returns {Question} */
function asQuestion(value) {
  const typed = typeof value === "object" && value !== null && Object.hasOwn(value, "type");
  require(!typed, Check.QUESTION, "only homomorphic questions are supported");
  const fields = asObject(value, ["answers", "min", "max", "question"], ["blank"]);
  const { blank } = fields;
  const plain = typeof blank === "boolean" || !Object.hasOwn(fields, "blank");
  require(plain, Check.FORM, "blank is true or false");
  const question = {
    text: asText(fields.question),
    answers: asList(fields.answers).map(asText),
    minimum: asSmall(fields.min),
    maximum: asSmall(fields.max),
    blank: /** @type {boolean | undefined} */ (blank),
  };
  const sensible = question.minimum <= question.maximum && question.maximum <= question.answers.length && question.answers.length;
  require(sensible, Check.QUESTION, "the bounds do not fit the number of answers");
  return question;
}

/** JSON leaves out what is undefined. @param {Omit<Election, "fingerprint">} election */
const rulesJson = (election) => ({
  version: 1,
  description: election.description,
  name: election.name,
  group: election.group.name,
  public_key: election.group.text(election.publicKey),
  questions: election.questions.map(({ text, answers, minimum, maximum, blank }) => ({
    answers,
    blank,
    min: minimum,
    max: maximum,
    question: text,
  })),
  uuid: election.uuid,
  administrator: election.administrator,
  credential_authority: election.credentialAuthority,
});
