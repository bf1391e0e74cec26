/* Credentials (§4): a secret exponent, the public credential g^s, and the list of who may vote. */
import { isDigits, randomDigits } from "./base58.js";
import { LARGEST_WEIGHT, asElement, asList, asText, compact, digest, natural, parse, sameBytes, toNumber, utf8 } from "./encoding.js";
import { Check, require } from "./refusal.js";

const GROUPS_OF_DIGITS = [5, 6, 5, 6];

/** A private credential: 22 digits, written XXXXX-XXXXXX-XXXXX-XXXXXX. */
export const newCredential = () => GROUPS_OF_DIGITS.map(randomDigits).join("-");

/** @param {string} text */
export function isCredential(text) {
  const parts = text.split("-");
  return parts.length === 4 && parts.every((part, place) => part.length === GROUPS_OF_DIGITS[place] && isDigits(part));
}

/** s = (x_0 ‖ x_1) mod q. @param {import("./groups/index.js").Group} group @param {string} uuid @param {string} credential */
export function derive(group, uuid, credential) {
  require(isCredential(credential), Check.CREDENTIAL, "not of the form XXXXX-XXXXXX-XXXXX-XXXXXX");
  const halves = [0, 1].map((half) => digest(`derive_credential|${uuid}|${half}|${credential}`));
  return toNumber(Uint8Array.from(halves.flatMap((half) => [...half]))) % group.order;
}

/**
 * The list of public credentials: text of each, in order, with its weight. All members, all distinct.
 * @param {import("./groups/index.js").Group} group
 * @param {Uint8Array} data
 * @returns {Map<string, bigint>}
 */
export function readRoll(group, data) {
  const entries = asList(parse(data)).map(asText);
  require(sameBytes(utf8(compact(entries)), data), Check.CANONICAL, "the list of credentials is not compact JSON");
  /** @type {Map<string, bigint>} */
  const weights = new Map();
  for (const entry of entries) {
    const comma = entry.indexOf(",");
    const key = comma < 0 ? entry : entry.slice(0, comma);
    require(!weights.has(key), Check.CREDENTIAL_LIST, `${key} stands twice`);
    weights.set(key, comma < 0 ? 1n : natural(entry.slice(comma + 1), LARGEST_WEIGHT));
  }
  const members = [...weights.keys()].map((key) => asElement(group, key));
  require(group.areMembers(members), Check.CREDENTIAL_LIST, "an entry is not a member of the group");
  return weights;
}
