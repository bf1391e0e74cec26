/** What the pages that stand alone share: finding parts of the page, saying texts of its language, showing one step at a time. */

/** @param {string} id @returns {any} */
export const part = (id) => document.getElementById(id);

/** @type {Map<string, string>} */
const texts = new Map();
for (const said of part("texts").content.querySelectorAll("[data-key]")) texts.set(said.dataset.key, said.textContent);

export const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language);
const currency = document.body.dataset.currency;
const amounts = new Intl.NumberFormat(language, { style: "currency", currency, maximumFractionDigits: 0 });

/** @param {number} amount in the territory's currency */
export const money = (amount) => amounts.format(amount);

/** A text in the page's language, or else in the first that it has. @param {Record<string, string>} found */
export const inLanguage = (found) => found[language] ?? Object.values(found)[0] ?? "";

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

/** Show one section of the page and move there: its heading takes the focus, so that a screen reader says where one is. @param {string} id */
export function show(id) {
  for (const section of document.querySelectorAll("[data-step]")) /** @type {HTMLElement} */ (section).hidden = section.id !== id;
  const heading = part(id).querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** Give a file to keep. @param {string} name @param {string} text @param {string} [type] */
export function save(name, text, type = "text/plain") {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  element("a", { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}
