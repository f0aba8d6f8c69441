import sharp from 'sharp';
import { sql } from '../database/sql.ts';
import { buildProvenance } from '../fhir/provenance.ts';
import type { Records } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import { conflict, notFound } from '../kernel/problem.ts';
import { readPage, type ScanPage } from './queries.ts';
import { mostPixels } from './recognise/limits.ts';
import { buildDocument } from './record.ts';
import { text, type What } from './text.ts';

/** Where a page goes: into the record of a person, and of one of their referrals where it belongs to one. */
export type Place = Readonly<{ patient: string; task: string | undefined; what: What }>;

/** A page that still waits, with its picture, held for this transaction. */
export async function pageInTray(records: Records, id: string): Promise<ScanPage & { png: Buffer }> {
  const page = await readPage(records, id, { picture: true, lock: true });
  if (!page) throw notFound();
  if (page.state !== 'tray' || page.png === null) throw conflict(text.goneBefore.ja, text.goneBefore.en);
  return { ...page, png: page.png };
}

/** The picture as somebody turned it. */
export const turned = ({ png, turn: by }: Readonly<{ png: Buffer; turn: number }>): Promise<Buffer> =>
  by === 0 ? Promise.resolve(png) : sharp(png, { limitInputPixels: mostPixels }).rotate(by).png().toBuffer();

/**
 * Files a page of the tray by hand or by its code. Refuses a person or referral that the actor does not see, and a page
 * that somebody else has sorted meanwhile. Returns the id of the document.
 */
export async function fileInRecord(records: Records, id: string, place: Place): Promise<string> {
  const page = await pageInTray(records, id);
  await records.read('Patient', place.patient);
  if (place.task !== undefined) {
    const task = await records.read('Task', place.task);
    if (task.for?.reference !== `Patient/${place.patient}`) throw notFound();
  }
  const made = await keepDocument(records, page, place);
  await markFiled(records, page.id, { ...place, document: made });
  return made;
}

/** Writes document, picture and who put it there. */
async function keepDocument(
  records: Records,
  page: ScanPage & { png: Buffer },
  place: Place,
): Promise<string> {
  const ids = { binary: records.newId(), document: records.newId() };
  const at = records.now.toISOString();
  const { organization, post } = records.actor;
  await records.write([
    ...buildDocument(
      {
        patient: place.patient,
        what: place.what,
        title: titleOf(page, place.what),
        png: await turned(page),
        about: place.task === undefined ? [] : [reference('Task', place.task)],
        author: undefined,
        custodian: organization,
        at,
      },
      ids,
    ),
    buildProvenance({
      id: records.newId(),
      targets: [reference('DocumentReference', ids.document)],
      patient: place.patient,
      organization,
      by: post,
      at,
      activity: 'CREATE',
    }),
  ]);
  return ids.document;
}

export const titleOf = (
  { sheet_page: n, number }: Pick<ScanPage, 'sheet_page' | 'number'>,
  what: What,
): string => `${text.whats[what].ja}（${String(n ?? number)}ページ目）`;

export async function markFiled(
  records: Records,
  id: string,
  place: Readonly<{ patient: string; task: string | undefined; document: string }>,
): Promise<void> {
  await records.run(
    sql`update scan_page set state = 'filed', png = null, why = null, patient_id = ${place.patient}::uuid, task_id = ${place.task ?? null}::uuid,
        document_id = ${place.document}::uuid, done_by = ${records.actor.post ?? null}::uuid, done_at = ${records.now}::timestamptz
      where id = ${id}::uuid`,
  );
}

/** Turns a page further, clockwise. */
export async function turn(records: Records, id: string, by: 90 | 180 | 270): Promise<void> {
  await pageInTray(records, id);
  await records.run(sql`update scan_page set turn = (turn + ${by}) % 360 where id = ${id}::uuid`);
}

/** Erases the picture; who did it and why stays. The same file may come in once more. */
export async function throwAway(records: Records, id: string, why: string): Promise<void> {
  const page = await pageInTray(records, id);
  await records.run(
    sql`update scan_page set state = 'thrown', png = null, reason = ${why}, done_by = ${records.actor.post ?? null}::uuid,
      done_at = ${records.now}::timestamptz where id = ${id}::uuid`,
  );
  await records.run(sql`update scan set digest = null where id = ${page.scan}::uuid`);
}

/** A file that could not be read, and that somebody has seen: the line goes. */
export async function putAway(records: Records, id: string): Promise<void> {
  await records.run(
    sql`update scan set state = 'read', digest = null, bytes = null where id = ${id}::uuid and state = 'refused'`,
  );
}
