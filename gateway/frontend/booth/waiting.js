/**
 * The time between the signature and the cast. Identity knows when it signed, the box sees when a ballot comes: where both follow at
 * once, whoever reads both clocks knows whose ballot it is (docs/threat-model.md, "Times").
 */
import { part, say } from "./page.js";

const LONGEST = 60_000;
/** Of the time that is left of the vote, so that no ballot comes too late. */
const SHARE = 0.1;
const TICK = 1000;
/** Each so many seconds a screen reader is told. */
const SPOKEN = 15;

/** A duration drawn by lot, each as likely as another. @param {string} closes when the vote closes @returns {number} milliseconds */
export function drawn(closes) {
  const [lot] = crypto.getRandomValues(new Uint32Array(1));
  const most = Math.min(LONGEST, SHARE * (Date.parse(closes) - Date.now()));
  return Math.max(0, (most * lot) / 2 ** 32);
}

let hurried = false;
/** @type {(() => void) | undefined} */
let wake;
part("hurry").addEventListener("click", () => {
  hurried = true;
  wake?.();
});

/**
 * Wait, and show how long. A device whose clock was put back does not wait longer than any other.
 * @param {number} after milliseconds since 1970
 */
export async function until(after) {
  const begun = Date.now();
  const end = Math.min(after, begun + LONGEST);
  part("waiting").hidden = false;
  for (let left = end - begun; left > 0 && !hurried; left = end - Date.now()) {
    const seconds = Math.ceil(left / 1000);
    const said = say("seconds-left", { count: seconds });
    part("waiting-progress").value = 1 - left / (end - begun);
    part("waiting-left").textContent = said;
    if (seconds % SPOKEN === 0) part("waiting-said").textContent = said;
    await new Promise((resolve) => {
      wake = () => resolve(undefined);
      setTimeout(wake, Math.min(TICK, left));
    });
  }
  part("waiting").hidden = true;
}
