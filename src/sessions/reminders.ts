import type pg from 'pg';
import { queueMails } from '../access/outbox.ts';
import { sql } from '../database/sql.ts';
import type { OpenRecords } from '../fhir/records.ts';
import { dayInTokyo, isWorkingDay, startOfDayInTokyo } from '../kernel/japan/calendar.ts';
import type { Language } from '../kernel/sentence.ts';
import { letterTo, type Tell } from './mails.ts';
import { daysKept, type Gathering, type Way } from './model.ts';

const oneDay = 86_400_000;

/** The last working day before a day (an instant in it), as `YYYY-MM-DD` in Tokyo. */
export function workingDayBefore(at: Date): string {
  let day = at.getTime() - oneDay;
  while (!isWorkingDay(new Date(day))) day -= oneDay;
  return dayInTokyo(new Date(day));
}

/**
 * What the job runner does each hour: `soon` and `forget` ask the database as its owner, `remind` acts as the service for
 * the body.
 */
export function makeReminding(needs: Readonly<{ open: OpenRecords; now: () => Date; tell: Tell }>) {
  const { open, now, tell } = needs;
  return {
    now,
    /** Gatherings with somebody to remind whose working day before has come: from that day on, until they begin. */
    soon: async (pool: pg.Pool, at: Date) => {
      const { rows } = await pool.query<{ id: string; organization_id: string; starts_at: Date }>(
        `select g.id, g.organization_id, g.starts_at from gathering g
         where g.status = 'planned' and g.starts_at > $1 and g.starts_at < $1::timestamptz + interval '12 days'
           and exists (select 1 from gathering_place p join gathering_contact c on c.place_id = p.id
             where p.gathering_id = g.id and p.state = 'booked' and p.reminded_at is null and c.mail is not null
               and (p.patient_id is null or not no_letters(p.patient_id, p.task_id)))
         order by g.starts_at limit 500`,
        [at],
      );
      return rows
        .map((row) => ({ id: row.id, organization: row.organization_id, startsAt: row.starts_at }))
        .filter(({ startsAt }) => workingDayBefore(startsAt) <= dayInTokyo(at));
    },
    /** Reminds everybody once; who signed up on that day or later was told a moment ago. */
    remind: ({ id, organization }: Readonly<{ id: string; organization: string }>): Promise<number> =>
      open({ role: 'system', organization, via: 'job', request: 'session reminders' }, async (records) => {
        const [one] = await records.rows<Gathering & Record<string, unknown>>(
          'session reminders',
          sql`select * from gathering where id = ${id}::uuid and status = 'planned' and starts_at > ${records.now}::timestamptz`,
        );
        if (!one) return 0;
        const since = startOfDayInTokyo(workingDayBefore(one.starts_at));
        const rows = await records.run<{
          id: string;
          mail: string;
          language: Language;
          way: Way;
          created_at: Date;
        }>(sql`
          update gathering_place p set reminded_at = ${records.now}::timestamptz from gathering_contact c
          where c.place_id = p.id and p.gathering_id = ${id}::uuid and p.state = 'booked' and p.reminded_at is null and c.mail is not null
            and (p.patient_id is null or not letters_stopped(p.patient_id, p.task_id))
          returning p.id, c.mail, p.language, p.way, p.created_at`);
        const early = rows.filter(({ created_at: at }) => at < since);
        await queueMails(
          records,
          early.map(({ id: placeId, ...row }) => letterTo(tell, one, { ...row, placeId }, 'tomorrow')),
        );
        return early.length;
      }),
    /**
     * Names and contacts of people without a referral are forgotten 90 days after the session, and with them the pictures
     * of its attendance list.
     */
    forget: async (pool: pg.Pool, at: Date): Promise<void> => {
      await pool.query(
        `delete from returned_page r using gathering g
         where g.id = r.gathering_id and g.ends_at < $1::timestamptz - make_interval(days => $2)`,
        [at, daysKept],
      );
      await pool.query(
        `with old as (select p.id from gathering_place p join gathering g on g.id = p.gathering_id
           where g.ends_at < $1::timestamptz - make_interval(days => $2) and (p.name <> '-' or p.key_hash is not null
             or exists (select 1 from gathering_contact c where c.place_id = p.id)) limit 1000),
         gone as (delete from gathering_contact c using old where c.place_id = old.id)
         update gathering_place p set name = case when p.name is null then null else '-' end, key_hash = null, code_hash = null
         from old where p.id = old.id`,
        [at, daysKept],
      );
    },
  };
}
