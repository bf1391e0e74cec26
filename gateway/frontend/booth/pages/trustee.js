/** The page of the key holders: what each has sent is for everybody to see; who holds a code takes part, with a key made here. */
import trusting from "worker:../trustee.worker.js";
import { read, send } from "../asking.js";
import { Denied, Lost } from "../casting.js";
import { part, say } from "../page.js";
import { startWorker, workerAddress } from "../starting.js";

const slug = location.pathname.split("/")[2];
const address = workerAddress(trusting);

/** @param {string} task @param {object} [given] @returns {Promise<any>} */
function compute(task, given = {}) {
  const worker = startWorker(address);
  return new Promise((resolve, reject) => {
    worker.onerror = () => reject(new Error("the computing stopped"));
    worker.onmessage = ({ data: { progress, answer, refused } }) => {
      if (progress !== undefined) part("progress").value = progress;
      else if (refused !== undefined) reject(new Error(refused));
      else resolve(answer);
    };
    worker.postMessage({ task, given });
  }).finally(() => worker.terminate());
}

/** @param {"ok" | "warn" | "stop"} tone @param {string} text */
function tell(tone, text) {
  part("told").hidden = false;
  part("told").className = `notice is-${tone}`;
  part("told-text").textContent = text;
  part("told").focus();
}

const seedOf = () => part("seed").value.replace(/[\s-]/g, "");
const placeOf = () => Number(part("place").value);

/* What was sent from here: a state of two seconds ago may still ask for it. */
const sent = new Set();

/** @param {any} vote @param {number} place the step that is waited for from this place */
const stepOf = (vote, place) => vote.missing.find((/** @type {{places: number[]}} */ { places }) => places.includes(place))?.step;

async function make() {
  const seed = await compute("seed");
  part("seed").value = seed.match(/.{1,6}/g).join(" ");
  part("printed").textContent = part("seed").value;
  part("backup").hidden = false;
  part("backup-title").focus();
}

/** Does this key belong to this place? To be asked on a second device, from the printed copy. */
async function check() {
  const vote = await read(`/elections/${slug}/sealed`);
  const sent = vote.trustees[placeOf() - 1].certificate;
  if (!sent) return tell("warn", say("check-too-early"));
  const known = await compute("known", { vote, place: placeOf(), seed: seedOf() });
  const same = JSON.parse(sent).message === known;
  return tell(same ? "ok" : "stop", say(same ? "check-same" : "check-other"));
}

/** The archive, fetched part after part. */
async function archive() {
  const parts = [];
  for (let wanted = 0; wanted !== null; ) {
    const { data, next } = await read(`/elections/${slug}/archive?part=${wanted}`);
    parts.push(Uint8Array.from(atob(data.replaceAll("-", "+").replaceAll("_", "/")), (digit) => digit.charCodeAt(0)));
    wanted = next;
  }
  return new Blob(parts);
}

/** Take the step that is waited for from this place. */
async function take() {
  const [place, seed, code] = [placeOf(), seedOf(), part("code").value.trim()];
  if (!(await compute("isSeed", { seed }))) return tell("stop", say("not-a-seed"));
  if (!code) return tell("stop", say("no-code"));
  const vote = await read(`/elections/${slug}/sealed`);
  const step = stepOf(vote, place);
  if (!step || sent.has(`${place} ${step}`)) return tell("ok", say("nothing-now"));
  if (step === "certificate" && !part("kept").checked) return tell("stop", say("not-kept"));
  part("progress").hidden = false;
  const given = step === "decryption" ? { archive: await archive() } : {};
  const message = await compute(step, { vote, place, seed, ...given });
  await send(`/elections/${vote.id}/trustees/${place}/messages`, { code, step, message });
  sent.add(`${place} ${step}`);
  tell("ok", `${say(`sent-${step}`)} ${say("reload")}`);
  return part("again").focus();
}

/** @param {() => Promise<unknown>} act */
async function acting(act) {
  part("told").hidden = true;
  part("act").disabled = true;
  try {
    await act();
  } catch (error) {
    if (error instanceof Lost) tell("warn", say("lost"));
    else if (error instanceof Denied) tell("stop", denied(error.reason));
    else tell("stop", say("computed-no", { reason: /** @type {Error} */ (error).message }));
  }
  part("act").disabled = false;
  part("progress").hidden = true;
}

/** @param {string} reason */
function denied(reason) {
  const known = ["wrong-code", "already-sent", "step-not-now"].includes(reason);
  return known ? say(`denied.${reason}`) : say("denied.other", { reason });
}

part("without").hidden = true;
part("part").hidden = false;
part("make").addEventListener("click", () => acting(make));
part("check").addEventListener("click", () => acting(check));
part("print").addEventListener("click", () => print());
part("again").addEventListener("click", () => location.reload());
part("part").addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  acting(take);
});
