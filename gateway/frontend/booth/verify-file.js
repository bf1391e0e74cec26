#!/usr/bin/env node
/**
 * Verifies an archive with the code of the page /verifier, away from any browser:
 *
 *     node verify-file.js FILE.bel > report.json
 *
 * Ends with 0 when everything held, 1 when something did not. The report is that of sealed/verifier/verify.js.
 */
import { openAsBlob } from "node:fs";
import { verify } from "../sealed/verifier/verify.js";

const report = await verify(await openAsBlob(process.argv[2]));
console.log(JSON.stringify(report, (_, value) => (typeof value === "bigint" ? String(value) : value), 2));
process.exitCode = report.accepted ? 0 : 1;
