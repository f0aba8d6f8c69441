import { Exact } from '../../kernel/exact-json.ts';
import { narrativeFault } from './narrative.ts';

/** What can be wrong with a simple value; `text.ts` has the sentence for each. */
export type Fault =
  | 'not-text'
  | 'not-number'
  | 'not-boolean'
  | 'blank'
  | 'control'
  | 'too-long'
  | 'format'
  | 'no-such-day'
  | 'not-whole'
  | 'out-of-range'
  | 'too-many-digits'
  | 'script';

/** The fault of a value that came for a simple type, or undefined. */
export type Check = (value: unknown) => Fault | undefined;

/** Longest text, in UTF-16 units; R4 allows 1 MB, no sentence a person writes comes near. Base64 data has no limit here. */
export const longestText = 65_536;

// Control characters besides tab and line ends, marks that turn the direction of writing (they make a text look like
// another one), and halves of surrogate pairs, which PostgreSQL refuses.
const Control = /(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

const Year = String.raw`(?!0000)\d{4}`;
const Day = String.raw`(?:0[1-9]|[12]\d|3[01])`;
const Month = String.raw`(?:0[1-9]|1[0-2])`;
const Clock = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?`;
const Zone = String.raw`(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))`;

const formats: Readonly<Record<string, RegExp>> = {
  canonical: /^\S+$/,
  code: /^\S+(?:\s\S+)*$/,
  date: new RegExp(`^${Year}(?:-${Month}(?:-${Day})?)?$`),
  dateTime: new RegExp(`^${Year}(?:-${Month}(?:-${Day}(?:T${Clock}${Zone})?)?)?$`),
  id: /^[A-Za-z0-9\-.]{1,64}$/,
  instant: new RegExp(`^${Year}-${Month}-${Day}T${Clock}${Zone}$`),
  // The kind of attached data; goes out again as a Content-Type header.
  mimetype: /^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w.+-]+)*$/,
  oid: /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/,
  time: new RegExp(`^${Clock}$`),
  uri: /^\S+$/,
  url: /^\S+$/,
  uuid: /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
};

const dated = new Set(['date', 'dateTime', 'instant']);
const addresses = new Set(['uri', 'url', 'canonical']);
const Script = /^(?:javascript|vbscript|data):/i;
const NotBlank = /\S/;

function text(type: string): Check {
  const format = formats[type];
  const isDated = dated.has(type);
  const isAddress = addresses.has(type);
  return (value) => {
    if (typeof value !== 'string') return 'not-text';
    if (value.length > longestText) return 'too-long';
    if (!NotBlank.test(value)) return 'blank';
    if (Control.test(value)) return 'control';
    if (format && !format.test(value)) return 'format';
    if (isDated && !isRealDay(value)) return 'no-such-day';
    if (isAddress && Script.test(value)) return 'script';
    return undefined;
  };
}

/** Whether the month has that day; partial dates pass. */
function isRealDay(date: string): boolean {
  const day = Number(date.slice(8, 10));
  if (day <= 28) return true;
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  if (month === 2) return day === 29 && (year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0));
  return day <= 30 || ![4, 6, 9, 11].includes(month);
}

function whole(low: number): Check {
  return (value) => {
    if (value instanceof Exact) return 'not-whole'; // `1.0` is no whole number of FHIR
    if (typeof value !== 'number') return 'not-number';
    if (!Number.isInteger(value)) return 'not-whole';
    return value < low || value > 2_147_483_647 ? 'out-of-range' : undefined;
  };
}

/** Digits of a decimal, before and after its point; R4 names no limit, and no measure of a person's life comes near. */
export const mostDigits = 40;

/** JSON has no infinity, but 1e999 reads as one. */
const decimal: Check = (value) => {
  if (typeof value !== 'number' && !(value instanceof Exact)) return 'not-number';
  if (String(value).length > mostDigits) return 'too-many-digits';
  return Number.isFinite(Number(value)) ? undefined : 'out-of-range';
};

const base64: Check = (value) => {
  if (typeof value !== 'string') return 'not-text';
  if (value === '') return 'blank';
  // Two simple tests instead of groups of four: a pattern with groups runs out of stack on a scan of some megabytes.
  return value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value) ? undefined : 'format';
};

const plainText = text('string');

/** By the name of the simple type. */
export const primitives: Readonly<Record<string, Check>> = {
  ...Object.fromEntries(
    [...Object.keys(formats), 'string', 'markdown'].map((type): [string, Check] => [type, text(type)]),
  ),
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'not-boolean'),
  decimal,
  integer: whole(-2_147_483_648),
  unsignedInt: whole(0),
  positiveInt: whole(1),
  base64Binary: base64,
  xhtml: (value) => plainText(value) ?? narrativeFault(value as string),
};
