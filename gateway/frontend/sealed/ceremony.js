/**
 * The trustees' ceremony (§5), as messages that each trustee computes on their own device, keeping nothing but a seed of 22 digits. The
 * same messages as `decider-trustee` writes: docs/sealed-api.md says when to send which.
 *
 * @typedef {import("./groups/index.js").Group} Group
 * @typedef {import("./signatures.js").SignedMessage} SignedMessage
 * @typedef {import("./threshold.js").Certificate} Certificate
 * @typedef {import("./threshold.js").Context} Context
 *
 * @typedef {object} Seat a trustee at its place, where all the certificates hold
 * @property {Group} group
 * @property {bigint} signing
 * @property {bigint} reading
 * @property {SignedMessage[]} certs
 * @property {Certificate[]} trustees
 * @property {Context} context
 * @property {string} ceremony binds private messages to these certificates
 */
import { isDigits, randomDigits } from "./base58.js";
import { asList, asObject, compact, digest, natural, parse, shortDigest, toNumber, utf8 } from "./encoding.js";
import { trusteeKey, trusteeKeyJson } from "./keys.js";
import { openText, sealText } from "./channel.js";
import { proofJson, randomExponent, readProof } from "./proofs.js";
import { Check, Refused, located, require } from "./refusal.js";
import { checkSignature, checkSigned, readSigned, signText, signed, signedJson } from "./signatures.js";
import { agreement, certificateJson, checkCertificates, coefficientsJson, evaluate, readCertificate, readCoefficients } from "./threshold.js";

const SEED_DIGITS = 22;

/** The only thing a trustee keeps. */
export const newSeed = () => randomDigits(SEED_DIGITS);

/** @param {string} text */
export const isSeed = (text) => text.length === SEED_DIGITS && isDigits(text);

/** @param {Group} group @param {string} purpose @param {string} seed */
const derived = (group, purpose, seed) => toNumber(digest(`${purpose}|${seed}`)) % group.order;

/** @param {Group} group @param {string} seed @param {Context | undefined} context @returns {Certificate} */
function ownCertificate(group, seed, context) {
  const [verification, encryption] = ["sk", "dk"].map((purpose) => group.power(group.generator, derived(group, purpose, seed)));
  return { context, verification, encryption };
}

/** Step 1: the trustee's two public keys, signed, for its place. @param {Group} group @param {string} seed @param {Context} context */
export function certificate(group, seed, context) {
  const text = compact(certificateJson(group, ownCertificate(group, seed, context)));
  return compact(signedJson(signed(group, derived(group, "sk", seed), text)));
}

/** Step 2: draw a polynomial; publish g^coefficients, and its value at j, sealed to trustee j. @param {Group} group @param {string} seed @param {string[]} certificates */
export function shares(group, seed, certificates) {
  const seat = takeSeat(group, seed, certificates);
  const { signing, certs, trustees, context } = seat;
  const polynomial = Array.from({ length: context.threshold }, () => randomExponent(group));
  const known = polynomial.map((coefficient) => group.power(group.generator, coefficient));
  return compact({
    coefexps: signedJson(signed(group, signing, compact(coefficientsJson(group, known)))),
    signature: proofJson(signText(group, signing, agreement(group, certs, known))),
    secrets: trustees.map(({ encryption }, place) =>
      sealText(group, signing, encryption, route(seat, context.index, place + 1), valueAt(group, polynomial, place + 1)),
    ),
  });
}

/** Step 3: check every share against the public coefficients; publish the verification key, and keep the secret one, sealed to oneself. @param {Group} group @param {string} seed @param {string[]} certificates @param {string[]} messages */
export function key(group, seed, certificates, messages) {
  const seat = takeSeat(group, seed, certificates);
  const { signing, context, trustees, certs } = seat;
  require(messages.length === certs.length, Check.THRESHOLD, "not one message of shares for each trustee");
  const received = messages.map((message, place) => located(`shares of trustee ${place + 1}`, () => receive(seat, place + 1, message)));
  const secret = received.reduce((sum, share) => sum + share, 0n) % group.order;
  const bare = trusteeKey(group, secret);
  const signature = signText(group, signing, group.text(bare.publicKey));
  const own = trustees[context.index - 1];
  return compact({
    public_key: trusteeKeyJson(group, { ...bare, signature }),
    private_key: sealText(group, signing, own.encryption, route(seat, context.index, 0), String(secret)),
  });
}

/** Take the secret decryption key out of one's own message of step 3. @param {Group} group @param {string} seed @param {string[]} certificates @param {string} message */
export function decryptionKey(group, seed, certificates, message) {
  const seat = takeSeat(group, seed, certificates);
  const { index } = seat.context;
  const sealed = asObject(parse(utf8(message)), ["public_key", "private_key"]).private_key;
  return natural(openText(group, seat.reading, seat.trustees[index - 1].verification, route(seat, index, 0), sealed), group.order);
}

/** Check all the certificates and find ours; Refused unless exactly one is. @param {Group} group @param {string} seed @param {string[]} certificates @returns {Seat} */
function takeSeat(group, seed, certificates) {
  const certs = certificates.map((data) => readSigned(group, parse(utf8(data))));
  require(certs.length, Check.THRESHOLD, "no certificate");
  const first = readCertificate(group, certs[0]).context;
  if (!first) throw new Refused(Check.THRESHOLD, "a certificate without context");
  const trustees = checkCertificates(group, first.threshold, certs);
  const own = ownCertificate(group, seed, undefined);
  const found = trustees.filter(
    ({ verification, encryption }) => group.same(verification, own.verification) && group.same(encryption, own.encryption),
  );
  const [context] = found.map((one) => one.context);
  if (found.length !== 1 || !context) throw new Refused(Check.THRESHOLD, "our certificate is not there, or there twice");
  return {
    group,
    signing: derived(group, "sk", seed),
    reading: derived(group, "dk", seed),
    certs,
    trustees,
    context,
    ceremony: shortDigest(compact(certs.map(signedJson))),
  };
}

/** @param {Seat} seat @param {number} sender @param {number} recipient 0: a trustee to itself */
const route = ({ ceremony }, sender, recipient) => `${ceremony}|${sender}|${recipient}`;

/** f(point) mod q, by Horner's rule. @param {Group} group @param {bigint[]} polynomial @param {number} point */
const valueAt = (group, polynomial, point) =>
  String(polynomial.reduceRight((value, coefficient) => (value * BigInt(point) + coefficient) % group.order, 0n));

/** Open the share f_i(j) of trustee i for us, j, and check g^(f_i(j)) = Π_k A_ik^(j^k). @param {Seat} seat @param {number} i @param {string} message */
function receive(seat, i, message) {
  const { group, certs, context, reading } = seat;
  const sender = seat.trustees[i - 1].verification;
  const fields = asObject(parse(utf8(message)), ["coefexps", "signature", "secrets"]);
  const coefexps = readSigned(group, fields.coefexps);
  checkSigned(group, sender, coefexps);
  const coefficients = readCoefficients(group, context.threshold, coefexps);
  checkSignature(group, sender, agreement(group, certs, coefficients), readProof(group, fields.signature));
  const sealed = asList(fields.secrets);
  require(sealed.length === certs.length, Check.THRESHOLD, "not one share for each trustee");
  const share = natural(openText(group, reading, sender, route(seat, i, context.index), sealed[context.index - 1]), group.order);
  const fits = group.same(group.power(group.generator, share), evaluate(group, coefficients, context.index));
  require(fits, Check.SHARE, "the share does not fit");
  return share;
}
