/** What became of a ballot that was opened for a test: does it hold what its voter chose? */
import { element, part, say } from "./page.js";

/** @typedef {{election_json: string, choices: number[][], tracker?: string}} Tested `tracker`: of a ballot that holds */

/** @param {Tested[]} ballots */
export function tellTest(ballots) {
  const holds = ballots.every(({ tracker }) => tracker);
  part("tested-notice").className = `notice ${holds ? "is-ok" : "is-stop"}`;
  part("tested-notice").querySelector("use").setAttribute("href", holds ? "#i-done" : "#i-stop");
  part("tested-verdict").textContent = say(holds ? "test-holds" : "test-false");
  part("tested-text").textContent = say(holds ? "test-holds-text" : "test-false-text");
  part("tested-ballots").replaceChildren(...ballots.map(panel));
  part("tested-verdict").tabIndex = -1;
  part("tested-verdict").focus();
}

/** @param {Tested} ballot */
function panel({ election_json: rules, choices, tracker }) {
  const { name, questions } = JSON.parse(rules);
  const chosen = questions.flatMap((/** @type {{question: string, answers: string[]}} */ { question, answers }, /** @type {number} */ place) => {
    const given = answers.filter((_, answer) => choices[place][answer]);
    return [element("dt", {}, question), element("dd", {}, given.join(" · ") || say("blank"))];
  });
  const named = tracker ? [element("p", {}, say("test-tracker")), element("p", { class: "tracker break" }, tracker)] : [];
  return element("section", { class: "panel" }, element("h2", {}, name), ...named, element("dl", {}, ...chosen));
}
