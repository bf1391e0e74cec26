/** Computes a trustee's messages away from the page. The seed comes in and never leaves. */
import { certificate, decryptionKey, isSeed, key, newSeed, shares } from "../sealed/ceremony.js";
import { groupNamed } from "../sealed/groups/index.js";
import { openArchive } from "../sealed/opening.js";
import { Refused } from "../sealed/refusal.js";

/**
 * @typedef {{place: number, certificate: string | null, shares: string | null, key: string | null}} Trustee
 * @typedef {{group: string, threshold: number, trustees: Trustee[]}} Vote what is needed of `GET /elections/{election}/sealed`
 */

/** @param {Vote} vote @param {"certificate" | "shares" | "key"} name @returns {string[]} */
const all = ({ trustees }, name) => trustees.map((trustee) => trustee[name] ?? "");

/** @type {Record<string, (given: any) => unknown>} */
const tasks = {
  seed: () => newSeed(),
  isSeed: ({ seed }) => isSeed(seed),
  /** The certificate of this seed at this place, without its signature: two devices with the same seed find the same. */
  known: ({ vote, place, seed }) => {
    const context = { group: vote.group, size: vote.trustees.length, threshold: vote.threshold, index: place };
    return JSON.parse(certificate(groupNamed(vote.group), seed, context)).message;
  },
  certificate: ({ vote, place, seed }) => {
    const context = { group: vote.group, size: vote.trustees.length, threshold: vote.threshold, index: place };
    return certificate(groupNamed(vote.group), seed, context);
  },
  shares: ({ vote, seed }) => shares(groupNamed(vote.group), seed, all(vote, "certificate")),
  key: ({ vote, seed }) => key(groupNamed(vote.group), seed, all(vote, "certificate"), all(vote, "shares")),
  decryption: async ({ vote, place, seed, archive }) => {
    const own = vote.trustees[place - 1].key ?? "";
    const secretOf = (/** @type {import("../sealed/groups/index.js").Group} */ group) => decryptionKey(group, seed, all(vote, "certificate"), own);
    const { owner, message } = await openArchive(archive, secretOf, (done) => postMessage({ progress: done / archive.size }));
    if (owner !== place) throw new Refused("owner of a partial decryption", "the archive gives this key another place");
    return message;
  },
};

onmessage = async ({ data: { task, given } }) => {
  try {
    postMessage({ answer: await tasks[task](given) });
  } catch (error) {
    postMessage({ refused: error instanceof Refused ? error.message : String(error) });
  }
};
