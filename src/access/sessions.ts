import type { Database } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import type { Surroundings } from '../kernel/clock.ts';
import { roles, type Role } from '../kernel/actor.ts';
import type { Language } from '../kernel/sentence.ts';
import { passwordMatches } from './password.ts';
import { hashSecret, newSecret } from './secrets.ts';

/** A session that holds: whose it is and the token its forms carry. */
export type Session = Readonly<{
  account: string;
  name: string;
  role: Role;
  organization: string;
  organizationName: string;
  post: string | undefined;
  language: Language;
  csrf: string;
}>;

const hours = 3_600_000;
/** A working day at most, and an hour without a click. */
export const lifetime = { whole: 12 * hours, idle: 1 * hours };

/** How a login is looked up, however it was typed. */
export const loginOf = (typed: string): string => typed.trim().toLowerCase();

export type Sessions = ReturnType<typeof makeSessions>;

export function makeSessions({ database, now }: { database: Database } & Pick<Surroundings, 'now'>) {
  return {
    /** The cookie's secret for a right login and password, else undefined. */
    begin: async (login: string, password: string): Promise<string | undefined> => {
      const [account] = await database.rows<{ id: string; password_hash: string }>(
        sql`select id, password_hash from account where login = ${loginOf(login)} and disabled_at is null`,
      );
      if (!(await passwordMatches(account?.password_hash, password)) || !account) return undefined;
      const secret = newSecret();
      const at = now();
      await database.rows(sql`insert into session (token_hash, account_id, csrf, created_at, seen_at, expires_at) values
        (${hashSecret(secret)}, ${account.id}, ${newSecret()}, ${at}, ${at}, ${new Date(at.getTime() + lifetime.whole)})`);
      return secret;
    },

    /** The session behind a cookie; marks it seen at most once a minute. */
    find: async (secret: string): Promise<Session | undefined> => {
      const at = now();
      const [row] = await database.rows<SessionRow>(sql`
        select s.csrf, s.seen_at, a.id as account, a.name, a.role, a.organization_id, a.post_id, a.language,
          organization_name(a.organization_id) as organization_name
        from session s join account a on a.id = s.account_id
        where s.token_hash = ${hashSecret(secret)} and s.revoked_at is null and a.disabled_at is null
          and s.expires_at > ${at} and s.seen_at > ${new Date(at.getTime() - lifetime.idle)}`);
      if (!row || !isRole(row.role)) return undefined;
      if (at.getTime() - row.seen_at.getTime() > 60_000)
        await database.rows(sql`update session set seen_at = ${at} where token_hash = ${hashSecret(secret)}`);
      return {
        account: row.account,
        name: row.name,
        role: row.role,
        organization: row.organization_id,
        organizationName: row.organization_name ?? '',
        post: row.post_id ?? undefined,
        language: row.language,
        csrf: row.csrf,
      };
    },

    /** Whose session a form's token is of, even when it has ended: only pages of that session know the token. */
    accountOf: async (csrf: string): Promise<string | undefined> => {
      const [row] = await database.rows<{ account_id: string }>(
        sql`select account_id from session where csrf = ${csrf}`,
      );
      return row?.account_id;
    },

    end: async (secret: string): Promise<void> => {
      await database.rows(
        sql`update session set revoked_at = ${now()} where token_hash = ${hashSecret(secret)}`,
      );
    },
  };
}

type SessionRow = {
  csrf: string;
  seen_at: Date;
  account: string;
  name: string;
  role: string;
  organization_id: string;
  post_id: string | null;
  language: Language;
  organization_name: string | null;
};

const isRole = (value: string): value is Role => (roles as readonly string[]).includes(value);
