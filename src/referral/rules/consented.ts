import type { Consent, Task } from '@medplum/fhirtypes';
import { opensTo, readConsent } from '../../consent/record.ts';
import type { Records } from '../../fhir/records.ts';
import { idOf } from '../../fhir/references.ts';
import type { RecordOf, RecordType, Stored } from '../../fhir/types.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { invalid, issue } from '../../kernel/problem.ts';
import { readOrganization } from '../../people/record.ts';

/** A referral starts only on an active consent that names its receiver, or the receiver's kind, today. */
export async function requireConsent(
  task: Stored<Task>,
  given: readonly Stored<Consent>[],
  records: Records,
): Promise<void> {
  const owner = idOf(task.owner, 'Organization') ?? '';
  const [body] = await records.readMany('Organization', [owner]);
  const kind = body && readOrganization(body).kind;
  const opens = given.some(
    (c) =>
      c.patient?.reference === task.for?.reference &&
      opensTo(readConsent(c), { id: owner, kind }, dayInTokyo(records.now)),
  );
  if (!opens)
    throw invalid(
      issue(
        'ServiceRequest.supportingInfo',
        'この依頼先に情報を渡す有効な同意がありません。先に同意を記録してください。',
        'There is no active consent that lets this receiver see the person. Record the consent first.',
      ),
    );
}

export async function arrivingOrStored<T extends RecordType>(
  type: T,
  id: string,
  together: readonly Stored[],
  records: Records,
): Promise<Stored<RecordOf<T>>> {
  const arriving = together.find((r) => r.resourceType === type && r.id === id);
  if (arriving) return arriving as Stored<RecordOf<T>>;
  const [stored] = await records.readMany(type, [id]);
  if (!stored)
    throw invalid(
      issue(
        type,
        `参照先「${type}/${id}」が見つかりません。`,
        `The reference "${type}/${id}" leads to no record.`,
      ),
    );
  return stored;
}
