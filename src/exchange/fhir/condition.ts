import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import type { RecordType, Stored } from '../../fhir/types.ts';
import { turnAway } from './refusal.ts';
import { text } from './text.ts';

/** Characters of a condition: an identifier or two. An address would not be longer either, but a Bundle could hold anything. */
const longest = 2000;

/**
 * The one record that a conditional create would double, if there is one (FHIR R4, http.html#ccreate). Two writers with
 * the same condition go one after the other, so that the second finds what the first made. Refuses when several match.
 */
export async function matching(
  records: Records,
  type: RecordType,
  condition: string,
  where = 'http.If-None-Exist',
): Promise<Stored | undefined> {
  if (condition.length > longest) throw turnAway(400, 'too-long', where, text.longCondition(longest));
  const given = [...new URLSearchParams(condition.replace(/^[^?]*\?/, ''))];
  if (given.length === 0) throw turnAway(400, 'required', where, text.noCondition);
  // A condition has no pages.
  if (given.some(([name]) => name === '_cursor')) throw turnAway(400, 'value', where, text.badCursor);
  const key = `${type}?${given.map((pair) => pair.join('=')).join('&')}`;
  await records.run(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  const found: Stored[] = await records.find(type, given, 2);
  if (found.length > 1) throw turnAway(412, 'multiple-matches', where, text.severalMatch);
  return found[0];
}

/** The one record that a conditional update, patch or delete is meant for, if there is one. */
export async function meant(
  records: Records,
  type: RecordType,
  criteria: string,
  where = 'http.url',
): Promise<Stored | undefined> {
  if (criteria === '') throw turnAway(400, 'required', where, text.noCriteria);
  return matching(records, type, criteria, where);
}
