import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import type { Surroundings } from '../kernel/clock.ts';
import { lifetime } from './sessions.ts';

/** A form as somebody left it. `file`: a file or a drawn signature was with it; `unsent`: it was sent after its session ended. */
const Typed = z.object({
  values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  file: z.boolean(),
  unsent: z.boolean(),
});
export type Typed = Readonly<z.infer<typeof Typed>>;

const Carried = z.object({ account: z.string(), page: z.string(), until: z.number(), typed: Typed });

/** What is typed in the morning is there until the end of the day. */
const keptFor = lifetime.whole;
/** Forms kept for one account; the oldest goes first. */
const mostForms = 20;
/** Bytes of one form: far more than the longest takes. */
const mostBytes = 200_000;

export type TypedForms = ReturnType<typeof makeTypedForms>;

/**
 * What people typed and have not sent: kept for an account and the address of the form's page. It is as personal as a
 * record, so it is sealed with a key that the database does not have, for that account and page alone.
 */
export function makeTypedForms({
  database,
  now,
  secret,
}: Readonly<{ database: Database; secret: string }> & Pick<Surroundings, 'now'>) {
  const key = createHmac('sha256', secret).update('typed forms').digest();

  const keep = async (account: string, page: string, typed: Typed): Promise<void> => {
    const content = JSON.stringify(typed);
    if (Buffer.byteLength(content) > mostBytes) return;
    const sealed = seal(key, content, `${account} ${page}`);
    await database.rows(sql`
      insert into typed_form (account_id, page, sealed, kept_at) values (${account}, ${page}, ${sealed}, ${now()})
      on conflict (account_id, page) do update set sealed = excluded.sealed, kept_at = excluded.kept_at`);
    await database.rows(sql`
      delete from typed_form where account_id = ${account} and page in (select page from typed_form
        where account_id = ${account} order by kept_at desc, page offset ${mostForms})`);
  };

  return {
    /** Keeps a form until it is sent, emptied, or the day is over. One that is far too long is not kept. */
    keep,

    /** The form as this account left it on that page. */
    find: async (account: string, page: string): Promise<Typed | undefined> => {
      const [row] = await database.rows<{ sealed: Buffer }>(sql`
        select sealed from typed_form where account_id = ${account} and page = ${page}
          and kept_at > ${new Date(now().getTime() - keptFor)}`);
      return row && read(Typed, open(key, row.sealed, `${account} ${page}`));
    },

    forget: async (account: string, page: string): Promise<void> => {
      await database.rows(sql`delete from typed_form where account_id = ${account} and page = ${page}`);
    },

    /**
     * A form as a text that the sign-in page carries along: nothing is stored for somebody who is not signed in, nobody
     * at the same screen can read it, and nobody else can have made it. Undefined when it is too long for that.
     */
    carry: (account: string, page: string, typed: Typed): string | undefined => {
      const until = now().getTime() + keptFor;
      const content = JSON.stringify({ account, page, until, typed } satisfies z.infer<typeof Carried>);
      return Buffer.byteLength(content) > mostBytes
        ? undefined
        : seal(key, content, 'carried').toString('base64url');
    },

    /** Keeps what was carried for whoever typed it, now signed in again; its page, undefined for anybody else. */
    takeUp: async (carried: string, account: string): Promise<string | undefined> => {
      const found = read(Carried, open(key, Buffer.from(carried, 'base64url'), 'carried'));
      if (found?.account !== account || found.until < now().getTime()) return undefined;
      await keep(account, found.page, found.typed);
      return found.page;
    },
  };
}

const [cipher, ivBytes, tagBytes] = ['aes-256-gcm', 12, 16] as const;

function seal(key: Buffer, content: string, purpose: string): Buffer {
  const iv = randomBytes(ivBytes);
  const sealing = createCipheriv(cipher, key, iv).setAAD(Buffer.from(purpose));
  return Buffer.concat([iv, sealing.update(content, 'utf8'), sealing.final(), sealing.getAuthTag()]);
}

/** What was sealed for that purpose with that key; undefined for anything else. */
function open(key: Buffer, sealed: Buffer, purpose: string): string | undefined {
  if (sealed.length < ivBytes + tagBytes) return undefined;
  const opening = createDecipheriv(cipher, key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes })
    .setAAD(Buffer.from(purpose))
    .setAuthTag(sealed.subarray(-tagBytes));
  try {
    const content = opening.update(sealed.subarray(ivBytes, -tagBytes));
    return Buffer.concat([content, opening.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** A form of an earlier version of the program may look otherwise: then it is as if it were not there. */
function read<T>(schema: z.ZodType<T>, content: string | undefined): T | undefined {
  if (content === undefined) return undefined;
  const found = schema.safeParse(JSON.parse(content));
  return found.success ? found.data : undefined;
}
