import { createHash } from 'node:crypto';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { invalid, type Issue } from '../kernel/problem.ts';
import { showDate } from '../web/dates.ts';
import type { Upload } from '../web/upload.ts';
import { kindOfScan } from './kind.ts';
import { largestFile } from './recognise/limits.ts';
import type { ScanKind } from './recognise/page.ts';
import { text } from './text.ts';

type Fit = Readonly<{ name: string; bytes: Buffer; kind: ScanKind; digest: Buffer }>;

/**
 * Takes files in, all or none: they wait to be read, and whoever reads them is woken. Refuses, naming each, what is no
 * file of ours, too large, chosen twice, or came in before and was not thrown away. Returns how many.
 */
export async function takeIn(records: Records, files: readonly Upload[]): Promise<number> {
  if (files.length === 0) throw invalid({ path: 'files', says: text.filesMissing });
  const issues: Issue[] = [];
  const fit: Fit[] = [];
  for (const { name, bytes } of files) {
    const refuse = (says: Issue['says']): void =>
      void issues.push({ path: 'files', says: text.ofFile(name, says) });
    const kind = kindOfScan(bytes);
    const digest = createHash('sha256').update(bytes).digest();
    if (bytes.length > largestFile) refuse(text.tooLarge);
    else if (typeof kind !== 'string') refuse(kind);
    else if (fit.some((one) => one.digest.equals(digest))) refuse(text.sameTogether);
    else fit.push({ name: Array.from(name).slice(0, 150).join(''), bytes, kind, digest });
  }
  const before = await records.rows<{ digest: Buffer; at: Date }>(
    'tray',
    sql`select digest, at from scan where organization_id = ${records.actor.organization}::uuid and digest = any (${fit.map((one) => one.digest)}::bytea[])`,
  );
  for (const one of fit) {
    const known = before.find(({ digest }) => digest.equals(one.digest));
    if (!known) continue;
    const day = dayInTokyo(known.at);
    const says = text.sameFile({ ja: showDate(day, 'ja'), en: showDate(day, 'en') });
    issues.push({ path: 'files', says: text.ofFile(one.name, says) });
  }
  if (issues.length > 0) throw invalid(...issues);
  for (const { name, bytes, kind, digest } of fit)
    await records.run(
      sql`insert into scan (id, name, kind, bytes, size, digest, by_post, account, at)
        values (${records.newId()}::uuid, ${name}, ${kind}, ${bytes}, ${bytes.length}, ${digest},
          ${records.actor.post ?? null}::uuid, ${records.actor.account ?? null}::uuid, ${records.now}::timestamptz)`,
    );
  await records.run(sql`select pg_notify('outbox', '')`);
  return fit.length;
}
