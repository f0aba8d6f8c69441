import type { Organization } from '@medplum/fhirtypes';
import { isInForce, openedTo, readConsent, recipientKindOf, type ConsentItem } from '../consent/record.ts';
import { sql } from '../database/sql.ts';
import { systems } from '../fhir/codes.ts';
import type { Records } from '../fhir/records.ts';
import { isId } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { fromResponse } from '../intake/answers.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { notFound } from '../kernel/problem.ts';
import type { Language } from '../kernel/sentence.ts';
import { readOrganization, type ReadBody } from '../people/record.ts';
import { needLabel } from '../programs/needs.ts';
import type { Program } from '../programs/program.ts';
import { inVersion } from '../programs/versions.ts';
import { programOf } from '../referral/deadlines.ts';
import { readCase, type Case } from '../support/case.ts';
import { isMistake, readGoal, sheetOf, summaryIn } from '../support/record.ts';
import { isHandOver, readHandOver, type ReadHandOver, type Window } from './record.ts';

export type Handing = NonNullable<Program['handOver']>;
export type CaseToHand = Readonly<{ one: Case; program: Program; handOver: Handing }>;

/** A case of a program that hands people on by its sheet. `not-found` for any other. */
export async function readToHand(
  records: Records,
  programs: readonly Program[],
  id: string,
): Promise<CaseToHand> {
  const one = await readCase(records, id);
  const program = programOf(programs, one.asked.program);
  if (program.handOver === undefined) throw notFound();
  return { one, program, handOver: program.handOver };
}

/** Bodies that somebody could be handed on to: by name, else those nearest to where the person lives. */
export async function windowsLike(
  records: Records,
  municipality: string,
  typed: string,
  chosen?: string,
): Promise<ReadBody[]> {
  const kinds = ['office', 'resource', 'municipality', 'meeting'].map(
    (kind) => `${systems.organizationType}|${kind}`,
  );
  const rows = await records.rows<{ content: Stored<Organization> }>(
    'windows',
    sql`select content from organization
      where id <> ${records.actor.organization}::uuid and type && ${kinds}::text[] and coalesce(content ->> 'active', 'true') = 'true'
        and (id = ${isId(chosen) ? chosen : null}::uuid or ${typed} = '' or strpos(fhir_key(content ->> 'name'), fhir_key(${typed})) > 0)
      order by (id = ${isId(chosen) ? chosen : null}::uuid) desc nulls last,
        (content #>> '{address,0,city}' = ${municipality}) desc nulls last, content ->> 'name' limit 12`,
  );
  return rows.map(({ content }) => readOrganization(content));
}

/** What a window may be told of the person: what the consents in force open to it, as far as the program's sheet says it. */
export async function toldTo(
  records: Records,
  { one, handOver }: CaseToHand,
  to: Pick<Window, 'id' | 'kind'>,
): Promise<ConsentItem[]> {
  const today = dayInTokyo(records.now);
  const consents = (
    await records.find('Consent', [
      ['patient', one.patient.id],
      ['status', 'active'],
    ])
  )
    .map(readConsent)
    .filter((given) => isInForce(given, today));
  const opened = new Set(consents.flatMap((given) => openedTo(given, { id: to.id, kind: to.kind })));
  return opened.has('contact')
    ? handOver.items.filter((item): item is ConsentItem => opened.has(item as ConsentItem))
    : [];
}

export const windowOf = (body: ReadBody): Window => ({
  id: body.id,
  name: body.name,
  kind: recipientKindOf(body.kind),
  ...(body.phone ? { phone: body.phone } : {}),
  ...(body.fax ? { fax: body.fax } : {}),
});

/** What the record says for the sheet, by the items that may be told. */
export type Said = Readonly<{ needs: readonly string[]; summary: string; goals: readonly string[] }>;

export async function gather(
  records: Records,
  { one, program }: CaseToHand,
  items: readonly string[],
  language: Language,
): Promise<Said> {
  const patient = one.patient.id;
  const has = (item: string): boolean => items.includes(item);
  const goals = has('plan') ? await records.find('Goal', [['patient', patient]]) : [];
  return {
    needs: has('answers') ? one.asked.needs.map((need) => needLabel(need.code)[language]) : [],
    summary: has('assessment') ? await summaryOf(records, program, one) : '',
    goals: goals.filter((goal) => !isMistake(goal)).map((goal) => readGoal(goal).text),
  };
}

async function summaryOf(records: Records, program: Program, one: Case): Promise<string> {
  const all = await records.find('QuestionnaireResponse', [['patient', one.patient.id]]);
  const sheet = sheetOf(all, program.assessment.url, one.referral.requestId);
  if (!sheet) return '';
  const { assessment } = await inVersion(records, program, 'assessment', sheet.questionnaire);
  return summaryIn(assessment, fromResponse(assessment, sheet));
}

/** The sheets that were made of a case, the newest first. */
export const handOversOf = async (records: Records, { one }: CaseToHand): Promise<ReadHandOver[]> =>
  (
    await records.find('Communication', [
      ['patient', one.patient.id],
      ['based-on', `ServiceRequest/${one.referral.requestId}`],
    ])
  )
    .filter(isHandOver)
    .map(readHandOver);
