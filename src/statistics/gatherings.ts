import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import type { Program } from '../programs/program.ts';
import { protectList, protectTogether } from './disclosure.ts';
import { cross, type Crossed } from './crossed.ts';
import { fewestPeople } from './fewest.ts';
import { ageBands, monthsOf, withoutZeros } from './figures.ts';
import type { Masked, Protected } from './linked.ts';

/** What sessions and talks with those who dropped in say about an area; see `figuresOf`. */
export type GatheringFigures = Readonly<{
  /** How many talks there were. */
  total: Masked;
  month: Protected;
  /** By municipality code and district, joined by `|`. */
  area: Protected;
  ageBand: Protected;
  /** A talk may have several topics, so these do not add up to the total. */
  topics: Protected;
  topicsByPlace: Crossed | undefined;
  /** People who took part in sessions. */
  participants: Protected;
  /** Sessions that were held; no persons are counted, so nothing is masked. */
  sessions: ReadonlyMap<string, number>;
}>;

type Row = { dimension: string; value: string; count: number };

/** All of one fiscal year in one statement; undefined where there were no sessions in the actor's area. */
export async function gatheringFigures(
  records: Records,
  fiscalYear: number,
  programs: readonly Program[],
  today: string,
): Promise<GatheringFigures | undefined> {
  const rows = await records.rows<Row>(
    'figures',
    sql`
    with held as materialized (select gathering_id, municipality || '|' || area as place from gathering_fact where fiscal_year = ${fiscalYear}),
    talked as materialized (select month, municipality || '|' || area as place, age_band, topics from drop_in_fact where fiscal_year = ${fiscalYear})
    select 'held' as dimension, place as value, count(*)::int as count from held group by place
    union all select 'participants', h.place, count(*)::int from held h join participation_fact p using (gathering_id) group by h.place
    union all select case when grouping(month) = 0 then 'month' when grouping(place) = 0 then 'area' else 'age_band' end,
      coalesce(month, place, age_band), count(*)::int from talked group by grouping sets ((month), (place), (age_band))
    union all select 'topic', topic, count(*)::int from talked, unnest(topics) topic group by topic
    union all select 'topic at', place || '|' || topic, count(*)::int from talked, unnest(topics) topic group by place, topic`,
  );
  const of = (dimension: string): Map<string, number> =>
    new Map(rows.filter((row) => row.dimension === dimension).map((row) => [row.value, row.count]));
  const [held, month, area] = [of('held'), of('month'), of('area')];
  const [ages, topics, participants] = [of('age_band'), of('topic'), of('participants')];
  if (held.size === 0 && area.size === 0) return undefined;
  // Which districts there are follows from the sessions, which everybody may know of.
  const places = [...new Set([...held.keys(), ...area.keys(), ...participants.keys()])].toSorted();
  const months = [
    ...new Set([...monthsOf(fiscalYear).filter((one) => `${one}-01` <= today), ...month.keys()]),
  ].toSorted();
  const listOf = (names: readonly string[], counts: Counts) => ({
    rows: names,
    counts: (row: string) => counts.get(row) ?? 0,
  });
  const options = { threshold: fewestPeople };
  const [byMonth, byArea, byAge] = protectTogether(
    [listOf(months, month), listOf(places, area), listOf(ageBands, ages)],
    options,
  ).map(withoutZeros) as [Protected, Protected, Protected];
  const known = programs.flatMap(({ sessions }) => sessions?.contacts?.topics.map(({ code }) => code) ?? []);
  const listed = withoutZeros(
    protectList(listOf([...new Set([...known, ...topics.keys()])], topics), options),
  );
  const topicsAt = of('topic at');
  return {
    total: byMonth.total,
    month: byMonth,
    area: byArea,
    ageBand: byAge,
    topics: listed,
    topicsByPlace: cross({
      base: byArea,
      people: area,
      columns: listed.rows,
      count: (place, topic) => topicsAt.get(`${place}|${topic}`) ?? 0,
      choose: 'some',
      whole: listed,
    }),
    participants: withoutZeros(protectList(listOf(places, participants), options)),
    sessions: held,
  };
}

type Counts = ReadonlyMap<string, number>;
