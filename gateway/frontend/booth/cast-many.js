#!/usr/bin/env node
/**
 * Casts many ballots through the public API with the booth's own code, for rehearsals and load:
 *
 *     node cast-many.js SITE VOTE [AT_ONCE] < ballots.jsonl > receipts.jsonl
 *
 * A line for each voter: {"access": "…access token…", "chosen": {"project": "grade" or "" where projects are chosen}}. Two lines come out
 * for each: {"line", "pending"}, what the voter's device keeps, before anything is sent; then, in the order in which they end, {"line",
 * "tracker", "receipt", "sealing", "seconds", "tries"}, or "denied" with the reason. A lost answer is asked for again with the same bytes
 * until there is one. Who was interrupted gives {"access", "pending"} to go on with the same bytes.
 */
import { createInterface } from "node:readline";
import { inAddress, read, send, wait } from "./asking.js";
import { Denied, Lost, cast } from "./casting.js";
import { choicesOf } from "./choices.js";
import * as computer from "./voting.js";

const FIRST_RETRY = 250;
const LONGEST_RETRY = 8000;

const [site, slug, atOnce = "8"] = process.argv.slice(2);
const vote = await read(`/elections/${slug}/sealed`, site);
computer.checkLock(vote);

/** @param {string} access @returns {import("./casting.js").Doors} */
const doorsOf = (access) => ({
  sign: ({ id }, blinded) => send(`/sign-off-lists/${id}/tokens`, { blinded }, site, { Authorization: `Bearer ${access}` }),
  send: ({ id }, ballot, token) => send(`/elections/${id}/sealed-ballots`, { ballot, token }, site),
  find: ({ id }, tracker) => read(`/elections/${id}/sealed-ballots/${inAddress(tracker)}`, site),
  wait,
  later: () => 0,
  until: async () => {},
});

/** @typedef {import("./casting.js").Pending} Pending */

/** @param {Record<string, string>} chosen @returns {Promise<Pending>} */
async function sealed(chosen) {
  const credential = computer.newCredential();
  const { text, tracker } = computer.sealBallot(vote, credential, choicesOf(vote, new Map(Object.entries(chosen))));
  return { credential, ballot: text, tracker, blinded: await computer.blindToken(vote, credential) };
}

/** @param {{access: string, chosen?: Record<string, string>, pending?: Pending}} voter @param {number} number of their line */
async function voted({ access, chosen = {}, pending: kept }, number) {
  const before = performance.now();
  let pending = kept ?? (await sealed(chosen));
  const begun = performance.now();
  const sealing = (begun - before) / 1000;
  console.log(JSON.stringify({ line: number, pending }));
  const keep = (/** @type {Pending} */ now) => {
    pending = now;
  };
  const { tracker } = pending;
  for (let tries = 1, pause = FIRST_RETRY; ; tries += 1, pause = Math.min(2 * pause, LONGEST_RETRY)) {
    try {
      const { receipt } = await cast(vote, pending, { doors: doorsOf(access), computer, keep });
      return { tracker, receipt, sealing, seconds: (performance.now() - begun) / 1000, tries };
    } catch (error) {
      if (error instanceof Denied) return { tracker, denied: error.reason, tries };
      if (!(error instanceof Lost)) throw error;
      await wait(Math.max(pause, 1000 * error.after));
    }
  }
}

const running = new Set();
let line = 0;
for await (const given of createInterface({ input: process.stdin })) {
  line += 1;
  const number = line;
  const one = voted(JSON.parse(given), number)
    .then((found) => console.log(JSON.stringify({ line: number, ...found })))
    .finally(() => running.delete(one));
  running.add(one);
  if (running.size >= Number(atOnce)) await Promise.race(running);
}
await Promise.all(running);
