/** The voting booth: choose, read again, seal, test or cast, receipt. One page; it needs the network to begin and to cast. */
import { ask, inAddress, read, send, wait } from "../asking.js";
import { Denied, Lost, cast, takeRight } from "../casting.js";
import { computer } from "../computing.js";
import { Filling } from "../filling.js";
import { forget, keep, kept } from "../keeping.js";
import { copyOf, element, inLanguage, part, save, say, show } from "../page.js";
import { receiptCards, receiptText, rightText, testText } from "../papers.js";
import { drawn, until } from "../waiting.js";
import { newCredential } from "../../sealed/credentials.js";

/** @typedef {import("../casting.js").Pending} Pending */
/** @typedef {import("../papers.js").Ballot} Ballot */

const slug = location.pathname.split("/")[2];
const FIRST_RETRY = 3000;
const LONGEST_RETRY = 30_000;

/** The ballots that are cast together: the whole city, and one district. @type {Ballot[]} */
let ballots = [];
/** @type {{id: string, slug: string, title: Record<string, string>, perimeter: string | null}[]} */
let others = [];
/** What the two buttons of the dock do now. @type {{back?: () => void, next: () => void}} */
let dock = { next: () => {} };

/** @param {string} text @param {string} label @param {() => void} next @param {() => void} [back] @param {string} [backLabel] */
function setDock(text, label, next, back, backLabel = say("back")) {
  dock = { next, back };
  part("dock").hidden = false;
  part("dock-text").textContent = text;
  part("next-text").textContent = label;
  part("back").hidden = !back;
  part("back").querySelector("span").textContent = backLabel;
}

/** @param {string} id */
function step(id) {
  part("dock").hidden = true;
  show(id);
}

/** @param {string} text */
function problem(text) {
  part("problem-text").textContent = text;
  step("problem");
}

/** Fetch a vote, check its lock, lay out its ballot. @param {string} wanted @param {string} place */
async function open(wanted, place) {
  const [vote, election] = await Promise.all([read(`/elections/${wanted}/sealed`), read(`/elections/${wanted}`)]);
  if (vote.phase !== "open") throw new Denied("not-open");
  await computer.checkLock(vote).catch((error) => {
    throw new Denied("lock-false", say("lock-false", { detail: error.message }));
  });
  const filling = new Filling(vote, election, place);
  part("contenu").querySelector(".wrap").append(filling.section);
  return { filling, pending: kept(vote.id) };
}

async function begin() {
  step("loading");
  part("leave").href = `/votes/${slug}`;
  try {
    keep("trial", { credential: "" });
    forget("trial");
  } catch {
    problem(say("no-storage"));
    return;
  }
  try {
    await openAll();
  } catch (error) {
    if (error instanceof Lost) problem(say("no-network"));
    else problem(error instanceof Denied && error.words ? error.words : say("not-open"));
  }
}

async function openAll() {
  const here = await read(`/elections/${slug}`);
  const found = here.campaign ? (await read(`/elections?campaign=${here.campaign}&state=open&limit=50`)).items : [here];
  const votes = found.filter((/** @type {any} */ one) => one.secrecy === "sealed");
  const city = votes.find((/** @type {any} */ one) => one.perimeter === null) ?? here;
  others = votes.filter((/** @type {any} */ one) => one.id !== city.id && one.perimeter !== null);
  ballots = [await open(city.slug, city.perimeter === null ? say("city") : inLanguage(city.title))];
  for (const one of others) if (kept(one.id)) ballots[1] = await open(one.slug, inLanguage(one.title));
  if (ballots.some(({ pending }) => pending?.ballot)) castAll();
  else if (others.length && !ballots[1]) where();
  else fill(0);
}

function where() {
  step("where");
  const choices = part("districts").querySelector(".choices");
  if (!choices.children.length) {
    const options = [...others.map((one) => [one.slug, inLanguage(one.title)]), ["", say("city-only")]];
    choices.append(...options.map(([value, label]) => option(value, label)));
  }
  setDock(say("dock-where"), say("go-on"), chooseDistrict);
}

/** @param {string} value @param {string} label */
function option(value, label) {
  const radio = element("input", { type: "radio", name: "district", value, ...(value === slug ? { checked: "" } : {}) });
  return element("label", { class: "choice" }, radio, element("span", {}, label));
}

async function chooseDistrict() {
  const chosen = part("districts").querySelector(":checked");
  if (!chosen) {
    part("districts").querySelector("input").focus();
    return;
  }
  ballots.splice(1).forEach(({ filling }) => filling.section.remove());
  const one = others.find((other) => other.slug === chosen.value);
  try {
    if (one) ballots.push(await open(one.slug, inLanguage(one.title)));
    fill(0);
  } catch (error) {
    problem(error instanceof Lost ? say("no-network") : say("not-open"));
  }
}

