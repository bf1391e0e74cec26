/** Reading an archive as a stream, strictly (§11): each record is rebuilt and compared byte for byte as it passes.

   @typedef {import("./events.js").Event} Event
   @typedef {import("./record.js").Entry} Entry
   @typedef {{size: number, slice: (start: number, end: number) => {arrayBuffer: () => Promise<ArrayBuffer>}}} Source a File, a Blob
   @typedef {{kind: string, height: number, records: Entry[], end: number}} Step an event with the data records before it
*/
import { asObject, asText, compact, hexDigest, natural, parse, sameBytes, utf8 } from "../encoding.js";
import { Check, Refused, located, require } from "../refusal.js";
import { COMPANIONS, FOLLOWING, Kind, readEvent, readOwned, readSetup, readSized } from "./events.js";
import { BLOCK, FIRST, header, padded } from "./record.js";

const MOST_COMPANIONS = Math.max(...Object.values(COMPANIONS));
const CHUNK = 4_000_000;
const LATEST = 8n ** 11n;

/** Reads a source in large pieces: asking a file for 512 bytes at a time takes minutes. */
class Window {
  /** @param {Source} source */
  constructor(source) {
    this.source = source;
    this.start = 0;
    this.bytes = new Uint8Array();
  }

  /** @param {number} start @param {number} length @returns {Promise<Uint8Array>} fewer bytes at the end of the source */
  async read(start, length) {
    if (start < this.start || start + length > this.start + this.bytes.length) {
      this.start = start;
      const piece = this.source.slice(start, Math.min(start + Math.max(length, CHUNK), this.source.size));
      this.bytes = new Uint8Array(await piece.arrayBuffer());
    }
    return this.bytes.slice(start - this.start, start - this.start + length);
  }
}

/** The records of an archive, the first included. @param {Source} source @returns {AsyncGenerator<Entry>} */
export async function* readRecords(source) {
  const window = new Window(source);
  let timestamp = -1;
  for (let position = 0; position < source.size; ) {
    const { record, timestamp: found } = await readRecord(window, position);
    if (timestamp < 0) timestamp = readFirst(record);
    require(found === timestamp, Check.HEADER, `${record.name} bears another timestamp`);
    yield record;
    position = record.end;
  }
}

/** The content of a record that `readRecords` gave before. @param {Source} source @param {number} position */
export async function readAt(source, position) {
  return (await readRecord(new Window(source), position)).record.data;
}

/** The events of an archive with what they bring, the order and the chain checked. @param {Source} source @returns {AsyncGenerator<Step>} */
export async function* readSteps(source) {
  const records = readRecords(source);
  require(!(await records.next()).done, Check.TAR, "the file is empty");
  /** @type {Entry[]} */
  let waiting = [];
  /** @type {Event | undefined} */
  let before;
  let parent;
  for await (const record of records) {
    if (checkName(record) === "data") {
      waiting.push(record);
      require(waiting.length <= MOST_COMPANIONS, Check.STRAY, `${record.name} belongs to no event`);
      continue;
    }
    const event = located(`event ${record.name.slice(0, 12)}…`, () => readEvent(record.data));
    checkChain(before, parent, event);
    checkCompanions(event, waiting);
    yield { kind: event.kind, height: event.height, records: waiting, end: record.end };
    before = event;
    parent = record.name.split(".")[0];
    waiting = [];
  }
  require(!waiting.length, Check.STRAY, `${waiting.length} records after the last event`);
}

/** Read a record and its timestamp, rebuild its bytes, compare. @param {Window} window @param {number} position */
async function readRecord(window, position) {
  const { size } = window.source;
  const block = await window.read(position, BLOCK);
  const where = `the record at byte ${position}`;
  require(block.length === BLOCK, Check.TAR, `${where} is cut`);
  const { name, length, timestamp } = readHeader(block, where);
  require(padded(length) <= size - position - BLOCK, Check.TAR, `${where} is cut`);
  const content = await window.read(position + BLOCK, padded(length));
  const data = content.slice(0, length);
  const rebuilt = sameBytes(header(name, length, timestamp), block) && content.subarray(length).every((byte) => byte === 0);
  require(rebuilt, Check.TAR, `${where} is not in the form of an archive`);
  return { record: { name, data, position, end: position + BLOCK + padded(length) }, timestamp };
}

