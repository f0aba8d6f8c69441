import pg from 'pg';
import { closeEnded, consentsDue, type Due } from './consent-ends.ts';
import { carryOnExports, forgetExports } from './fhir/export/runner.ts';
import { forgetNotices, tellPrograms, type Telling } from './fhir/subscriptions/runner.ts';
import { makeLane } from './lane.ts';
import { partnerClients, workWithPartners, type Partnering } from './servers/runner.ts';
import { remindOfSessions, type Reminding } from './session-reminders.ts';
import type { OpenRecords } from '../fhir/records.ts';
import type { Log } from '../kernel/log.ts';
import type { Mailer } from './mailer.ts';

export type Jobs = Readonly<{ stop: () => Promise<void> }>;
type Needs = Readonly<{
  ownerUrl: string;
  mailer: Mailer;
  log: Log;
  pollSeconds?: number;
  consents?: ConsentNeeds;
  /** Where people are reminded of sessions. */
  reminding?: Reminding;
  /** Where there are programs whose exports are carried on. */
  open?: OpenRecords;
  telling?: Telling;
  /** Where other bodies have servers of their own. */
  partnering?: Partnering;
  /** What is printed for many; it has a lane of its own. */
  printing?: (given: Lane) => Promise<void>;
  /** Where files come in that are to be read. */
  scanning?: Scanning;
}>;
type Lane = Readonly<{ pool: pg.Pool; log: Log; isStopping: () => boolean }>;
/** Reads the files that wait; wired up by the one who composes everything. */
export type Scanning = (pool: pg.Pool, stopped: AbortSignal) => Promise<void>;
/** What looks after consents that run out. `meet` acts through the store, by its rules; it is called once or more. */
export type ConsentNeeds = Readonly<{ now: () => Date; meet: (due: Due) => Promise<void> }>;

const mostAttempts = 12;

/**
 * Sends what is in the outbox: woken by the transaction that put it there, and every half minute for what failed. Several
 * processes may run it at once. A letter that keeps failing is tried again after 1, 2, 4 … minutes, twelve times in all.
 * Beside it, each hour, what follows when a consent runs out, and letters that remind of a session.
 */
export async function startJobs({
  ownerUrl,
  mailer,
  log,
  pollSeconds = 30,
  consents,
  reminding,
  open,
  telling,
  partnering,
  printing,
  scanning,
}: Needs): Promise<Jobs> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 4 });
  pool.on('error', (err) => {
    log.warn({ err }, 'the job runner lost a connection');
  });
  const listener = await pool.connect();
  await listener.query('listen outbox');

  const letters = makeLane(
    async () => {
      await drain(pool, mailer, log);
      await forgetAnswers(pool);
      await forgetTyped(pool);
      await forgetInvited(pool);
      await forgetEntries(pool);
      await forgetExports(pool);
      await forgetNotices(pool);
    },
    (err) => {
      log.error({ err }, 'the outbox could not be read');
    },
  );
  const exports = makeLane(
    async (isStopping) => {
      if (open) await carryOnExports({ pool, open, log, isStopping });
    },
    (err) => {
      log.error({ err }, 'exports could not be looked up');
    },
  );
  const notices = makeLane(
    async (isStopping) => {
      if (open && telling) await tellPrograms({ ...telling, pool, open, log, isStopping });
    },
    (err) => {
      log.error({ err }, 'subscriptions could not be looked up');
    },
  );
  const clients = partnering && partnerClients(partnering);
  const partners = makeLane(
    async (isStopping) => {
      if (open && partnering && clients)
        await workWithPartners({ ...partnering, clients, pool, open, log, isStopping, every: pollSeconds });
    },
    (err) => {
      log.error({ err }, 'servers of others could not be looked up');
    },
  );
  const prints = makeLane(
    async (isStopping) => {
      await printing?.({ pool, log, isStopping });
    },
    (err) => {
      log.error({ err }, 'print jobs could not be looked up');
    },
  );
  const scans = makeLane(
    async (_isStopping, stopped) => {
      await scanning?.(pool, stopped);
    },
    (err) => {
      log.error({ err }, 'scans could not be looked up');
    },
  );
  const lanes = [letters, exports, notices, partners, prints, scans];
  const wake = (): void => {
    for (const lane of lanes) lane.wake();
  };
  listener.on('notification', wake);
  const timer = setInterval(wake, pollSeconds * 1000);
  wake();
  let looking: Promise<void> | undefined;
  let nearing: Promise<void> | undefined;
  const look = (): void => {
    void forgetLetters(pool).catch((err: unknown) => {
      log.error({ err }, 'old letters could not be deleted');
    });
    if (consents)
      looking ??= lookAfterConsents(pool, consents, log).finally(() => {
        looking = undefined;
      });
    if (reminding)
      nearing ??= remindOfSessions(pool, reminding, log).finally(() => {
        nearing = undefined;
      });
  };
  const hourly = setInterval(look, 3_600_000);
  look();
  return {
    stop: async () => {
      clearInterval(timer);
      clearInterval(hourly);
      await looking;
      await nearing;
      listener.removeListener('notification', wake);
      await Promise.all(lanes.map((lane) => lane.end()));
      listener.release(true);
      await pool.end();
    },
  };
}

