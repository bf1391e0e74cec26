/** Does a ballot hold? Its form, its fingerprint, its signature, and every proof it carries (§6).

   Ballots are best checked several at a time: membership in the group is then tested for all of them together.

   @typedef {import("./ballots.js").Ballot} Ballot
   @typedef {import("./election.js").Election} Election
*/
import { ballotContext, readBallot, signedHash, tracker } from "./ballots.js";
import { claims } from "./disjunctions.js";
import { challengesAddUp, knowledgeHolds } from "./proofs.js";
import { Check, Refused, located, require } from "./refusal.js";

/** @param {Election} election @param {Uint8Array} data @returns {Ballot} */
export const checkBallot = (election, data) => checkBallots(election, [data])[0];

/** Check a batch; a refusal names the tracker of the first ballot that does not hold. @param {Election} election @param {Uint8Array[]} batch */
export function checkBallots(election, batch) {
  try {
    const ballots = batch.map((data) => readBallot(election, data));
    checkMembers(election, ballots);
    ballots.forEach((ballot) => checkProofs(election, ballot));
    return ballots;
  } catch (error) {
    if (error instanceof Refused) blame(election, batch);
    throw error;
  }
}

/** Check one by one, to say which ballot is at fault. @param {Election} election @param {Uint8Array[]} batch */
function blame(election, batch) {
  for (const data of batch) {
    located(`ballot ${tracker(data)}`, () => {
      const ballot = readBallot(election, data);
      checkMembers(election, [ballot]);
      checkProofs(election, ballot);
    });
  }
}

/** @param {Election} election @param {Ballot[]} ballots */
function checkMembers({ group }, ballots) {
  const elements = ballots.flatMap(({ credential, answers }) => [
    credential,
    ...answers.flatMap(({ choices }) => choices.flatMap(({ alpha, beta }) => [alpha, beta])),
  ]);
  require(group.areMembers(elements), Check.MEMBERSHIP, "an element is outside the group of prime order");
}

/** @param {Election} election @param {Ballot} ballot */
function checkProofs(election, ballot) {
  checkSignature(election, ballot);
  const { group, publicKey } = election;
  const context = ballotContext(election, ballot.credential);
  ballot.answers.forEach((answer, number) => {
    const found = claims(election, context, election.questions[number], answer);
    const branches = found.flatMap(([{ statements }, proofs]) => statements.map((one, place) => ({ ...one, ...proofs[place] })));
    const commitments = group.commitments(publicKey, branches);
    for (const [claim, proofs] of found) {
      const own = commitments.splice(0, 2 * proofs.length);
      if (!challengesAddUp(group, claim.prefix, own, proofs)) {
        throw new Refused(claim.check, "the challenges do not add up to the hash", `answer ${number + 1}`);
      }
    }
  });
}

/** @param {Election} election @param {Ballot} ballot */
function checkSignature(election, ballot) {
  const { signature, credential } = ballot;
  if (signature?.hash !== signedHash(election, ballot)) {
    throw new Refused(Check.BALLOT_HASH, "the signed hash is not that of the ballot");
  }
  const holds = knowledgeHolds(election.group, `sig|${signature.hash}|`, credential, signature.proof);
  require(holds, Check.BALLOT_SIGNATURE, "the signature does not hold under the credential");
}
