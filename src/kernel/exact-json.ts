/**
 * A number that JavaScript cannot hold as it was written: `1.10` says more than 1.1 (FHIR R4, decimal: the precision is
 * part of the value). Reckons and compares as the number that it is, and is written again as it came.
 */
export class Exact {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  valueOf(): number {
    return Number(this.text);
  }
  toString(): string {
    return this.text;
  }
  /** No text of a record begins so: hidden control characters are refused. `writeJson` takes it off again. */
  toJSON(): string {
    return `${mark}${this.text}`;
  }
}

const mark = '\u0000#';
const written = String.raw`"\u0000#`;

/**
 * What stands in a text if a number in it is written otherwise than JavaScript would write it: noughts at the end or a
 * row of them at the beginning, an exponent, more digits than fit, minus nought. A sentence that looks like it costs a
 * slower reading and changes nothing. Every part is bounded, so that no text is searched for long.
 */
const unusual = /(?:\.\d{0,16}0|[eE][+-]?\d{1,16}|[\d.]{16}|-0|0\.0{6}\d{1,16})[\s,}\]]/;

/** As `JSON.parse`, but a number that would change by it is an `Exact`. Throws a SyntaxError. */
export function readJson(text: string): unknown {
  const plain: unknown = JSON.parse(text);
  // A text that begins like our mark would be taken for a number; no record holds one.
  if (!unusual.test(text) || text.includes(written)) return plain;
  try {
    return JSON.parse(withMarks(text), exactly);
  } catch (error) {
    // Nested so deeply that a reading step by step finds no end; nothing like that is taken anyway.
    if (error instanceof RangeError) return plain;
    throw error;
  }
}

const exactly = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && value.startsWith(mark) ? new Exact(value.slice(mark.length)) : value;

/** Valid JSON with every number that JavaScript would change as a marked text. */
function withMarks(json: string): string {
  let [marked, from] = ['', 0];
  for (;;) {
    const opens = json.indexOf('"', from);
    const between = opens === -1 ? json.slice(from) : json.slice(from, opens);
    marked += between.replaceAll(/-?\d[\d.eE+-]*/g, (number) =>
      String(Number(number)) === number ? number : `${written}${number}"`,
    );
    if (opens === -1) return marked;
    const closes = endOfText(json, opens);
    marked += json.slice(opens, closes + 1);
    from = closes + 1;
  }
}

/** A pattern that steps over escaped quotation marks would run out of stack on a scan of some megabytes. */
function endOfText(json: string, opens: number): number {
  let at = json.indexOf('"', opens + 1);
  while (isEscaped(json, at)) at = json.indexOf('"', at + 1);
  return at;
}

function isEscaped(json: string, at: number): boolean {
  let before = at;
  while (json[before - 1] === '\\') before -= 1;
  return (at - before) % 2 === 1;
}

/** As `JSON.stringify`, with every `Exact` as it was written. */
export function writeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return text.includes(written) ? text.replaceAll(/"\\u0000#([\d.eE+-]+)"/g, '$1') : text;
}
