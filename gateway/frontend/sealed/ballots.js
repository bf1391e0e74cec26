/** The form of a ballot (§6): reading it strictly, writing it, and the texts its proofs are bound to.

   @typedef {import("./election.js").Election} Election
   @typedef {import("./election.js").Question} Question
   @typedef {import("./groups/index.js").Group} Group
   @typedef {import("./proofs.js").Proof} Proof
   @typedef {{alpha: any, beta: any, opened?: import("./proofs.js").Opened}} Ciphertext α = g^r, β = y^r g^m
   @typedef {{choices: Ciphertext[], individual: Proof[][], overall: Proof[], blank?: Proof[]}} Answer
   @typedef {{credential: any, answers: Answer[], signature?: {hash: string, proof: Proof}}} Ballot
*/
import { ciphertexts } from "./election.js";
import { asElement, asList, asObject, asText, compact, readCanonical, shortDigest } from "./encoding.js";
import { proofJson, readProof } from "./proofs.js";
import { Check, located, require } from "./refusal.js";

/** The ballot's short name, which its voter keeps. @param {Uint8Array | string} data */
export const tracker = (data) => shortDigest(data);

/** Read a ballot of this election in the one form it may have. @param {Election} election @param {Uint8Array} data @returns {Ballot} */
export function readBallot(election, data) {
  return readCanonical(data, (value) => asBallot(election, value), (ballot) => ballotJson(election, ballot));
}

/** @param {Election} election @param {Ballot} ballot */
export const writeBallot = (election, ballot) => compact(ballotJson(election, ballot));

/** What the credential signs. @param {Election} election @param {Ballot} ballot */
export function signedHash(election, { credential, answers }) {
  return shortDigest(writeBallot(election, { credential, answers }));
}

/** S0 = φ | S. @param {Election} election @param {any} credential */
export const ballotContext = (election, credential) => `${election.fingerprint}|${election.group.text(credential)}`;

/** S1 = S0 | α1,β1,α2,β2… @param {Election} election @param {string} context @param {Ciphertext[]} choices */
export function answerContext(election, context, choices) {
  return `${context}|${election.group.texts(choices.flatMap(({ alpha, beta }) => [alpha, beta])).join(",")}`;
}

/** @param {Election} election @param {unknown} value @returns {Ballot} */
function asBallot(election, value) {
  const fields = asObject(value, ["election_uuid", "election_hash", "credential", "answers", "signature"]);
  require(fields.election_uuid === election.uuid, Check.UUID, "the ballot names another election");
  require(fields.election_hash === election.fingerprint, Check.ELECTION_HASH, "the ballot is for other rules");
  const answers = asList(fields.answers);
  require(answers.length === election.questions.length, Check.ANSWERS, "not one answer for each question");
  return {
    credential: asElement(election.group, fields.credential),
    answers: answers.map((answer, place) =>
      located(`answer ${place + 1}`, () => asAnswer(election.group, election.questions[place], answer)),
    ),
    signature: asSignature(election.group, fields.signature),
  };
}

/** @param {Group} group @param {Question} question @param {unknown} value @returns {Answer} */
function asAnswer(group, question, value) {
  const names = ["choices", "individual_proofs", "overall_proof"];
  const fields = asObject(value, question.blank ? [...names, "blank_proof"] : names);
  const count = ciphertexts(question);
  return {
    choices: exactly(count, fields.choices).map((choice) => readCiphertext(group, choice)),
    individual: exactly(count, fields.individual_proofs).map((proofs) => asProofs(group, 2, proofs)),
    overall: asProofs(group, overallLength(question), fields.overall_proof),
    blank: question.blank ? asProofs(group, 2, fields.blank_proof) : undefined,
  };
}

/** One proof for each permitted number of choices, and one for the blank vote. @param {Question} question */
const overallLength = ({ minimum, maximum, blank }) => maximum - minimum + 1 + (blank ? 1 : 0);

/** @param {number} length @param {unknown} value */
function exactly(length, value) {
  const items = asList(value);
  require(items.length === length, Check.ANSWERS, `${length} items are expected, not ${items.length}`);
  return items;
}

/** @param {Group} group @param {number} length @param {unknown} value */
const asProofs = (group, length, value) => exactly(length, value).map((proof) => readProof(group, proof));

/** @param {Group} group @param {unknown} value @returns {Ciphertext} */
export function readCiphertext(group, value) {
  const fields = asObject(value, ["alpha", "beta"]);
  return { alpha: asElement(group, fields.alpha), beta: asElement(group, fields.beta) };
}

/** @param {Group} group @param {Ciphertext} ciphertext */
export const ciphertextJson = (group, { alpha, beta }) => ({ alpha: group.text(alpha), beta: group.text(beta) });

/** @param {Group} group @param {unknown} value */
function asSignature(group, value) {
  const fields = asObject(value, ["hash", "proof"]);
  return { hash: asText(fields.hash), proof: readProof(group, fields.proof) };
}

/** JSON leaves out what is undefined. @param {Election} election @param {Ballot} ballot */
const ballotJson = (election, { credential, answers, signature }) => ({
  election_uuid: election.uuid,
  election_hash: election.fingerprint,
  credential: election.group.text(credential),
  answers: answers.map(({ choices, individual, overall, blank }) => ({
    choices: choices.map((choice) => ciphertextJson(election.group, choice)),
    individual_proofs: individual.map((proofs) => proofs.map(proofJson)),
    overall_proof: overall.map(proofJson),
    blank_proof: blank?.map(proofJson),
  })),
  signature: signature && { hash: signature.hash, proof: proofJson(signature.proof) },
});
