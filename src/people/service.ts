import type { Coverage, Patient } from '@medplum/fhirtypes';
import { systems } from '../fhir/codes.ts';
import { buildProvenance } from '../fhir/provenance.ts';
import type { Records } from '../fhir/records.ts';
import type { FhirRecord, Stored } from '../fhir/types.ts';
import { conflict, notFound } from '../kernel/problem.ts';
import type { Registration } from './form.ts';
import { personsLike, personWithCard } from './queries.ts';
import {
  amendPatient,
  buildCoverage,
  buildPatient,
  readCoverage,
  readOrganization,
  type Insurance,
} from './record.ts';

/** Somebody with this kana name and birth date is there already; nothing was written. */
export class PossiblyKnown extends Error {
  readonly ids: readonly string[];
  constructor(ids: readonly string[]) {
    super('possibly known');
    this.name = 'PossiblyKnown';
    this.ids = ids;
  }
}

/**
 * Registers a person with the actor's clinic and returns the id. Throws `PossiblyKnown`, which leaves nothing behind,
 * when one of the clinic's patients has the same kana name and birth date, unless somebody `confirmed` that they differ.
 */
export async function register(
  records: Records,
  { person, insurance }: Registration,
  confirmed: boolean,
): Promise<string> {
  if (!confirmed) {
    const kana = `${person.familyKana} ${person.givenKana}`;
    const known = await personsLike(records, { kana, birthDate: person.birthDate });
    if (known.length > 0) throw new PossiblyKnown(known.map((one) => one.patient_id));
  }
  const id = records.newId();
  await records.write([
    buildPatient(person, { id, clinic: records.actor.organization }),
    ...(insurance ? [await coverageOf(records, id, insurance)] : []),
    trace(records, id, 'CREATE'),
  ]);
  return id;
}

/** A person as the form for changing them needs it; `seen` names the versions it shows. */
export type Kept = Readonly<{
  patient: Stored<Patient>;
  coverage: Stored<Coverage> | undefined;
  seen: string;
}>;

export async function readKept(records: Records, id: string): Promise<Kept> {
  const [row] = await personWithCard(records, id);
  if (!row) throw notFound();
  const { patient } = row;
  const coverage = row.coverage ?? undefined;
  return { patient, coverage, seen: `${patient.meta.versionId}.${coverage?.meta.versionId ?? '0'}` };
}

/** Changes what is kept of a person. Refuses with `conflict` when it is no longer what was `seen`. */
export async function amend(
  records: Records,
  id: string,
  { person, insurance }: Registration,
  seen: string,
): Promise<void> {
  const now = await readKept(records, id);
  if (now.seen !== seen)
    throw conflict(
      'ほかの人が先にこの方の登録を変更しました。',
      'Somebody else changed these details first.',
    );
  await records.write([
    amendPatient(now.patient, person),
    ...(await changedCoverage(records, id, now.coverage, insurance)),
    trace(records, id, 'UPDATE'),
  ]);
}

/** A card of the same insurer is corrected; another insurer's card ends the old insurance and begins a new one. */
async function changedCoverage(
  records: Records,
  patient: string,
  before: Stored<Coverage> | undefined,
  insurance: Insurance | undefined,
): Promise<FhirRecord[]> {
  const was = before && readCoverage(before);
  const unchanged = (['insurerNumber', 'symbol', 'number', 'branch'] as const).every(
    (part) => (was?.[part] ?? '') === (insurance?.[part] ?? ''),
  );
  if (unchanged) return [];
  const ended = before && { ...before, status: 'cancelled' as const };
  if (!insurance) return ended ? [ended] : [];
  const after = await coverageOf(records, patient, insurance);
  if (!before || was?.insurerNumber !== insurance.insurerNumber) return [...(ended ? [ended] : []), after];
  return [{ ...before, ...after, id: before.id, meta: before.meta }];
}

async function coverageOf(records: Records, patient: string, insurance: Insurance): Promise<Coverage> {
  const [insurer] = await records.find(
    'Organization',
    [['identifier', `${systems.insurerNumber}|${insurance.insurerNumber}`]],
    1,
  );
  return buildCoverage(insurance, {
    patient,
    ...(insurer ? { insurerOrganization: insurer.id, insurerName: readOrganization(insurer).name } : {}),
  });
}

const trace = (records: Records, patient: string, activity: 'CREATE' | 'UPDATE') =>
  buildProvenance({
    id: records.newId(),
    targets: [],
    patient,
    organization: records.actor.organization,
    by: records.actor.post,
    at: records.now.toISOString(),
    activity,
  });
