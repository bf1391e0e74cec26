/** What the pages that stand alone share: finding parts of the page, saying texts of its language, showing one step at a time. */

/** @param {string} id @returns {any} */
export const part = (id) => document.getElementById(id);

/** @type {Map<string, string>} */
const texts = new Map();
for (const said of part("texts").content.querySelectorAll("[data-key]")) texts.set(said.dataset.key, said.textContent);

const numbers = new Intl.NumberFormat(document.documentElement.lang);

/** @param {number | bigint | string} value a count; counts in an archive may be larger than JavaScript's plain numbers */
export const number = (value) => numbers.format(typeof value === "string" ? BigInt(value) : value);

/**
 * A text of the page, with its {words} filled in. `one` is said instead of `many` where the page has "key.one" and `count` is 1.
 * @param {string} key
 * @param {Record<string, string | number | bigint>} [words]
 */
export function say(key, words = {}) {
  const single = words.count !== undefined && Number(words.count) <= 1 && texts.get(`${key}.one`);
  const text = single || texts.get(key);
  if (text === undefined) throw new Error(`no text ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, word) => (typeof words[word] === "string" ? words[word] : number(words[word])));
}

/**
 * A copy of the first thing of its kind in a template of the page.
 * @param {string} id
 * @param {string} [selector]
 * @returns {any}
 */
export const copyOf = (id, selector = "*") => part(id).content.querySelector(selector).cloneNode(true);

/** @param {string} name @param {Record<string, string>} [attributes] @param {(Node | string)[]} children */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}
