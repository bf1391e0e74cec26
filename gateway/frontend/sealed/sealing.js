/** Sealing a ballot (§6), on the voter's device: encrypt each choice, prove that the ballot is well formed, sign it.

   @typedef {import("./ballots.js").Ballot} Ballot
   @typedef {import("./ballots.js").Ciphertext} Ciphertext
   @typedef {import("./election.js").Election} Election
   @typedef {import("./election.js").Question} Question
   @typedef {{text: string, tracker: string, randomness: string[][]}} Sealed the ballot's text, its tracker, and the secret randomness of
     each ciphertext, which a test of the ballot reveals
*/
import { answerContext, ballotContext, readBallot, signedHash, tracker, writeBallot } from "./ballots.js";
import { blankOrNot, individual, overall } from "./disjunctions.js";
import { ciphertexts } from "./election.js";
import { utf8 } from "./encoding.js";
import { proveKnowledge, proveOne, randomExponent } from "./proofs.js";
import { Check, require } from "./refusal.js";

/**
 * `choices` has a list for each question, of 0 and 1 for each answer; where the question has a blank vote, one more bit
 * comes first. Refused when the choices break the rules: nobody could prove such a ballot.
 * @param {Election} election
 * @param {bigint} secret the credential
 * @param {number[][]} choices
 * @param {(done: number, all: number) => void} [progress] told after each question
 * @returns {Sealed}
 */
export function seal(election, secret, choices, progress = () => {}) {
  const { group, questions } = election;
  require(choices.length === questions.length, Check.ANSWERS, "not one answer for each question");
  questions.forEach((question, place) => checkChoices(question, choices[place]));
  group.prepare(group.generator);
  group.prepare(election.publicKey);
  const credential = group.power(group.generator, secret);
  const context = ballotContext(election, credential);
  const answers = questions.map((question, place) => {
    const answer = sealAnswer(election, question, context, choices[place]);
    progress(place + 1, questions.length);
    return answer;
  });
  const text = writeBallot(election, sign(election, secret, { credential, answers }));
  const randomness = answers.map((answer) => answer.choices.map(({ opened }) => String(opened.randomness)));
  return { text, tracker: tracker(text), randomness };
}

/** @param {Election} election @param {bigint} secret @param {Ballot} ballot @returns {Ballot} */
function sign(election, secret, ballot) {
  const hash = signedHash(election, ballot);
  return { ...ballot, signature: { hash, proof: proveKnowledge(election.group, `sig|${hash}|`, secret) } };
}

/** @param {Question} question @param {number[]} bits */
function checkChoices(question, bits) {
  require(bits.length === ciphertexts(question), Check.ANSWERS, "not one choice for each possible answer");
  require(bits.every((bit) => bit === 0 || bit === 1), Check.ANSWERS, "a choice is 0 or 1");
  const chosen = sum(question.blank ? bits.slice(1) : bits);
  if (question.blank && bits[0]) {
    require(chosen === 0, Check.ANSWERS, "a blank vote chooses nothing else");
    return;
  }
  require(question.minimum <= chosen && chosen <= question.maximum, Check.ANSWERS, "too many or too few choices");
}

/** @param {number[]} bits */
const sum = (bits) => bits.reduce((total, bit) => total + bit, 0);

/** α = g^r, β = y^r g^m; both β are computed, so that the time says nothing of m. @param {Election} election @param {bigint} randomness @param {number} value */
export function encrypt({ group, publicKey }, randomness, value) {
  const masked = group.power(publicKey, randomness);
  const betas = [masked, group.multiply(masked, group.generator)];
  return { alpha: group.power(group.generator, randomness), beta: betas[value], opened: { randomness, value } };
}

/** @param {Election} election @param {Question} question @param {string} context @param {number[]} bits */
function sealAnswer(election, question, context, bits) {
  const choices = bits.map((bit) => encrypt(election, randomExponent(election.group), bit));
  const whole = answerContext(election, context, choices);
  const chosen = sum(question.blank ? bits.slice(1) : bits) - question.minimum;
  const blank = question.blank ? bits[0] : 0;
  /** @param {import("./disjunctions.js").Disjunction} claim @param {number} held */
  const prove = (claim, held) => proveOne(election.group, election.publicKey, claim.prefix, claim.statements, held);
  return {
    choices,
    individual: choices.map((choice, place) => prove(individual(election, context, choice), bits[place])),
    overall: prove(overall(election, question, whole, choices), question.blank ? (blank ? 0 : 1 + chosen) : chosen),
    blank: question.blank ? prove(blankOrNot(election, whole, choices), blank) : undefined,
  };
}

/**
 * Check a ballot that was revealed instead of cast: does each ciphertext hold the choice that its voter was shown?
 * Done on a second device, it catches a first one that encrypts something else. Gives the ballot's tracker.
 * @param {Election} election
 * @param {string} text the ballot
 * @param {number[][]} choices what the voter meant
 * @param {string[][]} randomness what the first device revealed
 */
export function checkRevealed(election, text, choices, randomness) {
  const { group } = election;
  const ballot = readBallot(election, utf8(text));
  ballot.answers.forEach((answer, place) => {
    const same = answer.choices.every((found, bit) => {
      const expected = encrypt(election, BigInt(randomness[place][bit]), choices[place][bit]);
      return group.same(found.alpha, expected.alpha) && group.same(found.beta, expected.beta);
    });
    require(same, Check.ANSWERS, `answer ${place + 1} does not hold what was chosen`);
  });
  return tracker(text);
}