/** @param {number} place */
function fill(place) {
  const { filling, pending } = ballots[place];
  const last = place === ballots.length - 1;
  step(filling.section.id);
  filling.section.querySelector('[data-part="again"]').hidden = !pending?.receipt;
  const forward = () => {
    if (filling.go(filling.here + 1)) moved();
    else if (!filling.allowed) filling.section.querySelector(":checked")?.focus();
    else if (last) review();
    else fill(place + 1);
  };
  const before = place > 0 ? () => fill(place - 1) : others.length && !ballots.some((one) => one.pending) ? where : undefined;
  const backward = () => {
    if (filling.go(filling.here - 1)) moved();
    else before?.();
  };
  const told = () => {
    const more = filling.oneByOne && filling.here < filling.items.length - 1;
    const inside = filling.oneByOne && filling.here > 0;
    const label = more ? say("next-project") : last ? say("to-review") : say("next-ballot");
    setDock(filling.standing, label, forward, inside || before ? backward : undefined, say(inside ? "previous-project" : "back"));
  };
  const moved = () => {
    told();
    filling.focus();
  };
  filling.changed = told;
  told();
}

function review() {
  step("review");
  part("chosen").replaceChildren(
    ...ballots.map(({ filling }, place) => {
      const panel = copyOf("one-chosen", "section");
      panel.querySelector("h2").textContent = filling.title;
      panel.querySelector("div").append(...filling.summary);
      panel.querySelector(".hide").textContent = ` : ${filling.title}`;
      panel.querySelector("button").addEventListener("click", () => fill(place));
      return panel;
    }),
  );
  setDock(say("dock-review"), say("to-seal"), sealAll, () => fill(ballots.length - 1));
}

/** A new credential for each sealing, until the city has signed one: a ballot opened for a test must say nothing of the one that is cast. @param {Ballot} ballot */
const credentialOf = ({ pending }) => (pending?.token || pending?.blinded ? pending.credential : newCredential());

async function sealAll() {
  step("sealing");
  const bar = part("sealing-progress");
  for (const [place, ballot] of ballots.entries()) {
    const credential = credentialOf(ballot);
    const { vote, bits } = ballot.filling;
    ballot.sealed = await computer.sealBallot(vote, credential, bits, (done) => {
      bar.value = (place + done) / ballots.length;
    });
    ballot.pending = { ...ballot.pending, credential };
  }
  step("sealed");
  part("trackers").replaceChildren(...ballots.map(trackerPanel));
  setDock(say("dock-cast"), say("to-cast"), commit, review);
}

/** @param {Ballot} ballot */
function trackerPanel({ filling, sealed }) {
  return element("div", { class: "panel" }, element("h2", {}, filling.title), element("p", { class: "tracker break" }, sealed?.tracker ?? ""));
}

/** Open the ballots instead of casting them, and throw them away. */
function test() {
  const text = testText(ballots);
  part("tested-trackers").textContent = ballots.map(({ sealed }) => sealed?.tracker).join(" · ");
  part("save-test").onclick = () => save(`${slug}-test.json`, text, "application/json");
  for (const ballot of ballots) ballot.sealed = undefined;
  step("tested");
  setDock(say("dock-tested"), say("seal-again"), sealAll, review);
}

/** From here on everything is kept on the device, until the receipt. */
function commit() {
  for (const ballot of ballots) {
    const { text, tracker } = /** @type {import("../../sealed/sealing.js").Sealed} */ (ballot.sealed);
    const pending = { .../** @type {Pending} */ (ballot.pending), ballot: text, tracker, receipt: undefined };
    keep(ballot.filling.vote.id, pending);
    ballot.pending = pending;
    ballot.sealed = undefined;
  }
  castAll();
}

/** @type {import("../casting.js").Doors} */
const doors = {
  sign: async (vote, blinded) => {
    const session = await ask("/cabine/session", { cache: "no-store" });
    if (!session.signed_in) throw new Denied("sign-in-needed");
    const body = new URLSearchParams({ _csrf: session.csrf, election_id: vote.id, blinded });
    const answer = await ask("/cabine/jeton", { method: "POST", body });
    if (answer.refused) throw new Denied(answer.refused, answer.words);
    return answer;
  },
  send: (vote, ballot, token) => send(`/elections/${vote.id}/sealed-ballots`, { ballot, token }),
  find: (vote, tracker) => read(`/elections/${vote.id}/sealed-ballots/${inAddress(tracker)}`),
  wait,
  later: (vote) => drawn(ballots.find(({ filling }) => filling.vote.id === vote.id)?.filling.election.closes_at ?? ""),
  until,
};

