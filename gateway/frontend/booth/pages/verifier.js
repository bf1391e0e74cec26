/** The page that verifies an election on one's own device. */
import verifying from "worker:../verifying.worker.js";
import { element, number, part, say } from "../page.js";
import { tellTest } from "../test-report.js";
import { startWorker, workerAddress } from "../starting.js";

/** @typedef {import("../../sealed/verifier/verify.js").Report} Report */

/* The names of records, where they begin a place: "ballot …, answer 2". */
const PLACE = /(?:^|(?<=, ))(partial decryption of trustee|encrypted tally|earlier copy|shares of trustee|ballot|answer|event|item|result)\b/g;

const address = workerAddress(verifying);
/** @type {Worker | undefined} */
let worker;

/** @param {"ask" | "working" | "report" | "tested"} id */
function show(id) {
  for (const name of ["ask", "working", "report", "tested"]) part(name).hidden = name !== id;
}

/** @param {string} [key] */
function back(key) {
  worker?.terminate();
  show("ask");
  part("wrong").hidden = !key;
  if (key) part("wrong").querySelector("p").textContent = say(key);
}

/** @param {string} text @param {number} done from 0 to 1 */
function progress(text, done) {
  part("progress").value = 100 * done;
  part("progress-text").textContent = text;
}

/** @param {number} bytes */
const kilobytes = (bytes) => Math.ceil(bytes / 1000);

/** The archive of an election, part after part. @param {string} vote @returns {Promise<Blob>} */
async function fetched(vote) {
  const parts = [];
  let size = 0;
  for (let wanted = 0; wanted !== null; ) {
    const answer = await fetch(`/api/v1/elections/${vote}/archive?part=${wanted}`, { credentials: "omit" });
    if (!answer.ok) throw new Error(String(answer.status));
    const { data, next } = await answer.json();
    const bytes = Uint8Array.from(atob(data.replaceAll("-", "+").replaceAll("_", "/")), (digit) => digit.charCodeAt(0));
    parts.push(bytes);
    size += bytes.length;
    progress(say("fetching", { done: kilobytes(size) }), 0);
    wanted = next;
  }
  return new Blob(parts);
}

/** @param {Blob} archive */
function verify(archive) {
  worker = startWorker(address);
  worker.onerror = () => back("stopped");
  worker.onmessage = ({ data: { done, size, report } }) => {
    if (report) tell(report);
    else progress(say("progress", { done: kilobytes(done), all: kilobytes(size) }), done / size);
  };
  const [previous] = part("previous").files;
  const ballot = part("tracker").value.trim() || undefined;
  worker.postMessage({ task: "verify", archive, previous, ballot, unfinished: part("unfinished").checked, address });
}

/** @param {string | undefined} vote the slug of an election to fetch, else the chosen file is verified */
async function begin(vote) {
  const [file] = part("archive").files;
  if (!vote && !file) {
    back("no-file");
    part("archive").focus();
    return;
  }
  if (!vote && file.name.endsWith(".json")) {
    await checkTest(file).catch(() => back("test-unreadable"));
    return;
  }
  show("working");
  progress("", 0);
  part("stop").focus();
  try {
    verify(vote ? await fetched(vote) : file);
  } catch {
    back("not-there");
  }
}

/** A ballot that the booth of another device opened for a test. @param {File} file */
async function checkTest(file) {
  const { ballots } = JSON.parse(await file.text());
  const found = [];
  for (const ballot of ballots) found.push({ ...ballot, ...(await revealed(ballot)) });
  show("tested");
  tellTest(found);
}

/** @param {{election_json: string, ballot: string, choices: number[][], randomness: string[][]}} opened @returns {Promise<{tracker?: string, refused?: unknown}>} */
function revealed({ election_json: rules, ballot, choices, randomness }) {
  const asked = startWorker(address);
  return new Promise((resolve, reject) => {
    asked.onmessage = ({ data }) => resolve(data);
    asked.onerror = reject;
    asked.postMessage({ task: "revealed", rules: new TextEncoder().encode(rules), ballot, choices, randomness });
  }).finally(() => asked.terminate());
}

