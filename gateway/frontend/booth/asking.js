/** Asking this site, from the booth and from pages like it. */
import { Denied, Lost } from "./casting.js";

/** Answers that say "not now": the same may be sent again. */
const LATER = [408, 429, 500, 502, 503, 504];

/**
 * @param {string} address
 * @param {RequestInit} [options]
 * @returns {Promise<any>} the JSON of the answer; throws Lost or Denied
 */
export async function ask(address, options) {
  let answer;
  try {
    answer = await fetch(address, options);
  } catch {
    throw new Lost();
  }
  if (LATER.includes(answer.status)) throw new Lost(Number(answer.headers.get("Retry-After") ?? 0));
  const found = await answer.json().catch(() => {
    throw new Lost();
  });
  if (answer.ok) return found;
  throw new Denied(found.errors?.[0]?.code ?? found.reason ?? String(answer.status));
}

/** Without cookie, without session, without saying from which page: for all that no name may stand beside. @type {RequestInit} */
export const NOBODY = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" };

/** @param {string} address below /api/v1 @param {string} [site] another one than the page's */
export const read = (address, site = "") => ask(`${site}/api/v1${address}`, NOBODY);

/** @param {string} address below /api/v1 @param {unknown} body @param {string} [site] @param {Record<string, string>} [headers] */
export const send = (address, body, site = "", headers = {}) =>
  ask(`${site}/api/v1${address}`, {
    ...NOBODY,
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

/** A tracker as it stands in an address. @param {string} tracker */
export const inAddress = (tracker) => tracker.replaceAll("+", "-").replaceAll("/", "_");

/** @param {number} milliseconds @returns {Promise<void>} */
export const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
