import type { Questionnaire } from '@medplum/fhirtypes';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { remembered } from '../kernel/remembered.ts';
import { isExpression } from '../programs/expressions.ts';
import type { ExpressionFault } from '../programs/fhirpath.ts';
import { placedItems } from '../programs/items.ts';
import { typesOf } from './extraction/made.ts';

/** How an expression failed; `unfit`: it found what is no answer to its question. */
export type Fault = ExpressionFault | 'unfit';
/** What a form could not do while somebody answered it: the item (linkId), and what of it. Nothing of any person. */
export type Failing = Readonly<{
  item: string;
  kind: 'initial' | 'calculated' | 'enableWhen' | 'answer' | 'extract';
  fault: Fault;
}>;

const nameOf = ({ url, version }: Questionnaire): string => `${url ?? ''}|${version ?? ''}`;

/**
 * Notes, in the log and for whoever keeps the form, what it could not do. Once an hour for each: a form that many answer
 * fails as often. Whoever answers is told nothing and held up by nothing.
 */
export async function reportFailing(
  records: Records,
  form: Questionnaire,
  failing: readonly Failing[],
): Promise<void> {
  if (failing.length === 0) return;
  const noted = await records.run<Failing>(sql`
    insert into form_failure (form, item, kind, fault, first_at, last_at)
    select distinct ${nameOf(form)}, left(item, 200), kind, fault, ${records.now}::timestamptz, ${records.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(failing)}::jsonb) as one (item text, kind text, fault text)
    order by 2, 3, 4
    on conflict (form, item, kind, fault) do update set last_at = excluded.last_at
      where form_failure.last_at < excluded.last_at - interval '1 hour'
    returning item, kind, fault`);
  for (const { item, kind, fault } of noted)
    records.warn({ form: nameOf(form), item, kind, fault }, 'a form could not work something out');
}

/** Whether a form works anything out at all, so that it could fail. */
const expressionsIn = remembered((form: Questionnaire) =>
  [form, ...placedItems(form).map(({ item }) => item)].filter(({ extension }) =>
    extension?.some(({ url }) => isExpression(url)),
  ),
);
const worksOut = (form: Questionnaire): boolean => expressionsIn(form).length > 0 || typesOf(form).length > 0;

const days = 30;

/** What this version of a form could not do of late, for whoever works with it; nothing is read for one without expressions. */
export async function failuresOf(records: Records, form: Questionnaire): Promise<Failing[]> {
  if (!worksOut(form)) return [];
  return records.run<Failing>(sql`
    select item, kind, fault from form_failure where form = ${nameOf(form)}
      and last_at > ${records.now}::timestamptz - make_interval(days => ${days}) order by item, kind, fault`);
}
