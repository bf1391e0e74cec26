/**
 * What a voter takes away: the receipt, a ballot opened for a test, the right to vote again.
 * @typedef {import("./casting.js").Pending} Pending
 * @typedef {{filling: import("./filling.js").Filling, sealed?: import("../sealed/sealing.js").Sealed, pending?: Pending}} Ballot
 */
import { copyOf, say } from "./page.js";

/** @param {Ballot[]} ballots */
const recorded = (ballots) =>
  ballots.flatMap(({ filling: { title, vote }, pending }) =>
    pending?.receipt ? [{ title, rules: vote.fingerprint, tracker: pending.tracker ?? "", receipt: pending.receipt }] : [],
  );

/** @param {Ballot[]} ballots @returns {Node[]} */
export const receiptCards = (ballots) =>
  recorded(ballots).map(({ title, rules, tracker, receipt }) => {
    const card = copyOf("one-receipt", "article");
    card.querySelector("header span").textContent = title;
    card.querySelector(".tracker").textContent = tracker;
    const parts = { batch: String(receipt.batch), rules, signature: receipt.signature };
    for (const [name, text] of Object.entries(parts)) card.querySelector(`[data-part="${name}"]`).textContent = text;
    return card;
  });

/** @param {Ballot[]} ballots @param {string} address where one checks it */
export const receiptText = (ballots, address) =>
  [
    say("receipt-file"),
    "",
    ...recorded(ballots).flatMap(({ title, tracker, receipt }) => [
      title,
      `${say("receipt-tracker")} ${tracker}`,
      `${say("receipt-signed")} ${receipt.text}`,
      receipt.signature,
      "",
    ]),
    `${say("receipt-check")} ${address}`,
    "",
  ].join("\n");

/** What it takes to vote again from elsewhere: whoever has it can, so it is given only when asked for. @param {Ballot[]} ballots */
export const rightText = (ballots) =>
  JSON.stringify(
    Object.fromEntries(
      ballots.map(({ filling: { vote }, pending }) => [vote.id, { credential: pending?.credential, token: pending?.token }]),
    ),
  );

/** Ballots with their randomness: what a second device needs to seal the same choices and compare. @param {Ballot[]} ballots */
export const testText = (ballots) =>
  JSON.stringify({
    decider_test: 1,
    ballots: ballots.map(({ filling: { vote, bits }, sealed }) => ({
      election_json: vote.election_json,
      ballot: sealed?.text,
      choices: bits,
      randomness: sealed?.randomness,
    })),
  });
