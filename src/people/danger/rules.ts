import { isDeepStrictEqual } from 'node:util';
import type { Patient } from '@medplum/fhirtypes';
import { sql } from '../../database/sql.ts';
import type { Change, Records, Rule } from '../../fhir/records.ts';
import type { Stored } from '../../fhir/types.ts';
import { forbidden, invalid, issue, type Issue } from '../../kernel/problem.ts';
import { gapsIn, isLifted, isSealed, limitsIn, staysSealed } from '../record.ts';

/**
 * What the store refuses of persons in danger. A program that does not know our extensions and writes back a person
 * without them would lift the limits, or put the address back, without anybody having decided so.
 */
export const dangerRules: readonly Rule[] = [
  { types: ['Patient'], check: checkLimits },
  { types: ['Patient'], check: checkSealed },
];

function checkLimits({ before, after }: Change): void {
  const was = before ? limitsIn(before as Stored<Patient>) : [];
  const is = limitsIn(after as Stored<Patient>);
  const faults: Issue[] = is
    .filter((one) => gapsIn(one).length > 0)
    .map((one) =>
      issue(
        'Patient.extension',
        `連絡の制限（contact-limits）に、${gapsIn(one).join('・')} がありません。`,
        `contact-limits lacks ${gapsIn(one).join(', ')}.`,
      ),
    );
  const kept = was.every((one, i) => {
    const now = is[i];
    const said = one.extension ?? [];
    return (
      now !== undefined &&
      (isDeepStrictEqual(plain(now), plain(one)) ||
        (!isLifted(one) &&
          isLifted(now) &&
          isDeepStrictEqual(plain((now.extension ?? []).slice(0, said.length)), plain(said))))
    );
  });
  if (!kept)
    faults.push(
      issue(
        'Patient.extension',
        '連絡の制限（contact-limits）は消せません。解除するときは lifted を加えてください。',
        'contact-limits cannot be left out or changed. To lift it, add lifted to it.',
      ),
    );
  if (is.filter((one) => !isLifted(one)).length > 1)
    faults.push(
      issue(
        'Patient.extension',
        '効いている連絡の制限は一つだけにしてください。',
        'Only one contact-limits can be in force.',
      ),
    );
  if (faults.length > 0) throw invalid(...faults);
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function checkSealed({ before, after }: Change, records: Records): Promise<void> {
  if (!before || !isSealed(before as Stored<Patient>) || staysSealed(after as Stored<Patient>)) return;
  const [row] = await records.rows<{ named: string[] | null }>(
    'sealed address',
    sql`select seal_named(${after.id}::uuid) as named`,
  );
  // Whoever unseals ends the seal first, in the same transaction.
  if (row?.named)
    throw forbidden({
      ja: '住所と連絡先は伏せられています。書き込むことはできません。',
      en: 'Address and contact details are sealed; they cannot be written here.',
    });
}
