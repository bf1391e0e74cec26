/** @typedef {import("./voting.js").Vote} Vote */

/**
 * Choices as they are sealed: a list for each question, 1 for each answer that is given. A project left without a grade gets the answer
 * that says so where there is one, else the worst grade.
 * @param {Pick<Vote, "questions">} vote
 * @param {Map<string, string>} chosen the grade of each project, or "" for one that is chosen
 * @returns {number[][]}
 */
export const choicesOf = ({ questions }, chosen) =>
  questions.map(({ candidate_id: candidate, answers }) => {
    if (candidate === null) return answers.map((answer) => Number(chosen.has(answer)));
    const left = answers.includes("") ? "" : answers.at(-1);
    const given = chosen.get(candidate) ?? left;
    return answers.map((answer) => Number(answer === given));
  });
