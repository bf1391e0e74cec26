/* The 58 digits that nobody mistakes for one another, for identifiers, credentials and trustees' seeds (§1, §4). */
export const DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const UUID_LENGTH = 14;
const LARGEST_MULTIPLE = 256 - (256 % DIGITS.length);

/** @param {string} text */
export const isDigits = (text) => [...text].every((digit) => DIGITS.includes(digit));

/** @param {string} text */
export const isUuid = (text) => text.length >= UUID_LENGTH && isDigits(text);

/** Draw digits, uniform: bytes that would favour the first digits are thrown away. @param {number} length */
export function randomDigits(length) {
  let digits = "";
  while (digits.length < length) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < LARGEST_MULTIPLE) digits += DIGITS[byte % DIGITS.length];
  }
  return digits;
}