/** @param {Uint8Array} block @param {string} where */
function readHeader(block, where) {
  const text = String.fromCharCode(...block);
  const [length, timestamp] = [text.slice(124, 135), text.slice(136, 147)];
  const name = text.slice(0, 100).replace(/\0+$/, "");
  // eslint-disable-next-line no-control-regex
  const readable = /^[0-7]{11}$/.test(length) && /^[0-7]{11}$/.test(timestamp) && /^[\0-\x7f]*$/.test(name);
  require(readable, Check.TAR, `${where} has no readable header`);
  return { name, length: parseInt(length, 8), timestamp: parseInt(timestamp, 8) };
}

/** @param {Entry} record */
function readFirst({ name, data }) {
  require(name === FIRST, Check.HEADER, "the first record is not BELENIOS");
  const fields = asObject(parse(data), ["version", "timestamp"]);
  const timestamp = natural(asText(fields.timestamp), LATEST);
  const canonical = utf8(compact({ version: 1, timestamp: String(timestamp) }));
  require(sameBytes(data, canonical), Check.HEADER, "not an archive of version 1");
  return Number(timestamp);
}

/** @param {Entry} record @returns {string} "data" or "event" */
function checkName({ name, data }) {
  const [, digest, suffix] = /^([^.]*)\.?(.*)$/s.exec(name) ?? [];
  const known = suffix === "data.json" || suffix === "event.json";
  require(known, Check.TAR, `a record is named ${name.slice(0, 80)}`);
  require(digest === hexDigest(data), Check.RECORD_HASH, `the content of ${name} has another hash`);
  return suffix.split(".")[0];
}

/** @param {Event | undefined} before @param {string | undefined} parent @param {Event} event */
function checkChain(before, parent, event) {
  require(event.parent === parent, Check.CHAIN, `event ${event.height} does not follow the one before`);
  const height = before ? before.height + 1 : 0;
  require(event.height === height, Check.CHAIN, `an event of height ${event.height} where ${height} is expected`);
  const allowed = FOLLOWING[before?.kind ?? ""].includes(event.kind);
  require(allowed, Check.ORDER, `${event.kind} cannot follow ${before?.kind ?? "the start"}`);
}

/** Require the data records that this event names, all of them, in their order, and no other. @param {Event} event @param {Entry[]} records */
function checkCompanions(event, records) {
  const where = `${event.kind} at height ${event.height}`;
  require(records.length === COMPANIONS[event.kind], Check.STRAY, `${where} brings ${records.length} records`);
  const digests = records.map(({ name }) => name.split(".")[0]);
  const expected = located(where, () => namedBy(event, records));
  const same = compact(digests) === compact(expected);
  require(same, Check.EVENT, `${where} does not name the records before it, in their order`);
}

/** @param {Event} event @param {Entry[]} records @returns {string[]} */
function namedBy({ kind, payload }, records) {
  const named = payload === undefined ? [] : [payload];
  if (kind === Kind.SETUP) return [...Object.values(readSetup(records[records.length - 1].data)), ...named];
  if (kind === Kind.ENCRYPTED_TALLY) return [readSized(records[records.length - 1].data).tally, ...named];
  if (kind === Kind.PARTIAL_DECRYPTION) return [readOwned(records[records.length - 1].data).payload, ...named];
  return named;
}

/** Nothing was withdrawn (§13.8): the number of records of the earlier copy, which are the first of the later one. @param {Source} earlier @param {Source} later */
export async function checkContinuity(earlier, later) {
  const newer = readRecords(later);
  let count = 0;
  for await (const old of earlierRecords(earlier)) {
    count += 1;
    const { value: now, done } = await newer.next();
    if (done) throw new Refused(Check.CONTINUITY, `record ${count}, ${old.name}, was withdrawn`);
    const same = old.name === now.name && sameBytes(old.data, now.data);
    require(same, Check.CONTINUITY, `record ${count} was ${old.name} and is now ${now.name}`);
  }
  return count;
}

/** The earlier copy's own faults must not be taken for those of the archive. @param {Source} source */
async function* earlierRecords(source) {
  try {
    require(source.size, Check.TAR, "the file is empty");
    yield* readRecords(source);
  } catch (error) {
    throw error instanceof Refused ? error.at("earlier copy") : error;
  }
}
