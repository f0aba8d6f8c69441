import { idIn } from '../../../access/request.ts';
import { fhirIssue, type FhirIssue } from '../../../fhir/outcome.ts';
import type { Records } from '../../../fhir/records.ts';
import { largestPage, type Given } from '../../../fhir/search.ts';
import { isRecordType, type RecordType } from '../../../fhir/types.ts';
import { readPlace, type Versions } from '../../../fhir/versions.ts';
import { invalid } from '../../../kernel/problem.ts';
import type { Answer } from '../answer.ts';
import { handlingOf, parametersOf, typeOf, type Asked } from '../asked.ts';
import { shapeParameters } from '../shape.ts';
import { historyBundle } from '../history_bundle.ts';
import { text } from '../text.ts';
import type { Interaction, Served } from './interaction.ts';

const usualPage = 50;

const instance: Interaction = {
  code: 'history-instance',
  method: 'GET',
  path: '/:type/:id/_history',
  letters: () => ['r'],
  of: isRecordType,
  answer: (records, asked, served) => page(records, asked, typeOf(asked), idIn(asked), served),
};

/** What happened to all records of a type that the actor sees: as much as a search for all of them. */
const ofType: Interaction = {
  code: 'history-type',
  method: 'GET',
  path: '/:type/_history',
  letters: () => ['s'],
  of: isRecordType,
  answer: (records, asked, served) => page(records, asked, typeOf(asked), undefined, served),
};

async function page(
  records: Records,
  asked: Asked,
  type: RecordType,
  id: string | undefined,
  { base, turn }: Served,
): Promise<Answer> {
  const { given, links } = turn(`${type}${id === undefined ? '' : `/${id}`}/_history`, parametersOf(asked));
  const which = { ...readAsked(given, handlingOf(asked)), id };
  return { body: historyBundle(base, type, which, await records.versions(type, which), links) };
}

/** Reads `_count`, `_since`, `_at` and the cursor of a page's link; refuses what it does not know, unless told to be lenient. */
function readAsked(given: Given, handling: 'strict' | 'lenient'): Versions {
  const faults: FhirIssue[] = [];
  let asked: Versions = { count: usualPage };
  for (const [name, value] of given) {
    const take = (read: Partial<Versions> | undefined, allowed: string): void => {
      if (read) asked = { ...asked, ...read };
      else faults.push(fhirIssue('value', `http.${name}`, text.badParameter(name, allowed)));
    };
    if (name === '_count')
      take(
        /^\d{1,6}$/.test(value) ? { count: Math.min(largestPage, Number(value)) } : undefined,
        `0–${String(largestPage)}`,
      );
    else if (name === '_since') take(since(value), '2026-11-21T10:00:00+09:00');
    else if (name === '_at') take(during(value), '2026, 2026-11, 2026-11-21, 2026-11-21T10:00:00+09:00');
    else if (name === '_cursor') take(cursor(value), 'link.next');
    else if (!shapeParameters.includes(name) && handling === 'strict')
      faults.push(
        fhirIssue('not-supported', `http.${name.slice(0, 40)}`, text.unknownParameter(name.slice(0, 40))),
      );
  }
  if (faults.length > 0) throw invalid(...faults);
  return asked;
}

const cursor = (value: string): Partial<Versions> | undefined => {
  const after = readPlace(value);
  return after && { after };
};

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;
// A plus sign in an address is a space.
const moment = (value: string): Date | undefined => {
  const at = new Date(value.replace(' ', '+'));
  return instant.test(value.replace(' ', '+')) && !Number.isNaN(at.getTime()) ? at : undefined;
};

const since = (value: string): Partial<Versions> | undefined => {
  const at = moment(value) ?? during(value)?.at?.from;
  return at && { since: at };
};

/** The time that a date of any precision stands for; days are those of Japan. */
function during(value: string): Pick<Versions, 'at'> | undefined {
  const exact = moment(value);
  if (exact) return { at: { from: exact, to: new Date(exact.getTime() + 1) } };
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(value) ?? [];
  if (year === undefined) return undefined;
  const from = new Date(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00+09:00`);
  if (Number.isNaN(from.getTime())) return undefined;
  const to = new Date(from.getTime() + 9 * 3_600_000);
  // The 31st of February would be a day in March.
  if (day !== undefined && to.getUTCDate() !== Number(day)) return undefined;
  if (day !== undefined) to.setUTCDate(to.getUTCDate() + 1);
  else if (month !== undefined) to.setUTCMonth(to.getUTCMonth() + 1);
  else to.setUTCFullYear(to.getUTCFullYear() + 1);
  return { at: { from, to: new Date(to.getTime() - 9 * 3_600_000) } };
}

export const histories = [instance, ofType] as const;
