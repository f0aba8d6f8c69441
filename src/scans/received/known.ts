import type { Patient } from '@medplum/fhirtypes';
import { isInForce, openedTo, readConsent } from '../../consent/record.ts';
import { joinSql, sql, type Sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import { isId } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { readSearch } from '../../people/search.ts';
import type { Program } from '../../programs/program.ts';
import type { PersonForm } from './form.ts';

export type Known = { id: string; content: Stored<Patient>; clinic: string };

/** What the consent of a sheet opens; the request and the insurance go with every referral. */
export const itemsOf = (received: Program['received']) =>
  (received?.items ?? []).filter((item) => item !== 'request' && item !== 'insurance');

/**
 * Whom this office supports, and of whom a consent in force opens to it all that a sheet would. Whoever is seen here in
 * another way only – in an emergency, by law, or in part – is not among them: a sheet must not open what the person closed.
 */
async function supported(
  records: Records,
  where: Sql,
  { received }: Pick<Program, 'received'>,
): Promise<Known[]> {
  const office = records.actor.organization;
  const alike = await records.rows<Known>(
    'possible duplicates',
    sql`select p.id, p.content, p.organization_id as clinic from patient p
      where ${where} and p.organization_id is not null
        and exists (select 1 from task t where t.patient_id = p.id and t.owner_id = ${office}::uuid and t.part_of_id is null
          and t.requester_id = p.organization_id and t.status in ('requested', 'accepted', 'in-progress', 'on-hold'))
      order by p.updated_at desc limit 8`,
    (row) => row.id,
  );
  if (alike.length === 0) return [];
  const consents = await records.find('Consent', [
    ['patient', alike.map(({ id }) => id).join(',')],
    ['status', 'active'],
  ]);
  const today = dayInTokyo(records.now);
  const opened = consents.map(readConsent).filter((one) => isInForce(one, today) && one.from <= today);
  const wanted = itemsOf(received);
  return alike.filter(({ id }) =>
    opened.some((one) => {
      const items = one.patient === id ? openedTo(one, { id: office, kind: 'office' }) : [];
      return wanted.every((item) => items.includes(item));
    }),
  );
}

const named = (word: string): Sql =>
  sql`strpos(replace(p.name, ' ', ''), replace(fhir_key(${word}), ' ', '')) > 0`;

/** The same kana name and birth date as somebody of that clinic: who it is has to be said. */
export const knownPersons = (
  records: Records,
  form: Pick<PersonForm, 'familyKana' | 'givenKana' | 'birthDate' | 'clinic'>,
  program: Pick<Program, 'received'>,
): Promise<Known[]> =>
  supported(
    records,
    sql`p.organization_id = ${form.clinic}::uuid and p.birth_date = ${form.birthDate}
      and ${named(`${form.familyKana} ${form.givenKana}`)}`,
    program,
  );

/** By parts of a name in any script, a birth date, or digits of a telephone; nobody for a search that says nothing. */
export async function knownLike(
  records: Records,
  typed: string,
  program: Pick<Program, 'received'>,
): Promise<Known[]> {
  const search = readSearch(typed);
  if (search === undefined) return [];
  const { birthDate, digits, words } = search;
  const either = [
    ...(birthDate === undefined ? [] : [sql`p.birth_date = ${birthDate}`]),
    ...(digits === undefined
      ? []
      : [sql`exists (select 1 from unnest(p.phone) n where n like ${`%${digits}%`})`]),
    ...(words.length === 0 ? [] : [sql`(${joinSql(words.map(named), ' and ')})`]),
  ];
  return either.length === 0 ? [] : supported(records, sql`(${joinSql(either, ' or ')})`, program);
}

/** One of them by id; undefined for anybody else. */
export async function knownById(
  records: Records,
  id: unknown,
  program: Pick<Program, 'received'>,
): Promise<Known | undefined> {
  if (!isId(id)) return undefined;
  const [found] = await supported(records, sql`p.id = ${id}::uuid`, program);
  return found;
}
