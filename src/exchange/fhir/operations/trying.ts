import { sql } from '../../../database/sql.ts';
import { fhirIssue, outcomeOf, type FhirIssue } from '../../../fhir/outcome.ts';
import type { OpenRecords, Records } from '../../../fhir/records.ts';
import type { FhirRecord } from '../../../fhir/types.ts';
import { Refused } from '../../../kernel/problem.ts';
import type { Sentence } from '../../../kernel/sentence.ts';
import { withVersion } from '../asked.ts';
import { versionNow } from '../interactions/update.ts';
import type { Asked } from './operation.ts';
import { validateText as text } from './text.ts';

type Ask = Pick<Asked, 'bearer' | 'id' | 'type'>;

/** What the store and the rules of the slices would say to that record if it were written now; empty when nothing. */
export async function refusedWriting(
  open: OpenRecords,
  asked: Ask,
  record: FhirRecord,
  does: 'create' | 'update',
): Promise<FhirIssue[]> {
  const { bearer, type } = asked;
  const id = asked.id ?? record.id;
  const letter = does === 'create' ? 'c' : 'u';
  if (!bearer.may(type, letter)) return [fhirIssue('forbidden', type, text.scope(letter))];
  if (does === 'update' && id === undefined)
    return [fhirIssue('required', `${type}.id`, text.noId('update'))];
  const { id: _id, ...fresh } = record;
  return tried(open, asked, text.refused, async (records) => {
    const written =
      id === undefined || does === 'create'
        ? withVersion(fresh as FhirRecord)
        : withVersion({ ...record, id }, await versionNow(records, type, id));
    await records.write([written]);
  });
}

/** What would be said if the record of that id were deleted now: by the rules, or since others refer to it. */
export async function refusedRemoval(
  open: OpenRecords,
  asked: Ask,
  { id: own }: FhirRecord,
): Promise<FhirIssue[]> {
  const { bearer, type, id = own } = asked;
  if (!bearer.may(type, 'd')) return [fhirIssue('forbidden', type, text.scope('d'))];
  if (id === undefined) return [fhirIssue('required', `${type}.id`, text.noId('delete'))];
  return tried(open, asked, text.refusedRemoval, async (records) => {
    await records.remove([{ type, id }]);
    await records.settle();
  });
}

class Undone extends Error {}

/** Does the work in a transaction of which nothing is kept, constraints of the database included; what it was refused for. */
async function tried(
  open: OpenRecords,
  { bearer, type }: Ask,
  says: (words: Sentence) => Sentence,
  work: (records: Records) => Promise<void>,
): Promise<FhirIssue[]> {
  try {
    await open(bearer.actor, async (records) => {
      await work(records);
      await records.run(sql`set constraints all immediate`);
      throw new Undone();
    });
  } catch (error) {
    if (error instanceof Undone) return [];
    if (!(error instanceof Refused)) throw error;
    const en = outcomeOf(error.problem, 'en').issue;
    return outcomeOf(error.problem, 'ja').issue.map(({ code, expression, details }, i) => {
      const words = { ja: details?.text ?? '', en: en[i]?.details?.text ?? '' };
      return fhirIssue(code ?? 'business-rule', expression?.[0] ?? type, says(words));
    });
  }
  return [];
}
