/* For the tests: asks the browser's library. One request a line on the standard input, one answer a line on the output, JSON. */
import { createInterface } from "node:readline";
import { blind, importKey, unblind } from "../../gateway/frontend/sealed/blind.js";
import { certificate, decryptionKey, key, shares } from "../../gateway/frontend/sealed/ceremony.js";
import { groupNamed } from "../../gateway/frontend/sealed/groups/index.js";
import { openArchive } from "../../gateway/frontend/sealed/opening.js";
import { checkBallot } from "../../gateway/frontend/sealed/checking.js";
import { derive } from "../../gateway/frontend/sealed/credentials.js";
import { readElection } from "../../gateway/frontend/sealed/election.js";
import { digest, toNumber } from "../../gateway/frontend/sealed/encoding.js";
import { Refused } from "../../gateway/frontend/sealed/refusal.js";
import { checkRevealed, seal } from "../../gateway/frontend/sealed/sealing.js";
import { checkBatch } from "../../gateway/frontend/sealed/verifier/batches.js";
import { verify } from "../../gateway/frontend/sealed/verifier/verify.js";

const bytes = (base64) => Uint8Array.from(Buffer.from(base64, "base64"));
const remembered = new Map();

/* Ballots that were checked once, under the same rules, are not checked again for each mutant of another record. */
function remembering(election, rules) {
  const check = async (batch) => {
    const key = [rules, ...batch.map(({ data, weight }) => `${toNumber(digest(data))} ${weight}`)].join("|");
    if (!remembered.has(key)) remembered.set(key, checkBatch(election, batch));
    return remembered.get(key);
  };
  return { limit: 1, check };
}

/* What the generator is to draw next, for the vector of the RFC; nothing else is ever given. */
const draws = [];
const draw = crypto.getRandomValues.bind(crypto);
crypto.getRandomValues = (into) => {
  if (!draws.length) return draw(into);
  into.set(draws.shift());
  return into;
};

const answers = {
  certificate: ({ group, seed, context }) => certificate(groupNamed(group), seed, context),
  shares: ({ group, seed, certificates }) => shares(groupNamed(group), seed, certificates),
  key: ({ group, seed, certificates, messages }) => key(groupNamed(group), seed, certificates, messages),
  secret: ({ group, seed, certificates, message }) => decryptionKey(groupNamed(group), seed, certificates, message),
  open: ({ archive, secret }) => openArchive(new Blob([bytes(archive)]), () => BigInt(secret)),
  blind: async ({ key, message, drawing = [] }) => {
    draws.push(...drawing.map(bytes));
    return blind(await importKey(key), bytes(message));
  },
  unblind: async ({ key, kept, signature }) => {
    try {
      return await unblind(await importKey(key), kept, signature);
    } catch (error) {
      return { error: error.message };
    }
  },
  verify: ({ archive, previous, ballot, unfinished }) =>
    verify(new Blob([bytes(archive)]), {
      ballot,
      unfinished,
      previous: previous && new Blob([bytes(previous)]),
      checker: remembering,
    }),
  seal: ({ election, secret, choices }) => seal(readElection(bytes(election)), BigInt(secret), choices),
  derive: ({ election, credential }) => {
    const { group, uuid } = readElection(bytes(election));
    return derive(group, uuid, credential);
  },
  check: ({ election, ballot }) => Boolean(checkBallot(readElection(bytes(election)), bytes(ballot))),
  revealed: ({ election, ballot, choices, randomness }) =>
    checkRevealed(readElection(bytes(election)), ballot, choices, randomness),
};

async function answer(request) {
  try {
    return { answer: await answers[request.ask](request) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { refused: { check: error.check, record: error.record, reason: error.reason } };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const found = await answer(JSON.parse(line));
  process.stdout.write(`${JSON.stringify(found, (_, value) => (typeof value === "bigint" ? String(value) : value))}\n`);
}
