import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';

/** What is counted side by side; every referral falls once into each. */
export const dimensions = ['month', 'municipality', 'age_band', 'contact_band', 'result', 'program'] as const;
export type Dimension = (typeof dimensions)[number];

export type Counts = Readonly<{
  by: Readonly<Record<Dimension, ReadonlyMap<string, number>>>;
  /** A referral may have several needs, so these do not add up to the total. */
  needs: ReadonlyMap<string, number>;
  /** By municipality and need, joined by `|`. */
  needsByPlace: ReadonlyMap<string, number>;
  clinics: number;
  total: number;
  /** Ids of the programs whose forms were published here, whether or not anybody was referred. */
  programs: readonly string[];
  /** Names of the municipalities of the actor's area, by code. */
  municipalities: ReadonlyMap<string, string>;
}>;

/** Fiscal years (from April) in which something was referred or answered, or somebody dropped in, in the actor's area, newest first. */
export async function yearsWithFigures(records: Records): Promise<number[]> {
  const rows = await records.rows<{ fiscal_year: number }>(
    'figures',
    sql`select fiscal_year from referral_fact union select fiscal_year from drop_in_fact
      union select fiscal_year from answer_fact order by fiscal_year desc`,
  );
  return rows.map((row) => row.fiscal_year);
}

/** The whole cube of one fiscal year: fixed, so that no two questions can be played off against each other. */
export async function countReferrals(records: Records, fiscalYear: number): Promise<Counts> {
  const rows = await records.rows<{ dimension: string; value: string | null; count: number }>(
    'figures',
    sql`
      with year as materialized (select * from (
        select month, municipality, age_band, contact_band, result, program, needs, clinic from referral_fact where fiscal_year = ${fiscalYear}
      ) f)
      select case when grouping(month) = 0 then 'month' when grouping(municipality) = 0 then 'municipality'
          when grouping(age_band) = 0 then 'age_band' when grouping(contact_band) = 0 then 'contact_band'
          when grouping(result) = 0 then 'result' when grouping(program) = 0 then 'program' else 'total' end as dimension,
        coalesce(month, municipality, age_band, contact_band, result, program) as value, count(*)::int as count
      from year group by grouping sets ((month), (municipality), (age_band), (contact_band), (result), (program), ())
      union all select 'need', need, count(*)::int from year, unnest(needs) need group by need
      union all select 'need at', municipality || '|' || need, count(*)::int from year, unnest(needs) need group by municipality, need
      union all select 'clinics', null, count(distinct clinic)::int from year
      union all select distinct 'published', substring(content ->> 'url' from '/Questionnaire/(.+)-screening$'), 0 from questionnaire
        where content ->> 'url' like '%-screening'
      union all select 'name', o.content ->> 'name' || '|' || m.code, 0 from unnest(actor_area()) m(code)
        join organization o on o.identifier @> array['https://tsunagi.example/fhir/Id/municipality|' || m.code]`,
  );
  const of = (dimension: string): Map<string, number> =>
    new Map(
      rows.filter((r) => r.dimension === dimension && r.value !== null).map((r) => [r.value ?? '', r.count]),
    );
  return {
    by: Object.fromEntries(dimensions.map((d) => [d, of(d)])) as unknown as Counts['by'],
    needs: of('need'),
    needsByPlace: of('need at'),
    clinics: rows.find((r) => r.dimension === 'clinics')?.count ?? 0,
    total: rows.find((r) => r.dimension === 'total')?.count ?? 0,
    programs: [...of('published').keys()].toSorted(),
    municipalities: new Map(
      rows
        .filter((r) => r.dimension === 'name')
        .map((r) => r.value?.split('|') ?? [])
        .map(([name = '', code = '']) => [code, name]),
    ),
  };
}
