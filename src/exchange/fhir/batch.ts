import type { BundleEntry } from '@medplum/fhirtypes';
import { isNode } from '../../fhir/definitions/rule.ts';
import { entryOf } from './entries.ts';
import { carryOut, refuseOutsideScope, type Whole } from './transaction.ts';
import type { Records } from '../../fhir/records.ts';

type Batch = Whole &
  Readonly<{
    /** One entry in a transaction of its own; `i` keeps a repeat of it apart from the others. */
    inOne: (work: (records: Records) => Promise<BundleEntry>, i: number) => Promise<BundleEntry>;
    /** What is answered to an entry that was refused; also notes that it was. */
    refused: (error: unknown, asked: { method: string; url: string }) => Promise<BundleEntry>;
  }>;

/** Carries out each entry by itself: one that is refused says so in its place, and the others are not touched by it. */
export async function batch(
  given: readonly unknown[],
  { inOne, refused, ...whole }: Batch,
): Promise<BundleEntry[]> {
  const answers: BundleEntry[] = [];
  for (const [i, one] of given.entries())
    try {
      const entry = entryOf(one, i, whole.base);
      refuseOutsideScope([entry], whole.may);
      answers.push(await inOne(async (records) => (await carryOut(records, [entry], whole))[0] ?? {}, i));
    } catch (error) {
      answers.push(await refused(error, requestIn(one)));
    }
  return answers;
}

function requestIn(entry: unknown): { method: string; url: string } {
  const request = isNode(entry) && isNode(entry['request']) ? entry['request'] : {};
  const { method, url } = request;
  return {
    method: typeof method === 'string' ? method.slice(0, 10) : '',
    url: typeof url === 'string' ? url.slice(0, 300) : '',
  };
}
