/**
 * The voter's half of a blind signature (RFC 9474, RSABSSA-SHA384-PSS-Randomized): the city signs a right to vote without
 * seeing it, so that nobody can tell later whose it is.
 */
import { RSABSSA } from "@cloudflare/blindrsa-ts";

const SUITE = RSABSSA.SHA384.PSS.Randomized();

/** @param {Uint8Array} data base64url without padding */
export const toBase64Url = (data) =>
  btoa(String.fromCharCode(...data)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** @param {string} text */
export const fromBase64Url = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));

/** @param {string} text the DER of a SubjectPublicKeyInfo, in base64url */
export const importKey = (text) =>
  crypto.subtle.importKey("spki", fromBase64Url(text), { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);

/**
 * Blind a message. `blinded` goes to the signer; the rest stays, to be given back to `unblind`.
 * @param {CryptoKey} key
 * @param {Uint8Array} message
 */
export async function blind(key, message) {
  const prepared = SUITE.prepare(message);
  const { blindedMsg, inv } = await SUITE.blind(key, prepared);
  return { prepared: toBase64Url(prepared), blinded: toBase64Url(blindedMsg), inverse: toBase64Url(inv) };
}

/**
 * Take the blinding off a signature and check what is left: the signature of the prepared message, which is the token.
 * @param {CryptoKey} key
 * @param {{prepared: string, inverse: string}} kept
 * @param {string} blindSignature
 */
export async function unblind(key, { prepared, inverse }, blindSignature) {
  const [message, signature, mask] = [prepared, blindSignature, inverse].map(fromBase64Url);
  return toBase64Url(await SUITE.finalize(key, message, signature, mask));
}
