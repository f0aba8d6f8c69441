import type { Program } from './program.ts';

/** The needs that no list may hide behind others, and that come first: what the programs call dangers. */
export const dangerNeeds = (programs: readonly Program[]): ReadonlySet<string> =>
  new Set(programs.flatMap((program) => program.dangers.flatMap((danger) => danger.needs)));
