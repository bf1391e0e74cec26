/**
 * One ballot to fill in: projects to choose, or to grade. Built from the page's templates; knows nothing of sealing.
 *
 * @typedef {{id: string, title: Record<string, string>, summary: Record<string, string>, cost: number | null, category: string,
 *   district: string}} Candidate
 * @typedef {object} Election what is needed of `GET /elections/{election}`
 * @property {string} id
 * @property {string} slug
 * @property {Record<string, string>} title
 * @property {{kind: string, max_choices?: number}} method
 * @property {{code: string, label: Record<string, string>}[]} grades best first
 * @property {Candidate[]} candidates
 * @property {string} closes_at
 * @typedef {import("./voting.js").Vote} Vote
 */
import { choicesOf } from "./choices.js";
import { copyOf, element, inLanguage, money, number, part, say } from "./page.js";

const MANY_TO_CHOOSE = 12;
const MANY_TO_GRADE = 8;
const TONES = 4;

/** @template T @param {T[]} items @returns {T[]} in an order drawn anew */
function drawn(items) {
  const draws = crypto.getRandomValues(new Uint32Array(items.length));
  return items.map((item, place) => ({ item, draw: draws[place] })).sort((a, b) => a.draw - b.draw).map(({ item }) => item);
}

/** @param {string} text without accents and capitals, to find words as people type them */
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export class Filling {
  /** @type {Map<string, string>} the grade of each project, or "" for one that is chosen */
  chosen = new Map();
  here = 0;

  /** @param {Vote} vote @param {Election} election @param {string} place for whom it is */
  constructor(vote, election, place) {
    this.vote = vote;
    this.election = election;
    this.place = place;
    this.approval = election.method.kind === "approval";
    this.candidates = drawn(election.candidates);
    this.section = copyOf("ballot", "section");
    this.section.id = `ballot-${election.slug}`;
    this.oneByOne = !this.approval && this.candidates.length > MANY_TO_GRADE;
    this.items = this.candidates.map((candidate, position) => this.#item(candidate, position));
    this.#head();
    this.#finder();
    this.#part("projects").append(...this.items);
    this.section.classList.toggle("one", this.oneByOne);
    this.go(0);
  }

  /** @param {string} name @returns {any} */
  #part = (name) => this.section.querySelector(`[data-part="${name}"]`);

  get title() {
    return inLanguage(this.election.title);
  }

  get most() {
    return this.vote.questions[0].maximum;
  }

  /** Where the rules ignore projects without a grade, "" is an answer. */
  get #ignored() {
    return this.vote.questions.every(({ answers }) => answers.includes(""));
  }

  #head() {
    const worst = inLanguage(this.election.grades.at(-1)?.label ?? {});
    const left = this.#ignored ? say("judge-ignored") : say("judge-worst", { grade: worst });
    this.#part("kicker").textContent = this.place;
    this.#part("title").textContent = this.title;
    this.#part("how").textContent = this.approval ? say("approve-how", { max: this.most, count: this.most }) : `${say("judge-how")} ${left}`;
  }

  #finder() {
    const [finder, only, find] = ["finder", "only", "find"].map(this.#part);
    find.id = `${this.section.id}-find`;
    this.#part("find-label").htmlFor = find.id;
    finder.hidden = only.hidden = !this.approval || this.candidates.length < MANY_TO_CHOOSE;
    find.addEventListener("input", () => this.#filter());
    only.addEventListener("change", () => this.#filter());
    this.section.querySelector("form").addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
  }

  #filter() {
    const words = folded(this.#part("find").value).split(/\s+/);
    const only = this.#part("only").querySelector("input").checked;
    const shown = this.candidates.filter(({ id, title, summary, district, category }, position) => {
      const text = folded([inLanguage(title), inLanguage(summary), district, category].join(" "));
      const fits = words.every((word) => text.includes(word)) && (!only || this.chosen.has(id));
      this.items[position].hidden = !fits;
      return fits;
    });
    this.#part("found").textContent = say("found", { count: shown.length, all: this.candidates.length });
  }

  /** @param {Candidate} candidate @param {number} position */
  #item(candidate, position) {
    const item = copyOf("project", "li");
    const title = inLanguage(candidate.title);
    const facts = [candidate.cost === null ? "" : money(candidate.cost), candidate.category, candidate.district];
    item.querySelector(".meta").append(...facts.filter(Boolean).map((fact) => element("span", {}, fact)));
    const summary = inLanguage(candidate.summary);
    const details = item.querySelector("details");
    details.hidden = !summary;
    details.querySelector("summary span").textContent = ` : ${title}`;
    details.querySelector("p").textContent = summary;
    if (this.approval) item.prepend(this.#approve(candidate, title));
    else this.#judge(item, candidate, title, position);
    return item;
  }

  /** @param {Candidate} candidate @param {string} title */
  #approve({ id }, title) {
    const label = copyOf("approve", "label");
    const box = label.querySelector("input");
    label.querySelector(".h").textContent = title;
    box.addEventListener("change", () => {
      if (box.checked) this.chosen.set(id, "");
      else this.chosen.delete(id);
      this.changed();
    });
    return label;
  }

  /** @param {HTMLElement} item @param {Candidate} candidate @param {string} title @param {number} position */
  #judge(item, { id }, title, position) {
    const fieldset = copyOf("judge", "fieldset");
    fieldset.querySelector("legend").textContent = title;
    const name = `${this.section.id}-${position}`;
    const { grades } = this.election;
    fieldset.querySelector(".grades").append(
      ...grades.map(({ code, label }, place) => {
        const tone = Math.round((place * (TONES - 1)) / Math.max(1, grades.length - 1));
        const radio = this.#radio(name, id, code);
        const drawing = part("grade-icons").content.querySelectorAll("svg")[tone].cloneNode(true);
        return element("label", { class: `g${tone + 1}` }, radio, element("span", {}, drawing, inLanguage(label)));
      }),
    );
    const none = copyOf("none", "label");
    none.querySelector("input").replaceWith(this.#radio(name, id, ""));
    fieldset.append(...item.childNodes, none);
    item.append(fieldset);
  }

  /** @param {string} name @param {string} id @param {string} code */
  #radio(name, id, code) {
    const radio = /** @type {HTMLInputElement} */ (element("input", { type: "radio", name, value: code }));
    radio.checked = code === "";
    radio.addEventListener("change", () => {
      if (code) this.chosen.set(id, code);
      else this.chosen.delete(id);
      this.changed();
    });
    return radio;
  }

  /** Told by the page: something was chosen. */
  changed = () => {};

  /** Show the project at a place, where they are shown one by one; false when there is none. @param {number} place */
  go(place) {
    if (!this.oneByOne || place < 0 || place >= this.items.length) return false;
    this.here = place;
    this.section.classList.toggle("going", place > 0);
    this.items.forEach((item, position) => item.classList.toggle("here", position === place));
    return true;
  }

  /** Bring the keyboard to the project that is shown. */
  focus() {
    this.items[this.here].querySelector("input:checked")?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  /** Where one is, in a line. */
  get standing() {
    const count = this.chosen.size;
    if (!this.approval) return say("graded-count", { place: this.here + 1, all: this.items.length, count });
    const extra = count - this.most;
    return extra > 0 ? say("too-many", { count, extra, max: this.most }) : say("chosen-count", { count, max: this.most });
  }

  get allowed() {
    return !this.approval || this.chosen.size <= this.most;
  }

  /** The choices as they are sealed. */
  get bits() {
    return choicesOf(this.vote, this.chosen);
  }

  /** What was chosen, to read again. @returns {Node[]} */
  get summary() {
    if (!this.approval) return this.#grades();
    const titles = this.candidates.filter(({ id }) => this.chosen.has(id)).map(({ title }) => inLanguage(title));
    return titles.length ? [list(titles)] : [element("p", {}, say("blank"))];
  }

  #grades() {
    const groups = [...this.election.grades.map(({ code, label }) => ({ code, name: inLanguage(label) })), { code: undefined, name: say("ungraded") }];
    return groups.flatMap(({ code, name }) => {
      const titles = this.candidates.filter(({ id }) => this.chosen.get(id) === code).map(({ title }) => inLanguage(title));
      return titles.length ? [element("h3", {}, `${name} (${number(titles.length)})`), list(titles)] : [];
    });
  }
}

/** @param {string[]} titles */
const list = (titles) => element("ul", {}, ...titles.map((title) => element("li", {}, title)));
