import type pg from 'pg';
import type { Log } from '../kernel/log.ts';

/** A session that is soon, and the body that holds it; see `src/sessions/reminders.ts`. */
export type Soon = Readonly<{ id: string; organization: string; startsAt: Date }>;

/** What reminds people of sessions: asked as the database's owner, done through the store, by its rules. */
export type Reminding = Readonly<{
  now: () => Date;
  soon: (pool: pg.Pool, now: Date) => Promise<readonly Soon[]>;
  remind: (one: Soon) => Promise<number>;
  forget: (pool: pg.Pool, now: Date) => Promise<void>;
}>;

/** One session that fails is tried again the next time and holds up no other. */
export async function remindOfSessions(pool: pg.Pool, reminding: Reminding, log: Log): Promise<void> {
  const { now, soon, remind, forget } = reminding;
  try {
    for (const one of await soon(pool, now()))
      await remind(one).catch((err: unknown) => {
        log.error({ err, session: one.id }, 'people could not be reminded of a session');
      });
    await forget(pool, now());
  } catch (err) {
    log.error({ err }, 'sessions that are soon could not be looked up');
  }
}
