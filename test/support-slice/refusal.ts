import { Refused } from '../../src/kernel/problem.ts';

/** What was refused: the sentences of an invalid form, else the kind of problem; nothing when it was done. */
export async function refusalOf(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.problem.kind === 'invalid'
      ? error.problem.issues.map((i) => i.says.ja)
      : [error.problem.kind];
  }
}
