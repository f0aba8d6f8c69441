import type { Program } from './program.ts';

/** The needs that the programs call dangers: they come first, and no list hides them behind others. */
export const dangerNeeds = (programs: readonly Program[]): ReadonlySet<string> =>
  new Set(programs.flatMap((program) => program.dangers.flatMap((danger) => danger.needs)));

/** The same needs, dangers first, else in the order in which they were. */
export const dangersFirst = <N extends Readonly<{ code: string }>>(
  needs: readonly N[],
  dangers: ReadonlySet<string>,
): N[] => [
  ...needs.filter((need) => dangers.has(need.code)),
  ...needs.filter((need) => !dangers.has(need.code)),
];
