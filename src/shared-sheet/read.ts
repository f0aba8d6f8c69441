import type { PractitionerRole, QuestionnaireResponse } from '@medplum/fhirtypes';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { idOf } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { fromResponse, type Answers } from '../intake/answers.ts';
import { begin } from '../intake/begin.ts';
import { carryOver } from '../intake/carry.ts';
import { notFound } from '../kernel/problem.ts';
import type { Language } from '../kernel/sentence.ts';
import { readPatient, readPost, type ReadPatient } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { ownPrograms } from '../programs/record.ts';
import { inVersion } from '../programs/versions.ts';
import { isRemark, readRemark, type Remark } from './record.ts';

export type Sharing = Program & Readonly<{ sharedSheet: NonNullable<Program['sharedSheet']> }>;
const isSharing = (program: Program): program is Sharing => program.sharedSheet !== undefined;

export type Writer = Readonly<{ name: string | undefined; body: string }>;
export type SheetVersion = Readonly<{ version: string; at: string; by: Writer }>;

export type SharedSheet = Readonly<{
  /** With the form in the version in which the sheet was begun. */
  program: Sharing;
  person: ReadPatient;
  /** The sheet as shown: the newest, or the older version asked for. */
  sheet: Stored<QuestionnaireResponse> | undefined;
  newest: string | undefined;
  answers: Answers;
  versions: readonly SheetVersion[];
  remarks: readonly (Omit<Remark, 'from'> & Readonly<{ id: string; writer: Writer }>)[];
  /** The other side: the clinic for an insurer; for a clinic the insurers whom a consent opens the sheet to. */
  others: readonly Readonly<{ id: string; name: string }>[];
}>;

/** The program of the actor's body whose sheet is shared. `not-found` for a body that runs none. */
async function sharingOf(records: Records, programs: readonly Program[]): Promise<Sharing> {
  const found = (await ownPrograms(records, programs)).find(isSharing);
  if (!found) throw notFound();
  return found;
}

/** Whether the actor's body runs a program with such a sheet. */
export const shares = async (records: Records, programs: readonly Program[]): Promise<boolean> =>
  (await ownPrograms(records, programs)).some(isSharing);

/** The sheet of a person with its versions and notes, as far as the actor sees them; `not-found` where not even the person. */
export async function readSharedSheet(
  records: Records,
  programs: readonly Program[],
  patient: string,
  given: Readonly<{ language: Language; version?: string | undefined }>,
): Promise<SharedSheet> {
  const own = await sharingOf(records, programs);
  const person = readPatient(await records.read('Patient', patient));
  const all = await records.find('QuestionnaireResponse', [['patient', patient]]);
  const formOf = (one: QuestionnaireResponse): string | undefined => one.questionnaire?.split('|')[0];
  // One that belongs to a referral is the link worker's.
  const newest = all.find(
    (one) =>
      formOf(one) === own.assessment.url && one.status !== 'entered-in-error' && one.basedOn === undefined,
  );
  const history = newest ? await records.history('QuestionnaireResponse', newest.id) : [];
  const sheet =
    given.version === undefined ? newest : history.find((one) => one.meta.versionId === given.version);
  if (given.version !== undefined && sheet === undefined) throw notFound();
  const program = {
    ...(await inVersion(records, own, 'assessment', sheet?.questionnaire)),
    sharedSheet: own.sharedSheet,
  };
  const screened = all.find((one) => formOf(one) === own.screening.url && one.status !== 'entered-in-error');
  const initial = sheet
    ? {}
    : await begin((act) => act(records), programs, {
        form: program.assessment,
        patient,
        language: given.language,
      });
  const notes = (await records.find('Communication', [['patient', patient]]))
    .filter(isRemark)
    .map(readRemark);
  const writers = await writersOf(records, [
    ...history.map((one) => idOf(one.author, 'PractitionerRole')),
    ...notes.map((one) => one.by),
  ]);
  const writer = (post: string | undefined): Writer =>
    writers.get(post ?? '') ?? { name: undefined, body: '' };
  return {
    program,
    person,
    sheet,
    newest: newest?.meta.versionId,
    answers: sheet
      ? fromResponse(program.assessment, sheet)
      : screened
        ? { ...initial, ...carryOver(own, fromResponse(own.screening, screened), given.language) }
        : initial,
    versions: history.map((one) => ({
      version: one.meta.versionId,
      at: one.meta.lastUpdated,
      by: writer(idOf(one.author, 'PractitionerRole')),
    })),
    remarks: notes.map((one) => ({ ...one, writer: writer(one.by) })),
    others: await othersOf(records, person),
  };
}

/** People by their post, with the body that they write for. */
async function writersOf(
  records: Records,
  posts: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, Writer>> {
  const ids = [...new Set(posts.filter((post) => post !== undefined))];
  const rows = await records.rows<{ post: Stored<PractitionerRole>; body: string | null }>(
    'writers',
    sql`select r.content as post, o.content ->> 'name' as body from practitioner_role r
      left join organization o on o.id = r.organization_id where r.id = any (${ids}::uuid[])`,
  );
  return new Map(rows.map(({ post, body }) => [post.id, { name: readPost(post).name, body: body ?? '' }]));
}

async function othersOf(records: Records, person: ReadPatient): Promise<SharedSheet['others']> {
  if (records.actor.role === 'insurer')
    return records.rows<{ id: string; name: string }>(
      'the clinic',
      sql`select id, content ->> 'name' as name from organization where id = ${person.clinic ?? null}::uuid`,
    );
  return records.rows<{ id: string; name: string }>(
    'insurers that see',
    sql`select distinct o.id, o.content ->> 'name' as name from disclosure d join organization o on o.id = d.organization_id
      where d.patient_id = ${person.id}::uuid and d.closed_at is null and d.audience = 'insurer' and 'assessment' = any (d.items) order by 2`,
    () => person.id,
  );
}