/** A letter that was sent, or that could not be, is kept a month, to answer questions; its address and words then go. */
async function forgetLetters(pool: pg.Pool): Promise<void> {
  await pool.query(
    `delete from outbox where sent_at < now() - interval '30 days' or queued_at < now() - interval '60 days'`,
  );
}

/** What was good for minutes only, and browsers that nobody used for a year. */
async function forgetEntries(pool: pg.Pool): Promise<void> {
  await pool.query(`delete from entry_question where expires_at < now()`);
  await pool.query(`delete from revoked_token where expires_at < now()`);
  // One that is being counted at this moment is not waited for.
  await pool.query(
    `delete from attempt where key in (select key from attempt where until < now() for update skip locked)`,
  );
  await pool.query(`delete from known_device where seen_at < now() - interval '1 year'`);
}

/** One consent that fails is tried again the next time and holds up no other. */
export async function lookAfterConsents(pool: pg.Pool, { now, meet }: ConsentNeeds, log: Log): Promise<void> {
  try {
    for (const due of await consentsDue(pool, now()))
      await meet(due).catch((err: unknown) => {
        log.error({ err, ...due }, 'what follows from the end of a consent could not be done');
      });
    await closeEnded(pool);
  } catch (err) {
    log.error({ err }, 'consents that end could not be looked up');
  }
}

/** A form's key or an Idempotency-Key is remembered for a day: a retry comes at once, and the answer may name a person. */
async function forgetAnswers(pool: pg.Pool): Promise<void> {
  await pool.query(`delete from once where at < now() - interval '1 day'`);
}

/** A form that nobody sent by the end of the day is nobody's business any more. */
async function forgetTyped(pool: pg.Pool): Promise<void> {
  await pool.query(`delete from typed_form where kept_at < now() - interval '12 hours'`);
  // Files that were given with it, or by a link that is over.
  await pool.query(`
    delete from given_file g where g.account_id is not null and g.at < now() - interval '12 hours'
      or exists (select 1 from one_time_link l
        where l.token_hash = g.link_hash and (l.used_at is not null or l.expires_at < now()))`);
}

/** Whoever is left on a list of invited members when its last day is over; the list keeps how many they were. */
export async function forgetInvited(pool: Pick<pg.Pool, 'query'>): Promise<void> {
  await pool.query(`
    with gone as (
      delete from invitation i using invitation_list l
      where l.id = i.list_id and l.ends_on < (now() at time zone 'Asia/Tokyo')::date returning i.list_id)
    update invitation_list l set lapsed = l.lapsed + g.count
    from (select list_id, count(*)::integer as count from gone group by list_id) g where l.id = g.list_id`);
}

type Row = { id: string; recipient: string; subject: string; body: string };

/** One letter, one transaction: it is marked as sent only after the mail server took it. */
async function drain(pool: pg.Pool, mailer: Mailer, log: Log): Promise<void> {
  for (;;) {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const { rows } = await client.query<Row>(next, [mostAttempts]);
      const [letter] = rows;
      if (letter) await sendOne(client, letter, mailer, log);
      await client.query('commit');
      if (!letter) return;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }
}

const next = `select id, recipient, subject, body from outbox
  where sent_at is null and attempts < $1 and queued_at + (power(2, attempts) - 1) * interval '1 minute' <= now()
  order by id limit 1 for update skip locked`;

async function sendOne(client: pg.PoolClient, letter: Row, mailer: Mailer, log: Log): Promise<void> {
  try {
    await mailer({ to: letter.recipient, subject: letter.subject, text: letter.body });
    await client.query(
      'update outbox set sent_at = now(), attempts = attempts + 1, fault = null where id = $1',
      [letter.id],
    );
  } catch (error) {
    log.warn({ letter: letter.id }, 'a letter could not be sent');
    await client.query('update outbox set attempts = attempts + 1, fault = $2 where id = $1', [
      letter.id,
      String(error).slice(0, 500),
    ]);
  }
}
