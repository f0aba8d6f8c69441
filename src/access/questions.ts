import type { Request } from 'express';
import type { Database } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import type { Surroundings } from '../kernel/clock.ts';
import { cookieOf, setCookie } from './cookies.ts';
import { hashSecret, newSecret } from './secrets.ts';

export type Questions = ReturnType<typeof makeQuestions>;
type Needs = Readonly<{ database: Database; secure: boolean }> & Pick<Surroundings, 'now'>;
/** `passkey`: a challenge that a device signs. `outside`: what another sign-in service was asked. */
type Purpose = 'passkey' | 'outside';

const seconds = 600;

/**
 * Questions that are answered once, by the browser that was asked, within ten minutes: the answer of another browser, a
 * second answer and a late one find nothing.
 */
export function makeQuestions({ database, secure, now }: Needs) {
  return {
    /** Keeps what was asked; returns the header that binds it to this browser. */
    ask: async (purpose: Purpose, content: Readonly<Record<string, string>>): Promise<string> => {
      const secret = newSecret();
      const until = new Date(now().getTime() + seconds * 1000);
      await database.rows(sql`insert into entry_question (token_hash, purpose, content, expires_at)
        values (${hashSecret(secret)}, ${purpose}, ${JSON.stringify(content)}::jsonb, ${until})`);
      return setCookie(purpose, secret, { secure, seconds });
    },

    /** What this browser was asked, and nothing a second time. */
    take: async (req: Request, purpose: Purpose): Promise<Readonly<Record<string, string>> | undefined> => {
      const secret = cookieOf(req, purpose, secure);
      if (secret === undefined) return undefined;
      const [row] = await database.rows<{ content: Record<string, string>; expires_at: Date }>(
        sql`delete from entry_question where token_hash = ${hashSecret(secret)} and purpose = ${purpose} returning content, expires_at`,
      );
      return row !== undefined && row.expires_at > now() ? row.content : undefined;
    },
  };
}
