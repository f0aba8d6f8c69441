import type {
  Communication,
  Coverage,
  Goal,
  Organization,
  Patient,
  Questionnaire,
  QuestionnaireResponse,
  RelatedPerson,
  Task,
} from '@medplum/fhirtypes';
import { sql } from '../database/sql.ts';
import { patientOf } from '../fhir/patient.ts';
import type { Records } from '../fhir/records.ts';
import type { RecordOf, RecordType, Stored } from '../fhir/types.ts';
import { findConcerns, type Concern } from '../intake/concerns.ts';
import { formAnswered } from '../intake/kept-forms.ts';
import { readSeal, type ShownSeal } from '../people/danger/seal.ts';
import {
  readCoverage,
  readHelper,
  readOrganization,
  readPatient,
  type Insurance,
  type ReadPatient,
} from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { readTask, type Referral } from '../referral/record.ts';
import { isMistake, readGoal, type ReadGoal } from '../support/record.ts';

/** Everything of a person that the actor sees now, to be read and no more. What is not opened is not in it. */
export type Opened = Readonly<{
  person: ReadPatient | undefined;
  seal: ShownSeal | undefined;
  insurance: Insurance | undefined;
  helpers: readonly ReturnType<typeof readHelper>[];
  concerns: readonly Concern[];
  answers: Readonly<{ response: Stored<QuestionnaireResponse>; form: Questionnaire | undefined }> | undefined;
  notes: readonly string[];
  goals: readonly ReadGoal[];
  referrals: readonly Readonly<{ referral: Referral; office: string }>[];
}>;

/** Reads what the row rules let through, in a handful of statements however much there is. */
export async function readOpened(
  records: Records,
  programs: readonly Program[],
  patient: string,
): Promise<Opened> {
  const rows = await records.rows<{ content: Stored }>(
    'opened person',
    sql`
    select content from patient where id = ${patient}::uuid
    union all select content from related_person where patient_id = ${patient}::uuid
    union all select content from coverage where patient_id = ${patient}::uuid and status = 'active'
    union all (select content from questionnaire_response where patient_id = ${patient}::uuid and item = 'answers'
      and status in ('completed', 'amended') order by authored desc nulls last limit 1)
    union all select content from communication where patient_id = ${patient}::uuid and 'medical-note' = any (category)
    union all select content from goal where patient_id = ${patient}::uuid
    union all select content from task where patient_id = ${patient}::uuid and part_of_id is null
    union all select o.content from organization o where o.id in
      (select owner_id from task where patient_id = ${patient}::uuid and part_of_id is null)`,
    ({ content }) => patientOf(content),
  );
  const all = <T extends RecordType>(type: T): Stored<RecordOf<T>>[] =>
    rows.flatMap(({ content }) => (content.resourceType === type ? [content as Stored<RecordOf<T>>] : []));
  const found: Stored<Patient> | undefined = all('Patient')[0];
  const coverage: Stored<Coverage> | undefined = all('Coverage')[0];
  const response: Stored<QuestionnaireResponse> | undefined = all('QuestionnaireResponse')[0];
  const offices = new Map(
    all('Organization').map((o: Stored<Organization>) => [o.id, readOrganization(o).name]),
  );
  const tasks: Stored<Task>[] = all('Task');
  const helpers: Stored<RelatedPerson>[] = all('RelatedPerson');
  const goals: Stored<Goal>[] = all('Goal');
  const notes: Stored<Communication>[] = all('Communication');
  return {
    person: found && readPatient(found),
    seal: await readSeal(records, found),
    insurance: coverage && readCoverage(coverage),
    helpers: helpers.map(readHelper),
    concerns: await findConcerns(records, patient, programs),
    answers: response && {
      response,
      form: await formAnswered(records, programs, response.questionnaire),
    },
    notes: notes.flatMap((note) => note.payload?.[0]?.contentString ?? []),
    goals: goals.filter((goal) => !isMistake(goal)).map(readGoal),
    referrals: tasks.map((task) => {
      const referral = readTask(task);
      return { referral, office: offices.get(referral.to) ?? '' };
    }),
  };
}
