import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';

/** What is counted side by side; every referral falls once into each. */
export const dimensions = ['month', 'municipality', 'age_band', 'contact_band', 'result'] as const;
export type Dimension = (typeof dimensions)[number];

export type Counts = Readonly<{
  by: Readonly<Record<Dimension, ReadonlyMap<string, number>>>;
  /** A referral may have several needs, so these do not add up to the total. */
  needs: ReadonlyMap<string, number>;
  clinics: number;
  total: number;
  /** Names of all municipalities of the actor's area by code, whether or not anybody was referred there. */
  municipalities: ReadonlyMap<string, string>;
}>;

/** The newest edition of the actor's figures. */
export type Edition = Readonly<{
  /** `YYYY-MM-DD`: what became known from this day on is not counted yet; always the first of a month. */
  until: string;
  /** Fiscal years (from April) in which something was referred, newest first. */
  years: readonly number[];
}>;

/**
 * Undefined before the first edition. An edition comes out when a month is over and at least ten referrals have come
 * since the one before (`edition_until` in the database, which is the only way to the lines).
 */
export async function newestEdition(records: Records): Promise<Edition | undefined> {
  const rows = await records.rows<{ until: string; fiscal_year: number }>(
    'figures',
    sql`
      select distinct edition_until(${dayInTokyo(records.now)}::date)::text as until, fiscal_year
      from edition_facts(${dayInTokyo(records.now)}::date) order by fiscal_year desc`,
  );
  const [first] = rows;
  return first && { until: first.until, years: rows.map((row) => row.fiscal_year) };
}

/** The whole cube of one fiscal year: fixed, so that no two questions can be played off against each other. */
export async function countReferrals(records: Records, fiscalYear: number): Promise<Counts> {
  const rows = await records.rows<{ dimension: string; value: string | null; count: number }>(
    'figures',
    sql`
      with year as materialized (
        select * from edition_facts(${dayInTokyo(records.now)}::date) where fiscal_year = ${fiscalYear}
      )
      select case when grouping(month) = 0 then 'month' when grouping(municipality) = 0 then 'municipality'
          when grouping(age_band) = 0 then 'age_band' when grouping(contact_band) = 0 then 'contact_band'
          when grouping(result) = 0 then 'result' else 'total' end as dimension,
        coalesce(month, municipality, age_band, contact_band, result) as value, count(*)::int as count
      from year group by grouping sets ((month), (municipality), (age_band), (contact_band), (result), ())
      union all select 'need', need, count(*)::int from year, unnest(needs) need group by need
      union all select 'clinics', null, count(distinct clinic)::int from year
      union all select 'name', coalesce(o.content ->> 'name', m.code) || '|' || m.code, 0 from unnest(actor_area()) m(code)
        left join organization o on o.identifier @> array['https://tsunagi.example/fhir/Id/municipality|' || m.code]`,
  );
  const of = (dimension: string): Map<string, number> =>
    new Map(
      rows.filter((r) => r.dimension === dimension && r.value !== null).map((r) => [r.value ?? '', r.count]),
    );
  return {
    by: Object.fromEntries(dimensions.map((d) => [d, of(d)])) as unknown as Counts['by'],
    needs: of('need'),
    clinics: rows.find((r) => r.dimension === 'clinics')?.count ?? 0,
    total: rows.find((r) => r.dimension === 'total')?.count ?? 0,
    municipalities: new Map(
      rows
        .filter((r) => r.dimension === 'name')
        .map((r) => r.value?.split('|') ?? [])
        .map(([name = '', code = '']) => [code, name]),
    ),
  };
}
