/** What a ballot claims of its ciphertexts (§6): the disjunctions that the one who proves and the one who checks share.

   @typedef {import("./ballots.js").Answer} Answer
   @typedef {import("./ballots.js").Ciphertext} Ciphertext
   @typedef {import("./election.js").Election} Election
   @typedef {import("./election.js").Question} Question
   @typedef {{check: string, prefix: string, statements: import("./proofs.js").Statement[]}} Disjunction one of the statements is true
*/
import { answerContext } from "./ballots.js";
import { product } from "./groups/index.js";
import { Check } from "./refusal.js";

/** m = 0 ∨ m = 1, bound to S0. @param {Election} election @param {string} context @param {Ciphertext} choice */
export const individual = (election, context, choice) => values(election, context, choice, [0, 1]);

/**
 * Without blank: m_Σ ∈ [min … max]. With blank: m_0 = 1 ∨ m_Σ ∈ [min … max]. Bound to S1 = `context`.
 * @param {Election} election @param {Question} question @param {string} context @param {Ciphertext[]} choices
 * @returns {Disjunction}
 */
export function overall(election, question, context, choices) {
  const { minimum, maximum } = question;
  const permitted = Array.from({ length: maximum - minimum + 1 }, (_, step) => minimum + step);
  if (!question.blank) return values(election, context, total(election, choices), permitted);
  const rest = total(election, choices.slice(1));
  const statements = [statement(choices[0], 1), ...permitted.map((value) => statement(rest, value))];
  return { check: Check.OVERALL_PROOF, prefix: `bproof1|${context}|`, statements };
}

/** m_0 = 0 ∨ m_Σ = 0: a blank vote chooses nothing else. Bound to S1. @param {Election} election @param {string} context @param {Ciphertext[]} choices */
export function blankOrNot(election, context, choices) {
  const statements = [statement(choices[0], 0), statement(total(election, choices.slice(1)), 0)];
  return { check: Check.BLANK_PROOF, prefix: `bproof0|${context}|`, statements };
}

/**
 * All the disjunctions of an answer with their proofs; `context` is S0.
 * @param {Election} election @param {string} context @param {Question} question @param {Answer} answer
 * @returns {[Disjunction, import("./proofs.js").Proof[]][]}
 */
export function claims(election, context, question, answer) {
  const { choices } = answer;
  const whole = answerContext(election, context, choices);
  /** @type {[Disjunction, import("./proofs.js").Proof[]][]} */
  const found = choices.map((choice, place) => [individual(election, context, choice), answer.individual[place]]);
  found.push([overall(election, question, whole, choices), answer.overall]);
  if (answer.blank) found.push([blankOrNot(election, whole, choices), answer.blank]);
  return found;
}

/** Multiply ciphertexts, which adds what they hold; whoever made them knows what the product holds. @param {Election} election @param {Ciphertext[]} choices */
function total({ group }, choices) {
  const known = choices.every((choice) => choice.opened);
  return {
    alpha: product(group, choices.map((choice) => choice.alpha)),
    beta: product(group, choices.map((choice) => choice.beta)),
    opened: known ? choices.reduce(added, { randomness: 0n, value: 0 }) : undefined,
  };
}

/** @param {import("./proofs.js").Opened} sum @param {Ciphertext} choice */
function added(sum, { opened }) {
  return opened ? { randomness: sum.randomness + opened.randomness, value: sum.value + opened.value } : sum;
}

/** @param {Ciphertext} ciphertext @param {number} value */
const statement = ({ alpha, beta, opened }, value) => ({ alpha, beta, value, opened });

/** @param {Election} election @param {string} context @param {Ciphertext} ciphertext @param {number[]} permitted @returns {Disjunction} */
function values({ group }, context, ciphertext, permitted) {
  const prefix = `prove|${context}|${group.texts([ciphertext.alpha, ciphertext.beta]).join(",")}|`;
  return { check: Check.DISJUNCTION, prefix, statements: permitted.map((value) => statement(ciphertext, value)) };
}
