/** Schnorr signatures of texts, as trustees use them (§5).

   @typedef {import("./groups/index.js").Group} Group
   @typedef {import("./proofs.js").Proof} Proof
   @typedef {{message: string, signature: Proof}} SignedMessage
*/
import { asObject, asText } from "./encoding.js";
import { knowledgeHolds, proofJson, proveKnowledge, readProof } from "./proofs.js";
import { Check, require } from "./refusal.js";

/** @param {Group} group @param {bigint} key @param {string} text */
export const signText = (group, key, text) => proveKnowledge(group, `sigmsg|${text}|`, key);

/** @param {Group} group @param {any} key a member @param {string} text @param {Proof} signature */
export function checkSignature(group, key, text, signature) {
  const holds = knowledgeHolds(group, `sigmsg|${text}|`, key, signature);
  require(holds, Check.TRUSTEE_SIGNATURE, "the signature does not hold");
}

/** @param {Group} group @param {bigint} key @param {string} message @returns {SignedMessage} */
export const signed = (group, key, message) => ({ message, signature: signText(group, key, message) });

/** @param {Group} group @param {any} key @param {SignedMessage} found */
export const checkSigned = (group, key, { message, signature }) => checkSignature(group, key, message, signature);

/** @param {Group} group @param {unknown} value @returns {SignedMessage} */
export function readSigned(group, value) {
  const fields = asObject(value, ["message", "signature"]);
  return { message: asText(fields.message), signature: readProof(group, fields.signature) };
}

/** @param {SignedMessage} found */
export const signedJson = ({ message, signature }) => ({ message, signature: proofJson(signature) });
