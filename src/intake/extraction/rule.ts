import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import { buildProvenance } from '../../fhir/provenance.ts';
import type { Change, Later, Records } from '../../fhir/records.ts';
import { idOf, reference } from '../../fhir/references.ts';
import type { FhirRecord, Stored } from '../../fhir/types.ts';
import type { Actor } from '../../kernel/actor.ts';
import { Refused } from '../../kernel/problem.ts';
import { reportFailing, type Failing } from '../failing.ts';
import { plainId } from '../row-names.ts';
import type { Unmade } from './definitions.ts';
import type { ExtractedRecord } from './kinds.ts';
import { typesOf } from './made.ts';
import { movedBy } from './move.ts';
import { originsOf } from './origin.ts';
import { waitForTurn } from './queries.ts';

type Finished = 'completed' | 'amended' | 'entered-in-error';
const isFinished = (status: string | undefined): status is Finished =>
  status === 'completed' || status === 'amended' || status === 'entered-in-error';

/** Whether answers are given just now, by the status that they had before. */
export const areNew = (before: string | undefined): boolean => !isFinished(before);

/**
 * What follows from answers in the same transaction, whichever way they come: the records that their form makes of them,
 * new, changed or ended. An answer that cannot become a record stays an answer, and is reported: nobody's answers are
 * refused for it. Nothing is read for a form that makes none.
 */
export function afterAnswers(
  { before, after }: Change,
  records: Records,
  form: Questionnaire | undefined,
  failing: readonly Failing[],
): Later | undefined {
  const response = after as Stored<QuestionnaireResponse>;
  const patient = idOf(response.subject, 'Patient');
  if (form === undefined || patient === undefined || !isFinished(response.status)) return undefined;
  if (typesOf(form).length === 0)
    return failing.length === 0 ? undefined : () => reportFailing(records, form, failing);
  const { actor } = records;
  const { status } = (before ?? {}) as Partial<QuestionnaireResponse>;
  const isNew = areNew(status);
  const keep = async (there: Records): Promise<void> => {
    await waitForTurn(there, patient);
    const { writes, faults } = await movedBy(there, {
      form,
      response,
      patient,
      subject: reference('Patient', patient),
      at: response.authored ?? there.now.toISOString(),
      isNew,
      count: response.status !== 'entered-in-error',
    });
    const kept = await writeWhatFits(there, writes);
    if (kept.length > 0) await there.write([traceOf(there, actor, response, patient, kept)]);
    const unmade = [...faults, ...writes.filter((one) => !kept.some(({ id }) => id === one.id))];
    await reportFailing(there, form, [
      ...failing,
      ...unmade.map((one) => ({ item: itemOf(one), kind: 'extract' as const, fault: 'unfit' as const })),
    ]);
  };
  // A person who answers by a link may write answers, and not what follows from them.
  return () => (actor.role === 'patient' ? records.onBehalfOf(actor.organization, keep) : keep(records));
}

/** Of which item nothing could be made. */
const itemOf = (one: Unmade | ExtractedRecord): string =>
  'resourceType' in one ? plainId(originsOf(one)[0]?.item ?? '') : one.item;

/** All of it; where a rule of the store refuses one, the others without it. */
async function writeWhatFits(records: Records, writes: readonly FhirRecord[]): Promise<Stored[]> {
  try {
    return await records.write(writes);
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const kept: Stored[] = [];
  for (const one of writes)
    try {
      kept.push(...(await records.write([one])));
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  return kept;
}

/** What is refused before anything was written; a refusal of the database itself ends the transaction. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Refused && ['invalid', 'forbidden'].includes(error.problem.kind);

const traceOf = (
  records: Records,
  actor: Actor,
  response: Stored<QuestionnaireResponse>,
  patient: string,
  kept: readonly Stored[],
) =>
  buildProvenance({
    id: records.newId(),
    targets: kept.map(({ resourceType, id }) => reference(resourceType, id)),
    patient,
    organization: actor.organization,
    by: actor.post,
    themselves: actor.role === 'patient',
    answers: response.id,
    at: records.now.toISOString(),
    activity: kept.some(({ meta }) => meta.versionId !== '1') ? 'UPDATE' : 'CREATE',
  });
