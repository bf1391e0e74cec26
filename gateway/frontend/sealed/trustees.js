/** Who may decrypt, trustees.json (§5): every "Single" is needed, and t members of every "Pedersen". The sub-keys of all items
   multiply to the election's key. Trustees are numbered from 1 through the flattened list.

   @typedef {import("./groups/index.js").Group} Group
   @typedef {import("./keys.js").TrusteeKey} TrusteeKey
   @typedef {import("./threshold.js").Threshold} Threshold
   @typedef {{single: TrusteeKey, threshold?: undefined} | {threshold: Threshold, single?: undefined}} Item
*/
import { asList, readCanonical } from "./encoding.js";
import { product } from "./groups/index.js";
import { checkTrusteeKey, readTrusteeKey, trusteeKeyJson } from "./keys.js";
import { Check, Refused, located, require } from "./refusal.js";
import { checkThreshold, readThreshold, thresholdJson } from "./threshold.js";

/** What it claims is checked by `checkTrustees`. @param {Group} group @param {Uint8Array} data @returns {Item[]} */
export function readTrustees(group, data) {
  return readCanonical(data, (value) => asList(value).map((item) => asItem(group, item)), (items) => itemsJson(group, items));
}

/** Check every proof and signature; give the key that they make together. @param {Group} group @param {Item[]} trustees */
export function checkTrustees(group, trustees) {
  require(trustees.length, Check.ELECTION_KEY, "no trustee");
  return product(group, trustees.map((item, place) => located(`item ${place + 1}`, () => checkItem(group, item))));
}

/** The key of each trustee, in order of their numbers. @param {Item[]} trustees */
export const decryptionKeys = (trustees) => trustees.flatMap((item) => members(item).map((key) => key.publicKey));

/** @param {Item} item */
export const members = (item) => (item.threshold ? item.threshold.verificationKeys : [item.single]);

/** @param {Group} group @param {Item} item */
function checkItem(group, item) {
  if (item.threshold) return checkThreshold(group, item.threshold);
  require(!item.single.signature, Check.FORM, "a single trustee's key bears no signature");
  checkTrusteeKey(group, item.single);
  return item.single.publicKey;
}

/** @param {Group} group @param {unknown} value @returns {Item} */
function asItem(group, value) {
  const [kind, found, ...rest] = asList(value);
  if (rest.length === 0 && found !== undefined) {
    if (kind === "Single") return { single: readTrusteeKey(group, found) };
    if (kind === "Pedersen") return { threshold: readThreshold(group, found) };
  }
  throw new Refused(Check.FORM, "an item of the trustees is Single or Pedersen");
}

/** @param {Group} group @param {Item[]} items */
const itemsJson = (group, items) =>
  items.map((item) =>
    item.threshold ? ["Pedersen", thresholdJson(group, item.threshold)] : ["Single", trusteeKeyJson(group, item.single)],
  );