let retry = FIRST_RETRY;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/* Who closes the page now has not voted yet: then the browser asks whether that is meant. */
let onTheWay = false;
addEventListener("beforeunload", (event) => {
  if (onTheWay) event.preventDefault();
});

/** First every right to vote, then the ballots, each at its own moment. */
async function castAll() {
  clearTimeout(timer);
  onTheWay = true;
  step("casting");
  part("stuck").hidden = true;
  try {
    const left = ballots.filter(({ pending }) => pending?.ballot);
    for (const ballot of left) ballot.pending = await takeRight(...meansOf(ballot));
    left.sort((one, other) => (one.pending?.after ?? 0) - (other.pending?.after ?? 0));
    for (const ballot of left) ballot.pending = await cast(...meansOf(ballot));
    receipts();
  } catch (error) {
    stuck(error);
  }
}

/** @param {Ballot} ballot @returns {Parameters<typeof cast>} */
function meansOf(ballot) {
  const { vote, title } = ballot.filling;
  const place = ballots.indexOf(ballot) + 1;
  part("casting-which").textContent = ballots.length > 1 ? say("of-votes", { number: place, all: ballots.length, title }) : "";
  const keeping = (/** @type {Pending} */ pending) => {
    keep(vote.id, pending);
    ballot.pending = pending;
  };
  return [vote, /** @type {Pending} */ (ballot.pending), { doors, computer, tell: doing, keep: keeping }];
}

/** @param {string} now */
function doing(now) {
  const lines = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-doing]"))];
  const place = lines.findIndex((line) => line.dataset.doing === now);
  lines.forEach((line, position) => {
    line.className = position < place ? "done" : position === place ? "now" : "next";
  });
}

/** @param {unknown} error */
function stuck(error) {
  const reason = error instanceof Denied ? error.reason : "";
  const signIn = reason === "sign-in-needed";
  const lost = error instanceof Lost;
  onTheWay = lost;
  part("stuck").hidden = false;
  part("waiting").hidden = true;
  part("stuck-title").textContent = say(signIn ? "stuck-sign-in" : lost ? "stuck-lost" : "stuck-denied");
  part("stuck-text").textContent = signIn ? say("stuck-sign-in-text") : lost ? say("stuck-lost-text") : denied(error);
  part("stuck-sign-in").hidden = !signIn;
  part("give-up").hidden = signIn || lost;
  part("bring").hidden = reason !== "token-given";
  part("retry").focus();
  if (!lost) return;
  timer = setTimeout(castAll, Math.max(1000 * /** @type {Lost} */ (error).after, retry));
  retry = Math.min(2 * retry, LONGEST_RETRY);
}

/** @param {unknown} error */
function denied(error) {
  if (!(error instanceof Denied)) return say("denied.other", { reason: String(error) });
  try {
    return say(`denied.${error.reason}`);
  } catch {
    return error.words || say("denied.other", { reason: error.reason });
  }
}

/** The ballot that was not taken is dropped; the right to vote, if there is one, stays. */
function giveUp() {
  for (const { filling, pending } of ballots) {
    if (!pending?.ballot) continue;
    const left = { ...pending, ballot: undefined, tracker: undefined };
    if (left.token || left.blinded) keep(filling.vote.id, left);
    else forget(filling.vote.id);
  }
  location.reload();
}

/** A right to vote that was saved from another browser. @param {File} file */
async function bring(file) {
  const rights = JSON.parse(await file.text());
  for (const { filling, pending } of ballots) {
    const right = rights[filling.vote.id];
    if (right && pending?.ballot) keep(filling.vote.id, { credential: right.credential, token: right.token });
  }
  location.reload();
}

function receipts() {
  onTheWay = false;
  step("receipt");
  document.querySelector("[data-check]")?.setAttribute("href", `/votes/${slug}/verifier`);
  part("receipts").replaceChildren(...receiptCards(ballots));
}

/** @param {string} id @param {() => void} act */
const onClick = (id, act) => part(id).addEventListener("click", act);
onClick("next", () => dock.next());
onClick("back", () => dock.back?.());
onClick("reload", begin);
onClick("test", test);
onClick("retry", castAll);
onClick("give-up", giveUp);
onClick("print", () => print());
onClick("save-receipt", () => save(`${slug}.txt`, receiptText(ballots, `${location.origin}/votes/${slug}/verifier`)));
onClick("save-right", () => save(`${slug}-vote.json`, rightText(ballots), "application/json"));
onClick("forget", () => {
  for (const { filling } of ballots) forget(filling.vote.id);
  part("forgotten").textContent = say("forgotten");
});
part("bring-file").addEventListener("change", () => bring(part("bring-file").files[0]));
addEventListener("online", () => {
  if (!part("stuck").hidden) castAll();
});
begin();
