/** One record of the archive: a tar entry whose every byte follows from its name, content and timestamp (§11).

   @typedef {{name: string, data: Uint8Array, position: number, end: number}} Entry `position`: offset of its header; `end`: of the next
*/
import { utf8 } from "../encoding.js";

export const BLOCK = 512;
export const FIRST = "BELENIOS";

/** Round a size up to whole blocks. @param {number} size */
export const padded = (size) => Math.ceil(size / BLOCK) * BLOCK;

/** @param {number} value @param {number} digits */
const octal = (value, digits) => value.toString(8).padStart(digits, "0");

/** The 512 bytes before the content: fixed rights and owner, one date for all, a checksum. @param {string} name @param {number} size @param {number} timestamp */
export function header(name, size, timestamp) {
  const block = new Uint8Array(BLOCK);
  /** @type {[number, string][]} */
  const fields = [
    [0, name],
    [100, "0000644"],
    [108, "0000000"],
    [116, "0000000"],
    [124, octal(size, 11)],
    [136, octal(timestamp, 11)],
    [148, " ".repeat(8)],
    [156, "0"],
  ];
  for (const [offset, text] of fields) block.set(utf8(text).subarray(0, BLOCK - offset), offset);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.set(utf8(`${octal(sum, 6)}\0 `), 148);
  return block;
}
