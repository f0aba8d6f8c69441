import { randomUUID } from 'node:crypto';
import type { Consent } from '@medplum/fhirtypes';
import { buildConsent, type Given } from '../../src/consent/record.ts';
import { Refused } from '../../src/kernel/problem.ts';
import { buildPatient } from '../../src/people/record.ts';
import { loadPrograms } from '../../src/programs/load.ts';
import { makeWorld } from '../support/world.ts';

export const start = '2026-11-20T10:00:00+09:00';

/** A clinic with one patient, on a day in November. */
export async function makeScene() {
  const world = await makeWorld({ now: () => new Date(start), newId: randomUUID });
  const [program] = await loadPrograms('forms');
  if (!program) throw new Error('forms/ is empty');
  const patient = randomUUID();
  await world.open(world.bodies.actors.doctor, (records) =>
    records.save(
      buildPatient(
        {
          family: '試験',
          given: '花子',
          familyKana: 'シケン',
          givenKana: 'ハナコ',
          birthDate: '1941-03-04',
          sex: 'female',
          postalCode: '',
          prefecture: '架空県',
          municipalityCode: '990001',
          municipality: '試験市',
          line: '',
        },
        { id: patient, clinic: world.bodies.clinic.id },
      ),
    ),
  );
  const consent = (given: Partial<Given> = {}): Consent & { id: string } => ({
    ...buildConsent({
      patient,
      clinic: world.bodies.clinic.id,
      recipients: ['office'],
      recipientIds: [],
      items: ['contact', 'answers'],
      from: '2026-11-20',
      until: '2099-11-19',
      at: start,
      explainedBy: world.bodies.actors.doctor.post,
      explainedHow: 'spoken',
      proxy: undefined,
      evidence: { kind: 'paper', title: '同意書（紙）' },
      status: 'active',
      ...given,
    }),
    id: randomUUID(),
  });
  return { ...world, program, patient, consent };
}
export type Scene = Awaited<ReturnType<typeof makeScene>>;

/** What was refused, as the paths of its issues, or the kind of problem that has none. */
export async function refusalOf(work: Promise<unknown>): Promise<readonly string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.problem.kind === 'invalid'
      ? error.problem.issues.map((one) => one.path)
      : [error.problem.kind];
  }
}
