/** A trustee's key (§5): X = g^x and a proof that its maker knows x, bound to the group's name. Without the proof, the last
   trustee to speak could choose a key that cancels the others'.

   @typedef {import("./groups/index.js").Group} Group
   @typedef {import("./proofs.js").Proof} Proof
   @typedef {{proof: Proof, publicKey: any, signature?: Proof, name?: string}} TrusteeKey
*/
import { asElement, asObject, asText } from "./encoding.js";
import { knowledgeHolds, proofJson, proveKnowledge, readProof } from "./proofs.js";
import { Check, require } from "./refusal.js";

/** @param {Group} group @param {bigint} secret @param {string} [name] @returns {TrusteeKey} */
export function trusteeKey(group, secret, name) {
  const publicKey = group.power(group.generator, secret);
  return { proof: proveKnowledge(group, prefix(group, publicKey), secret), publicKey, name };
}

/** @param {Group} group @param {TrusteeKey} key */
export function checkTrusteeKey(group, { proof, publicKey }) {
  require(group.areMembers([publicKey]), Check.MEMBERSHIP, "a trustee's key is not a member of the group");
  const holds = knowledgeHolds(group, prefix(group, publicKey), publicKey, proof);
  require(holds, Check.TRUSTEE_PROOF, "the proof of knowledge does not hold");
}

/** @param {Group} group @param {any} publicKey */
const prefix = (group, publicKey) => `pok|${group.name}|${group.text(publicKey)}|`;

/** @param {Group} group @param {unknown} value @returns {TrusteeKey} */
export function readTrusteeKey(group, value) {
  const fields = asObject(value, ["pok", "public_key"], ["signature", "name"]);
  return {
    proof: readProof(group, fields.pok),
    publicKey: asElement(group, fields.public_key),
    signature: Object.hasOwn(fields, "signature") ? readProof(group, fields.signature) : undefined,
    name: Object.hasOwn(fields, "name") ? asText(fields.name) : undefined,
  };
}

/** JSON leaves out what is undefined. @param {Group} group @param {TrusteeKey} key */
export const trusteeKeyJson = (group, { proof, publicKey, signature, name }) => ({
  pok: proofJson(proof),
  public_key: group.text(publicKey),
  signature: signature && proofJson(signature),
  name,
});
