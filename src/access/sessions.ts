import type { Organization } from '@medplum/fhirtypes';
import type { Database, Transaction } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import type { Surroundings } from '../kernel/clock.ts';
import { roles, type Role } from '../kernel/actor.ts';
import type { Language } from '../kernel/sentence.ts';
import { passwordMatches } from './password.ts';
import { sightOf } from './sight.ts';
import { hashSecret, newSecret } from './secrets.ts';

/** What a session still waits for; until then it opens nothing but that step. */
export type WaitsFor = 'second-factor' | 'enrolment';

type Held = Readonly<{
  /** Names the session on its owner's page. */
  id: string;
  account: string;
  login: string;
  name: string;
  role: Role;
  organization: string;
  language: Language;
  /** The token its forms carry. */
  csrf: string;
}>;

/**
 * Reviews that wait for this person, persons shared with their body, and what lies or waits for somebody on other servers:
 * undefined for a body that works with none. `holdsSessions`: the body runs a program that has gatherings.
 */
export type Counts = Readonly<{
  reviews: number;
  shared: number;
  elsewhere?: number;
  /** What of the body says which programs it runs. */
  body?: Pick<Organization, 'extension' | 'address'>;
}>;

/** A session that holds: whose it is. */
export type Session = Held &
  Readonly<{
    organizationName: string;
    post: string | undefined;
    /** When its owner last proved who they are. */
    proved: Date;
    /** What the menu counts; undefined where no menu was asked for. */
    counts: Counts | undefined;
  }>;

/** The password was right; a second proof is missing. */
export type Entering = Held & Readonly<{ waitsFor: WaitsFor }>;

/** Whoever was let in so far: the cookie's secret and what is still missing. */
export type Begun = Readonly<{ secret: string; waitsFor: WaitsFor | undefined; account: string }>;
/** `ended`: the password was right, and the account was stopped or its post is over. */
export type NotBegun = Readonly<{ refused: 'wrong' | 'ended'; account?: string }>;

const [minutes, hours] = [60_000, 3_600_000];
/** A working day at most, and an hour without a click; ten minutes to find the telephone with the codes on it. */
export const lifetime = { whole: 12 * hours, idle: 1 * hours, entering: 10 * minutes };

/** How a login is looked up, however it was typed. */
export const loginOf = (typed: string): string => typed.trim().toLowerCase();

export type Sessions = ReturnType<typeof makeSessions>;
export type SessionNeeds = Readonly<{
  database: Database;
  /** `required`: nobody gets in by a password alone. */
  secondFactor: 'required' | 'optional';
}> &
  Pick<Surroundings, 'now'>;

/** Accounts that may be used now. */
const usable = (at: Date) => sql`a.disabled_at is null and post_holds(a.post_id, ${at}::timestamptz)`;
const hasFactor = sql`(exists (select 1 from totp t where t.account_id = a.id) or exists (select 1 from passkey p where p.account_id = a.id))`;

