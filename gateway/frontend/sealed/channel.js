/**
 * The private channel between two trustees (docs/protocol.md, §5): only its recipient can read a text, only its sender can have written it.
 * @typedef {import("./groups/index.js").Group} Group
 */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { asElement, asObject, asText, compact, digest, utf8 } from "./encoding.js";
import { proofJson, randomExponent, readProof } from "./proofs.js";
import { Check, Refused, require } from "./refusal.js";
import { checkSignature, signText } from "./signatures.js";

/* The key serves once, so the nonce may be constant. */
const NONCE = new Uint8Array(12);

/** @param {Group} group @param {bigint} sender @param {any} recipient @param {string} context @param {string} text */
export function sealText(group, sender, recipient, context, text) {
  const r = randomExponent(group);
  const ephemeral = group.power(group.generator, r);
  const key = keyOf(group, context, ephemeral, group.power(recipient, r));
  const box = bytesToHex(chacha20poly1305(key, NONCE, utf8(context)).encrypt(utf8(text)));
  const sealed = { ephemeral: group.text(ephemeral), box };
  return { ...sealed, signature: proofJson(signText(group, sender, signedText(context, sealed))) };
}

/** Refused if it is not from `sender`, not for us, or not for this context. @param {Group} group @param {bigint} recipient @param {any} sender @param {string} context @param {unknown} value */
export function openText(group, recipient, sender, context, value) {
  const fields = asObject(value, ["ephemeral", "box", "signature"]);
  const ephemeral = asElement(group, fields.ephemeral);
  require(group.areMembers([ephemeral]), Check.MEMBERSHIP, "the ephemeral key is not a member");
  const sealed = { ephemeral: fields.ephemeral, box: fields.box };
  checkSignature(group, sender, signedText(context, sealed), readProof(group, fields.signature));
  const key = keyOf(group, context, ephemeral, group.power(ephemeral, recipient));
  try {
    const box = hexToBytes(asText(fields.box));
    return new TextDecoder("utf-8", { fatal: true }).decode(chacha20poly1305(key, NONCE, utf8(context)).decrypt(box));
  } catch {
    throw new Refused(Check.SHARE, "the message does not open");
  }
}

/** @param {Group} group @param {string} context @param {any} ephemeral @param {any} shared */
const keyOf = (group, context, ephemeral, shared) => digest(`channel|${context}|${group.text(ephemeral)}|${group.text(shared)}`);

/** @param {string} context @param {unknown} sealed */
const signedText = (context, sealed) => `channel|${context}|${compact(sealed)}`;
