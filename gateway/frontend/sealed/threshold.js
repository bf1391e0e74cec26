/** Threshold parameters (§5): n trustees of whom any t can decrypt, after Pedersen's distributed key generation.

   @typedef {import("./groups/index.js").Group} Group
   @typedef {import("./keys.js").TrusteeKey} TrusteeKey
   @typedef {import("./proofs.js").Proof} Proof
   @typedef {import("./signatures.js").SignedMessage} SignedMessage
   @typedef {{group: string, size: number, threshold: number, index: number}} Context a trustee's place, `index` from 1
   @typedef {{context: Context | undefined, verification: any, encryption: any}} Certificate no context before 2.5.1
   @typedef {object} Threshold
   @property {number} threshold
   @property {SignedMessage[]} certs
   @property {SignedMessage[]} coefexps
   @property {Proof[] | undefined} signatures none before 2.5.1
   @property {TrusteeKey[]} verificationKeys
*/
import { asElement, asList, asObject, asSmall, compact, readCanonical, utf8 } from "./encoding.js";
import { product } from "./groups/index.js";
import { checkTrusteeKey, readTrusteeKey, trusteeKeyJson } from "./keys.js";
import { proofJson, readProof } from "./proofs.js";
import { Check, require } from "./refusal.js";
import { checkSignature, checkSigned, readSigned, signedJson } from "./signatures.js";

/** @param {Group} group @param {SignedMessage} found @returns {Certificate} */
export function readCertificate(group, { message }) {
  return readCanonical(utf8(message), (value) => asCertificate(group, value), (found) => certificateJson(group, found));
}

/** @param {Group} group @param {unknown} value @returns {Certificate} */
function asCertificate(group, value) {
  const fields = asObject(value, ["verification", "encryption"], ["context"]);
  const context = Object.hasOwn(fields, "context") ? asContext(fields.context) : undefined;
  return { context, verification: asElement(group, fields.verification), encryption: asElement(group, fields.encryption) };
}

/** @param {unknown} value @returns {Context} */
function asContext(value) {
  const fields = asObject(value, ["group", "size", "threshold", "index"]);
  require(typeof fields.group === "string", Check.FORM, "the group of a certificate is a string");
  const [size, threshold, index] = [fields.size, fields.threshold, fields.index].map(asSmall);
  return { group: fields.group, size, threshold, index };
}

/** @param {Group} group @param {Certificate} certificate */
export const certificateJson = (group, { context, verification, encryption }) => ({
  context: context && { group: context.group, size: context.size, threshold: context.threshold, index: context.index },
  verification: group.text(verification),
  encryption: group.text(encryption),
});

/** The certificates of n trustees, in order: contexts, keys, signatures; 1 ≤ t ≤ n. @param {Group} group @param {number} threshold @param {SignedMessage[]} certs */
export function checkCertificates(group, threshold, certs) {
  require(threshold >= 1 && threshold <= certs.length, Check.THRESHOLD, "the threshold does not fit the number of trustees");
  const certificates = certs.map((cert) => readCertificate(group, cert));
  const keys = certificates.flatMap(({ verification, encryption }) => [verification, encryption]);
  require(group.areMembers(keys), Check.MEMBERSHIP, "a key of a certificate is not a member");
  certificates.forEach(({ context, verification }, place) => {
    const expected = compact({ group: group.name, size: certs.length, threshold, index: place + 1 });
    const fits = !context || compact(context) === expected;
    require(fits, Check.THRESHOLD, `certificate ${place + 1} is for another context`);
    checkSigned(group, verification, certs[place]);
  });
  require(new Set(certificates.map(({ context }) => !context)).size === 1, Check.THRESHOLD, "certificates of two forms");
  return certificates;
}

/** A_i0 … A_i(t-1), all members; the signature is checked apart. @param {Group} group @param {number} threshold @param {SignedMessage} found @returns {any[]} */
export function readCoefficients(group, threshold, { message }) {
  const coefficients = readCanonical(
    utf8(message),
    (value) => asList(asObject(value, ["coefexps"]).coefexps).map((item) => asElement(group, item)),
    (elements) => coefficientsJson(group, elements),
  );
  require(coefficients.length === threshold, Check.THRESHOLD, "not as many coefficients as the threshold");
  require(group.areMembers(coefficients), Check.MEMBERSHIP, "a coefficient is not a member");
  return coefficients;
}

