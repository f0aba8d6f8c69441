import { accountSketch } from './account.ts';
import { consentSketch } from './consent-form.ts';
import { faxSketches, type FaxHead } from './fax-cover.ts';
import { faxRequestSketch } from './fax-request.ts';
import { handOverSketch } from './hand-over-sheet.ts';
import { planSketch } from './plan-sheet.ts';
import { questionnaireSketch } from './questionnaire-sheet.ts';
import { referralSketch } from './referral-sheet.ts';
import { reportSketch } from './report-back.ts';
import type { Sketch } from './sheet.ts';

/** The sheets that can be printed for many at once, by what they are drawn from. */
const sketches = {
  questionnaire: questionnaireSketch,
  consent: consentSketch,
  referral: referralSketch,
  plan: planSketch,
  report: reportSketch,
  account: accountSketch,
  request: faxRequestSketch,
  'hand-over': handOverSketch,
} as const;
type Kind = keyof typeof sketches;

/** What one sheet is drawn from; as JSON it can be kept and read again. */
export type SheetData = Alone | Readonly<{ kind: 'fax'; head: FaxHead; body: Alone }>;
type Alone = { [K in Kind]: Readonly<{ kind: K; data: Parameters<(typeof sketches)[K]>[0] }> }[Kind];

/** What is drawn of it, one after the other: a fax has its cover before it. */
export const sketchesOf = async (sheet: SheetData): Promise<readonly Sketch[]> =>
  sheet.kind === 'fax' ? faxSketches(sheet.head, await sketchOf(sheet.body)) : [await sketchOf(sheet)];

const sketchOf = ({ kind, data }: Alone): Sketch | Promise<Sketch> =>
  // The kind says which data they are.
  (sketches[kind] as (given: Alone['data']) => Sketch | Promise<Sketch>)(data);

/** Bytes stand in it as base64: as a list of numbers a picture would be three times as long. */
export const writeSheets = (sheets: readonly SheetData[]): string =>
  JSON.stringify(sheets, (_, value: unknown) =>
    isBuffer(value) ? { type: 'Buffer', data: Buffer.from(value.data).toString('base64') } : value,
  );

/** Sheets as they were written; pictures are bytes again. */
export const readSheets = (written: string): SheetData[] =>
  JSON.parse(written, (_, value: unknown) =>
    isWritten(value) ? Buffer.from(value.data, 'base64') : value,
  ) as SheetData[];

const isTyped = (value: unknown): value is { type: 'Buffer'; data: unknown } =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  value.type === 'Buffer' &&
  'data' in value;
/** As a buffer shows itself to JSON. */
const isBuffer = (value: unknown): value is { data: number[] } => isTyped(value) && Array.isArray(value.data);
const isWritten = (value: unknown): value is { data: string } =>
  isTyped(value) && typeof value.data === 'string';
