import type { Database } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import type { Surroundings } from '../kernel/clock.ts';

type Needs = Readonly<{ database: Database }> & Pick<Surroundings, 'now'>;
/** What a token is held to besides what it says itself. */
export type Standing = Readonly<{ scopes: string; generation: number; ends: Date | null }>;
type Known = Readonly<{ tokens: ReadonlySet<string>; clients: ReadonlyMap<string, Standing> }>;

/** How long what one process took back may still open another. */
const late = 5_000;

/**
 * Tokens that were taken back before their end, and how their clients stand: which are on, what they may do now. A token
 * says all by itself, so asking the database at every call would cost as much as the call; what is asked instead is kept
 * for five seconds.
 */
export function makeRevocation({ database, now }: Needs) {
  let known: Promise<Known> | undefined;
  let at = 0;
  const look = async (): Promise<Known> => {
    const [tokens, clients] = await Promise.all([
      database.rows<{ jti: string }>(sql`select jti from revoked_token where expires_at > ${now()}`),
      database.rows<Standing & { id: string }>(
        sql`select id, scopes, generation, ends_at as ends from api_client where disabled_at is null`,
      ),
    ]);
    return {
      tokens: new Set(tokens.map((row) => row.jti)),
      clients: new Map(clients.map((row) => [row.id, row])),
    };
  };
  /** A token that is younger than what is known was given for how its client stands since. `iat`: whole seconds. */
  const recent = (iat: number): Promise<Known> => {
    const age = now().getTime() - at;
    if (known === undefined || age < 0 || age > late || iat >= Math.floor(at / 1000)) {
      at = now().getTime();
      known = look();
      // What could not be read is asked again at once, not believed for five seconds.
      known.catch(() => {
        known = undefined;
      });
    }
    return known;
  };
  return {
    /** Takes a token back: here at once, elsewhere within five seconds. */
    revoke: async (jti: string, expires: Date): Promise<void> => {
      await database.rows(
        sql`insert into revoked_token (jti, expires_at) values (${jti}, ${expires}) on conflict do nothing`,
      );
      known = undefined;
    },
    /** A client was changed: its tokens are held to that, here at once, elsewhere within five seconds. */
    changed: (): void => {
      known = undefined;
    },
    /** How the client of a token stands now; undefined when the token was taken back, or the client is gone, off or over. */
    standing: async (jti: string, client: string, iat: number): Promise<Standing | undefined> => {
      const { tokens, clients } = await recent(iat);
      const found = clients.get(client);
      if (tokens.has(jti) || !found) return undefined;
      return found.ends === null || found.ends > now() ? found : undefined;
    },
  };
}
