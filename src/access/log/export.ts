import type { Sentence } from '../../kernel/sentence.ts';
import { csv } from '../../web/csv.ts';
import type { View } from '../../web/view.ts';
import type { ReviewLine } from './queries.ts';
import { usualDay } from './review.ts';
import { text } from './text.ts';

type Column = readonly [
  label: Sentence,
  value: (line: ReviewLine, all: readonly ReviewLine[]) => string | number | null,
];
const columns: readonly Column[] = [
  [text.name, (one) => one.name],
  [text.organization, (one) => one.organization],
  [text.role, (one) => one.role],
  [text.looks, (one) => one.looks],
  [text.wholeMonth, (one) => one.persons],
  [text.mostOnDay, (one) => one.most],
  [text.usualDay, usualDay],
  [text.unusual, (one) => one.unusual],
  [text.prints, (one) => one.prints],
  [text.exports, (one) => one.exports],
  [text.refusals, (one) => one.refused],
  [text.failed, (one) => one.sign_in_refused],
  [text.emergencies, (one) => one.emergencies],
];

/** The month's figures of every account, for a spreadsheet. */
export const useAsCsv = (view: View, lines: readonly ReviewLine[]): Buffer =>
  csv(
    columns.map(([label]) => view.t(label)),
    lines.map((line) => columns.map(([, value]) => value(line, lines))),
  );
