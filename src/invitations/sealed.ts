import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Seal } from '../access/seal.ts';
import type { Actor } from '../kernel/actor.ts';
import { columns, type Column } from './file/columns.ts';
import type { Member } from './file/member.ts';

/** Long enough to look through a list, short enough for a screen that is left alone. */
const minutes = 60;
/** Bytes of what a list of the most people comes to. */
const largest = 8_000_000;

const Carried = z.object({
  until: z.number(),
  program: z.string(),
  title: z.string(),
  rows: z.array(z.tuple([z.number()], z.string())),
});

export type Previewed = Readonly<{ program: string; title: string; members: readonly Member[] }>;

/** For that insurer and account alone: nobody else can send it, and nobody can change what was looked at. */
const about = ({ organization, account }: Actor): string => `invitations ${organization} ${account ?? ''}`;

/** A list as a text that goes to the preview and comes back with it, so that nothing is kept before somebody says so. */
export function closeList(seal: Seal, actor: Actor, list: Previewed, now: Date): string {
  const carried: z.infer<typeof Carried> = {
    until: now.getTime() + minutes * 60_000,
    program: list.program,
    title: list.title,
    rows: list.members.map((member) => [member.line, ...columns.map((column) => member[column])]),
  };
  return seal.close(gzipSync(JSON.stringify(carried)).toString('base64'), about(actor)).toString('base64url');
}

/** The list that was looked at; undefined for what is not of this account, was changed, or lay too long. */
export function openList(seal: Seal, actor: Actor, sealed: string, now: Date): Previewed | undefined {
  const plain = seal.open(Buffer.from(sealed, 'base64url'), about(actor))?.plain;
  if (plain === undefined) return undefined;
  const bytes = gunzipSync(Buffer.from(plain, 'base64'), { maxOutputLength: largest });
  const { until, rows, ...list } = Carried.parse(JSON.parse(bytes.toString('utf8')));
  if (until < now.getTime()) return undefined;
  const memberOf = ([line, ...cells]: (typeof rows)[number]): Member => ({
    ...(Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])) as Record<Column, string>),
    line,
  });
  return { ...list, members: rows.map(memberOf) };
}
