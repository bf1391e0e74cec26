/**
 * What a voter's device computes, from the answers of docs/sealed-api.md: the lock checked, a ballot sealed, the right to vote
 * blinded, a receipt checked. Knows nothing of pages: it runs in the booth's worker, and in a program that casts many ballots.
 *
 * @typedef {object} Vote what is needed of `GET /elections/{election}/sealed`
 * @property {string} id
 * @property {string} uuid
 * @property {string} election_json
 * @property {string} fingerprint
 * @property {string} trustees_json
 * @property {string} token_key
 * @property {string} receipt_key
 * @property {{candidate_id: string | null, answers: string[], minimum: number, maximum: number}[]} questions
 *
 * @typedef {{batch: number, text: string, signature: string}} Receipt
 * @typedef {{prefix: string, signature: string}} Token
 * @typedef {{prepared: string, blinded: string, inverse: string}} Blinded
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { blind, fromBase64Url, importKey, toBase64Url, unblind } from "../sealed/blind.js";
import { derive, newCredential } from "../sealed/credentials.js";
import { ciphertexts, readElection } from "../sealed/election.js";
import { utf8 } from "../sealed/encoding.js";
import { Check, require } from "../sealed/refusal.js";
import { seal } from "../sealed/sealing.js";
import { checkTrustees, readTrustees } from "../sealed/trustees.js";

export { newCredential };

const PREFIX = 32;

/** @type {Map<string, import("../sealed/election.js").Election>} by their bytes */
const opened = new Map();

/** @param {Vote} vote */
function electionOf({ election_json: rules }) {
  const election = opened.get(rules) ?? readElection(utf8(rules));
  opened.set(rules, election);
  return election;
}

/** The lock is whole, and ready (its tables are made while the voter reads): the rules bear their fingerprint, and their key is the one that all the key holders made. @param {Vote} vote */
export function checkLock(vote) {
  const election = electionOf(vote);
  const { group, uuid, fingerprint, questions, publicKey } = election;
  require(uuid === vote.uuid, Check.UUID, "the rules are those of another vote");
  require(fingerprint === vote.fingerprint, Check.ELECTION_HASH, "the rules do not have the fingerprint that was announced");
  const key = checkTrustees(group, readTrustees(group, utf8(vote.trustees_json)));
  require(group.same(key, publicKey), Check.ELECTION_KEY, "the key holders' keys do not make the vote's");
  const fits = questions.every((question, place) => ciphertexts(question) === vote.questions[place]?.answers.length);
  require(fits && questions.length === vote.questions.length, Check.QUESTION, "the questions are not those that are shown");
  group.prepare(publicKey);
}

/**
 * @param {Vote} vote
 * @param {string} credential
 * @param {number[][]} choices
 * @param {(done: number, all: number) => void} [progress]
 */
export function sealBallot(vote, credential, choices, progress) {
  const election = electionOf(vote);
  return seal(election, derive(election.group, vote.uuid, credential), choices, progress);
}

/** Blind the right to vote that identity is to sign: the vote and the public credential. @param {Vote} vote @param {string} credential @returns {Promise<Blinded>} */
export async function blindToken(vote, credential) {
  const { group } = electionOf(vote);
  const known = group.text(group.power(group.generator, derive(group, vote.uuid, credential)));
  return blind(await importKey(vote.token_key), utf8(`decider-token|${vote.id}|${known}`));
}

/** @param {Vote} vote @param {Blinded} kept @param {string} blindSignature @returns {Promise<Token>} */
export async function unblindToken(vote, kept, blindSignature) {
  const signature = await unblind(await importKey(vote.token_key), kept, blindSignature);
  return { prefix: toBase64Url(fromBase64Url(kept.prepared).slice(0, PREFIX)), signature };
}

/** Does the box promise, signed, that this very ballot is in it? @param {Vote} vote @param {string} tracker @param {Receipt} receipt */
export function receiptHolds({ uuid, receipt_key: key }, tracker, { batch, text, signature }) {
  const expected = `decider-receipt|${uuid}|${tracker}|${batch}`;
  return text === expected && ed25519.verify(fromBase64Url(signature), utf8(text), fromBase64Url(key), { zip215: false });
}