/** @param {Report} report */
function tell(report) {
  worker?.terminate();
  show("report");
  tellVerdict(report);
  tellResult(report);
  tellBallot(report);
  list("fingerprints", Object.keys(report.fingerprints).length > 0, fingerprints(report));
  const counts = { ...report.checks, previous: report.previous_records ?? 0 };
  const done = Object.entries(counts).filter(([, count]) => count);
  list("checks", done.length > 0, done.map(([name, count]) => pair(say(`check.${name}`), number(count), "num")));
  part("verdict").tabIndex = -1;
  part("verdict").focus();
}

/** @param {Report} report */
function tellVerdict({ accepted, finished, refusal }) {
  const known = refusal && ["tracker", "continuity with the earlier copy"].includes(refusal.check) ? `.${refusal.check}` : "";
  const key = accepted ? "accepted" : `refused${known}`;
  part("verdict-notice").className = `notice ${accepted ? "is-ok" : "is-stop"}`;
  part("verdict-notice").querySelector("use").setAttribute("href", accepted ? "#i-done" : "#i-stop");
  part("verdict").textContent = say(key);
  part("verdict-text").textContent = say(accepted && !finished ? "unfinished.text" : `${key}.text`);
  part("refusal").hidden = !refusal;
  if (!refusal) return;
  const { check, record, reason } = refusal;
  const told = { meaning: say(`meaning.${check}`), record: record.replace(PLACE, (name) => say(`place.${name}`)), check, reason };
  const shown = Object.entries(told).filter(([, value]) => value);
  part("refusal").replaceChildren(...shown.map(([name, value]) => pair(say(`refusal.${name}`), plain(value))));
}

/** @param {Report} report */
function tellResult({ accepted, result, ballots, counted, voters, total_weight: weight }) {
  part("result").hidden = !accepted || !result;
  const more = weight === BigInt(counted) ? "" : ` ${say("counts.weight", { weight })}`;
  part("counts").textContent = say("counts", { ballots, counted, voters }) + more;
  part("questions").replaceChildren(...(result ?? []).map(table));
}

/** @param {NonNullable<Report["result"]>[0]} question */
function table({ question, answers }) {
  const most = answers.reduce((high, { count }) => (count > high ? count : high), 1n);
  const rows = answers.map(({ answer, count }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, answer === null ? say("blank") : plain(answer)),
      element("td", { class: "r num" }, number(count)),
      element("td", { class: "only-wide", "aria-hidden": "true" }, bar(count, most)),
    ),
  );
  return element("table", {}, element("caption", {}, plain(question)), element("tbody", {}, ...rows));
}

/** @param {bigint} count @param {bigint} most */
const bar = (count, most) => element("progress", { max: "1000", value: String((count * 1000n) / most), tabindex: "-1" });

/** @param {Report} report */
function tellBallot({ ballot }) {
  part("ballot").hidden = !ballot;
  if (!ballot) return;
  const words = { number: ballot.number, replaced_by: ballot.replaced_by ?? "" };
  part("ballot").querySelector("p").textContent = say(ballot.counted ? "ballot.counted" : "ballot.replaced", words);
}

/** @param {Report} report */
const fingerprints = ({ fingerprints: found, trustees }) => [
  ...Object.entries(found).map(([name, value]) => pair(say(`fingerprint.${name}`), value, "code break")),
  ...trustees.map((value, place) => pair(say("fingerprint.trustee", { number: place + 1 }), value, "code break")),
];

/** @param {string} id @param {boolean} shown @param {Node[]} items */
function list(id, shown, items) {
  part(id).hidden = !shown;
  part(id).querySelector("dl").replaceChildren(...items);
}

/** @param {string} name @param {string} value @param {string} [kind] */
const pair = (name, value, kind = "break") => element("div", {}, element("dt", {}, name), element("dd", { class: kind }, value));

/** What comes from an archive is not to be trusted: no control characters, and not for ever. @param {string} text */
function plain(text) {
  const shown = text.replace(/[\p{C}]/gu, "\ufffd");
  return shown.length > 200 ? `${shown.slice(0, 200)}…` : shown;
}

part("without").hidden = true;
part("ask").hidden = false;
part("ask").addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  begin(/** @type {HTMLButtonElement | null} */ (event.submitter)?.value);
});
part("stop").addEventListener("click", () => back());
part("again").addEventListener("click", () => back());
part("tested-again").addEventListener("click", () => back());
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (!event.dataTransfer?.files.length || part("ask").hidden) return;
  part("archive").files = event.dataTransfer.files;
  begin(undefined);
});