/** @param {Group} group @param {any[]} coefficients */
export const coefficientsJson = (group, coefficients) => ({ coefexps: group.texts(coefficients) });

/** The text by which a trustee says which certificates its polynomial answers. @param {Group} group @param {SignedMessage[]} certs @param {any[]} coefficients */
export const agreement = (group, certs, coefficients) =>
  `certs_sig|${compact({ certs: certs.map(signedJson), coefexps: group.texts(coefficients) })}`;

/** g^(f(point)) = Π_k A_k^(point^k), by Horner's rule. @param {Group} group @param {any[]} coefficients @param {number} point */
export function evaluate(group, coefficients, point) {
  return coefficients.reduceRight(
    (value, coefficient) => group.multiply(group.power(value, BigInt(point)), coefficient),
    group.identity,
  );
}

/** Check everything that the parameters claim and give the item's key, Π_i A_i0. @param {Group} group @param {Threshold} item */
export function checkThreshold(group, item) {
  const { certs, coefexps, signatures, verificationKeys } = item;
  const lengths = [certs, coefexps, signatures ?? coefexps, verificationKeys].map(({ length }) => length);
  require(new Set(lengths).size === 1, Check.THRESHOLD, "lists of different lengths");
  const certificates = checkCertificates(group, item.threshold, certs);
  const modern = certificates[0].context !== undefined;
  require(modern === (signatures !== undefined), Check.THRESHOLD, "parameters of two forms");
  const polynomials = certs.map((_, i) => checkPolynomial(group, item, certificates[i].verification, i));
  const together = polynomials[0].map((_, k) => product(group, polynomials.map((polynomial) => polynomial[k])));
  verificationKeys.forEach((key, j) => {
    checkVerificationKey(group, certificates[j], key, evaluate(group, together, j + 1));
  });
  return together[0];
}

/** @param {Group} group @param {Threshold} item @param {any} key @param {number} i */
function checkPolynomial(group, { threshold, certs, coefexps, signatures }, key, i) {
  checkSigned(group, key, coefexps[i]);
  const coefficients = readCoefficients(group, threshold, coefexps[i]);
  if (signatures) checkSignature(group, key, agreement(group, certs, coefficients), signatures[i]);
  return coefficients;
}

/** @param {Group} group @param {Certificate} certificate @param {TrusteeKey} key @param {any} expected */
function checkVerificationKey(group, { context, verification }, key, expected) {
  checkTrusteeKey(group, key);
  require(group.same(key.publicKey, expected), Check.VERIFICATION_KEY, "not the value of the public polynomials");
  require((key.signature !== undefined) === (context !== undefined), Check.THRESHOLD, "a verification key of another form");
  if (key.signature) checkSignature(group, verification, group.text(key.publicKey), key.signature);
}

/** @param {Group} group @param {unknown} value @returns {Threshold} */
export function readThreshold(group, value) {
  const fields = asObject(value, ["threshold", "certs", "coefexps", "verification_keys"], ["signatures"]);
  return {
    threshold: asSmall(fields.threshold),
    certs: asList(fields.certs).map((cert) => readSigned(group, cert)),
    coefexps: asList(fields.coefexps).map((message) => readSigned(group, message)),
    signatures: Object.hasOwn(fields, "signatures") ? asList(fields.signatures).map((proof) => readProof(group, proof)) : undefined,
    verificationKeys: asList(fields.verification_keys).map((key) => readTrusteeKey(group, key)),
  };
}

/** JSON leaves out what is undefined. @param {Group} group @param {Threshold} item */
export const thresholdJson = (group, item) => ({
  threshold: item.threshold,
  certs: item.certs.map(signedJson),
  coefexps: item.coefexps.map(signedJson),
  signatures: item.signatures?.map(proofJson),
  verification_keys: item.verificationKeys.map((key) => trusteeKeyJson(group, key)),
});