export function makeSessions({ database, now, secondFactor }: SessionNeeds) {
  /** Makes a session; `device` is what the browser says it is. */
  const start = async (
    account: string,
    device: string,
    waitsFor: WaitsFor | undefined,
    rows: Transaction['rows'] = database.rows,
  ): Promise<Begun> => {
    const [secret, at] = [newSecret(), now()];
    const lasts = waitsFor === undefined ? lifetime.whole : lifetime.entering;
    await rows(sql`insert into session (token_hash, account_id, csrf, created_at, seen_at, expires_at, waits_for, proved_at, device)
      values (${hashSecret(secret)}, ${account}, ${newSecret()}, ${at}, ${at}, ${new Date(at.getTime() + lasts)},
        ${waitsFor ?? null}, ${at}, ${device.slice(0, 300)})`);
    return { secret, waitsFor, account };
  };

  const standing = async (account: string): Promise<Readonly<{ usable: boolean; has_factor: boolean }>> => {
    const [row] = await database.rows<{ usable: boolean; has_factor: boolean }>(
      sql`select ${usable(now())} as usable, ${hasFactor} as has_factor from account a where a.id = ${account}::uuid`,
    );
    return row ?? { usable: false, has_factor: false };
  };

  /** One proof was shown: what is still missing is up to the account and the rules of the place. */
  const afterOne = async (account: string, device: string): Promise<Begun | NotBegun> => {
    const stands = await standing(account);
    if (!stands.usable) return { refused: 'ended', account };
    return start(
      account,
      device,
      stands.has_factor ? 'second-factor' : secondFactor === 'required' ? 'enrolment' : undefined,
    );
  };

  /** Two proofs were shown at once, as by a passkey whose device asked for a finger or a number. */
  const afterBoth = async (account: string, device: string): Promise<Begun | NotBegun> =>
    (await standing(account)).usable ? start(account, device, undefined) : { refused: 'ended', account };

  /** The row behind a cookie, whatever it waits for; with what the menu counts, in the same statement. */
  const look = async (secret: string, counted: boolean): Promise<SessionRow | undefined> => {
    const at = now();
    const [row] = await database.rows<SessionRow>(sql`
      select s.id, s.csrf, s.seen_at, s.waits_for, s.proved_at, a.id as account, a.login, a.name, a.role, a.organization_id,
        a.post_id, a.language, organization_name(a.organization_id) as organization_name, m.reviews, m.shared,
        case when ${counted} then partner_menu(a.organization_id) end as elsewhere,
        case when ${counted} then menu_body(a.organization_id) end as body
      from session s join account a on a.id = s.account_id
        left join lateral (select * from menu_counts(a.organization_id, a.post_id, coalesce(${audiences}::jsonb ->> a.role, 'nobody'), a.role) where ${counted}) m on true
      where s.token_hash = ${hashSecret(secret)} and s.revoked_at is null and ${usable(at)}
        and s.expires_at > ${at} and s.seen_at > ${new Date(at.getTime() - lifetime.idle)}`);
    if (row && at.getTime() - row.seen_at.getTime() > minutes)
      await database.rows(sql`update session set seen_at = ${at} where token_hash = ${hashSecret(secret)}`);
    return row;
  };

  return {
    afterOne,
    afterBoth,

    /** Lets somebody in with login and password, as far as that goes. */
    begin: async (login: string, password: string, device = ''): Promise<Begun | NotBegun> => {
      const [account] = await database.rows<{ id: string; password_hash: string | null }>(
        sql`select id, password_hash from account where login = ${loginOf(login)}`,
      );
      if (!(await passwordMatches(account?.password_hash ?? undefined, password)) || !account)
        return { refused: 'wrong', ...(account ? { account: account.id } : {}) };
      return afterOne(account.id, device);
    },

    /**
     * The session behind a cookie; marks it seen at most once a minute. None for one that still waits. `counted`: with what
     * the menu counts, for an answer that has a menu.
     */
    find: async (secret: string, counted = false): Promise<Session | undefined> => {
      const row = await look(secret, counted);
      const held = row && heldIn(row);
      if (!held || row.waits_for !== null) return undefined;
      return {
        ...held,
        organizationName: row.organization_name ?? '',
        post: row.post_id ?? undefined,
        proved: row.proved_at ?? new Date(0),
        counts:
          row.reviews === null || row.shared === null
            ? undefined
            : {
                reviews: row.reviews,
                shared: row.shared,
                ...(row.elsewhere === null ? {} : { elsewhere: row.elsewhere }),
                ...(row.body === null ? {} : { body: row.body }),
              },
      };
    },

    /** Whose session a form's token is of, even when it has ended: only pages of that session know the token. */
    accountOf: async (csrf: string): Promise<string | undefined> => {
      const [row] = await database.rows<{ account_id: string }>(
        sql`select account_id from session where csrf = ${csrf}`,
      );
      return row?.account_id;
    },

    /** Somebody on the way in. */
    findEntering: async (secret: string): Promise<Entering | undefined> => {
      const row = await look(secret, false);
      const held = row && heldIn(row);
      return held && row.waits_for !== null ? { ...held, waitsFor: row.waits_for } : undefined;
    },

    /** The second proof was shown: a new session with a new secret takes the place of the one that waited. */
    complete: async (entering: Entering, device: string): Promise<Begun | undefined> =>
      database.transaction(async ({ rows }) => {
        const ended = await rows(
          sql`update session set revoked_at = ${now()} where id = ${entering.id}::uuid and revoked_at is null returning id`,
        );
        return ended.length === 0 ? undefined : start(entering.account, device, undefined, rows);
      }),

    /** Whose a cookie was that opens nothing any more; undefined for one that never was ours. */
    endedOf: async (secret: string): Promise<Readonly<{ account: string; why: string }> | undefined> => {
      const at = now();
      const [row] = await database.rows<{ account: string; why: string }>(sql`
        select s.account_id as account, case when s.revoked_at is not null then 'ended' when s.waits_for is not null then 'waiting'
          when s.expires_at <= ${at} or s.seen_at <= ${new Date(at.getTime() - lifetime.idle)} then 'lapsed' else 'account stopped' end as why
        from session s where s.token_hash = ${hashSecret(secret)}`);
      return row;
    },

    /** Its owner proved again who they are: the session goes on under a new secret, the old one is void. */
    prove: async (id: string): Promise<string> => {
      const secret = newSecret();
      await database.rows(
        sql`update session set proved_at = ${now()}, token_hash = ${hashSecret(secret)} where id = ${id}::uuid and revoked_at is null`,
      );
      return secret;
    },

    end: async (secret: string): Promise<string | undefined> => {
      const [row] = await database.rows<{ account: string }>(
        sql`update session set revoked_at = ${now()} where token_hash = ${hashSecret(secret)} and revoked_at is null
          returning account_id as account`,
      );
      return row?.account;
    },
  };
}

/**
 * Ends somebody's sessions, all or all but the one with that id, and forgets the browsers they were in: a device that was
 * lost is not known any more.
 */
export async function endSessions(
  rows: Transaction['rows'],
  account: string,
  at: Date,
  but?: string,
): Promise<void> {
  await rows(sql`update session set revoked_at = ${at} where account_id = ${account}::uuid and revoked_at is null
    and id is distinct from ${but ?? null}::uuid`);
  await rows(sql`delete from known_device where account_id = ${account}::uuid`);
}

type SessionRow = {
  id: string;
  csrf: string;
  seen_at: Date;
  waits_for: WaitsFor | null;
  proved_at: Date | null;
  account: string;
  login: string;
  name: string;
  role: string;
  organization_id: string;
  post_id: string | null;
  language: Language;
  organization_name: string | null;
  reviews: number | null;
  shared: number | null;
  elsewhere: number | null;
  body: NonNullable<Counts['body']> | null;
};

/** As whom each role sees persons, for the counts. */
const audiences = JSON.stringify(Object.fromEntries(roles.map((role) => [role, sightOf(role).audience])));

const isRole = (value: string): value is Role => (roles as readonly string[]).includes(value);

const heldIn = (row: SessionRow): Held | undefined =>
  isRole(row.role)
    ? {
        id: row.id,
        account: row.account,
        login: row.login,
        name: row.name,
        role: row.role,
        organization: row.organization_id,
        language: row.language,
        csrf: row.csrf,
      }
    : undefined;
