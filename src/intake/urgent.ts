import type { QuestionnaireResponse } from '@medplum/fhirtypes';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { idOf } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { dangerNeeds } from '../programs/dangers.ts';
import type { Program, Route } from '../programs/program.ts';
import { fromResponse } from './answers.ts';
import type { AskedForm } from './asked.ts';
import { rulesMet } from './findings.ts';
import { readQuestionnaire } from './form.ts';
import { answersTo, askedOnly } from './visible.ts';

/** Of these urgencies somebody has to know on the same day. */
const sameDay: readonly (string | undefined)[] = ['asap', 'stat'];

/**
 * Whether these answers tell of what their program calls urgent: an answer that leads to telephone numbers at once
 * (`atOnce`), a need that no sheet passes over in silence (`dangers`), or one that a route sends off as `asap` or `stat`.
 * `counts`: which routes are meant, all when left out. What was not asked tells nothing.
 */
export function isUrgent(
  { form, program }: AskedForm,
  response: QuestionnaireResponse,
  counts: (route: Route) => boolean = () => true,
): boolean {
  if (!program) return false;
  const answers = fromResponse(form, response);
  const asked = askedOnly(readQuestionnaire(form, 'ja'), answers);
  const leadsToNumbers = program.atOnce.some(({ when }) =>
    when.some((one) => answersTo(asked, one.question).some((value) => one.answers.includes(value))),
  );
  if (leadsToNumbers) return true;
  const routes = program.routing.filter((route) => sameDay.includes(route.urgency) && counts(route));
  const urgent = new Set([...dangerNeeds([program]), ...routes.flatMap(({ when }) => when?.needs ?? [])]);
  return rulesMet(program.needs, asked).some(({ code }) => urgent.has(code));
}

/**
 * What the program tells the clinic to do at once about these needs: said beside the answers, since the person may leave
 * before a referral is begun.
 */
export const saidAtOnce = (program: Program, needs: readonly string[]): readonly Sentence[] =>
  program.routing
    .filter(
      ({ urgency, when }) => sameDay.includes(urgency) && when?.needs?.some((one) => needs.includes(one)),
    )
    .flatMap(({ note }) => (note ? [note] : []));

/** The routes of whoever lives in that municipality. One for a medical area is among them: rather told once too often. */
export const routesFrom =
  (municipality: string | undefined) =>
  ({ when }: Route): boolean =>
    when?.municipalities?.some((code) => code === municipality) ?? true;

/**
 * Somebody reads answers; from then on the clinic knows of them. Returns whether they still wait for somebody: the
 * reception that typed them in has seen the sheet, and a doctor has not.
 */
export async function openAnswers(
  records: Records,
  response: Stored<QuestionnaireResponse>,
): Promise<boolean> {
  const { role, post } = records.actor;
  if (role !== 'doctor' && role !== 'reception') return false;
  if (role === 'reception' && post !== undefined && idOf(response.author, 'PractitionerRole') === post) {
    const waiting = await records.rows(
      'urgent answers',
      sql`select 1 as waits from urgent_answers where response_id = ${response.id}::uuid and opened_at is null`,
    );
    return waiting.length > 0;
  }
  await records.run(
    sql`update urgent_answers set opened_at = ${records.now}::timestamptz, opened_by = ${post ?? null}::uuid
      where response_id = ${response.id}::uuid and opened_at is null`,
  );
  return false;
}
