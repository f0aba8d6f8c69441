import { textEnds } from './layout.ts';
import { a4, mm } from './pen.ts';

/** Where text may stand. The left margin leaves room for two punched holes. */
export const frame = {
  left: mm(18),
  right: a4.width - mm(16),
  top: mm(11),
  bottom: mm(textEnds),
  width: a4.width - mm(34),
} as const;
