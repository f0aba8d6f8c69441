import { accountSketch } from './account.ts';
import { consentSketch } from './consent-form.ts';
import { faxRequestSketch } from './fax-request.ts';
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
} as const;
type Kind = keyof typeof sketches;

/** What one sheet is drawn from; as JSON it can be kept and read again. */
export type SheetData = {
  [K in Kind]: Readonly<{ kind: K; data: Parameters<(typeof sketches)[K]>[0] }>;
}[Kind];

export const sketchOf = ({ kind, data }: SheetData): Sketch | Promise<Sketch> =>
  // The kind says which data they are.
  (sketches[kind] as (given: SheetData['data']) => Sketch | Promise<Sketch>)(data);

export const writeSheets = (sheets: readonly SheetData[]): string => JSON.stringify(sheets);

/** Sheets as they were written; pictures are bytes again. */
export const readSheets = (written: string): SheetData[] =>
  JSON.parse(written, (_, value: unknown) =>
    isBuffer(value) ? Buffer.from(value.data) : value,
  ) as SheetData[];

const isBuffer = (value: unknown): value is { type: 'Buffer'; data: number[] } =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  value.type === 'Buffer' &&
  'data' in value;
