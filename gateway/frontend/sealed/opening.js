/** Opening a closed archive, as a trustee does: nothing is decrypted of what does not hold (§9). */
import { Kind } from "./archive/events.js";
import { readSteps } from "./archive/reader.js";
import { decrypt } from "./decryption.js";
import { readElection } from "./election.js";
import { Check, Refused, require } from "./refusal.js";
import { readTally } from "./tally.js";
import { decryptionKeys, readTrustees } from "./trustees.js";
import { verify } from "./verifier/verify.js";

/**
 * Verify the archive, ballots and tally included, and compute this trustee's part of opening the tally.
 * @param {import("./archive/reader.js").Source} archive
 * @param {(group: import("./groups/index.js").Group) => bigint} secretOf
 * @param {(done: number) => void} [progress]
 * @returns {Promise<{owner: number, message: string, ballots: number}>}
 */
export async function openArchive(archive, secretOf, progress) {
  const report = await verify(archive, { unfinished: true, progress });
  if (report.refusal) throw new Refused(report.refusal.check, report.refusal.reason, report.refusal.record);
  /** @type {Map<string, import("./archive/record.js").Entry[]>} */
  const found = new Map();
  for await (const { kind, records } of readSteps(archive)) if (kind !== Kind.BALLOT) found.set(kind, records);
  const [rules, trustees] = found.get(Kind.SETUP) ?? [];
  const tally = found.get(Kind.ENCRYPTED_TALLY)?.[0];
  if (!tally) throw new Refused(Check.UNFINISHED, "the ballots are not closed and tallied");
  const election = readElection(rules.data);
  const { group } = election;
  const secret = secretOf(group);
  const known = group.power(group.generator, secret);
  const owner = decryptionKeys(readTrustees(group, trustees.data)).findIndex((key) => group.same(key, known)) + 1;
  require(owner, Check.OWNER, "this key is not that of a trustee of this election");
  return { owner, message: decrypt(election, readTally(election, tally.data), secret), ballots: report.counted };
}
