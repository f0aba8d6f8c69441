import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { silentLog } from '../../src/kernel/log.ts';
import { running } from '../../src/programs/record.ts';
import { readWaiting } from '../../src/scans/reading.ts';
import { takeIn } from '../../src/scans/take-in.ts';
import { readTray, type TrayPage } from '../../src/scans/queries.ts';
import type { RecognisedPage } from '../../src/scans/recognise/page.ts';
import type { Recognise } from '../../src/scans/recognise/recognise.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { makeScene as referralScene, programs } from '../referral/fixture.ts';

const found = programs.find((one) => one.id === 'nabari');
if (!found) throw new Error('forms/nabari is gone');
export const nabari = found;
export { programs };

/** A small picture of paper; each with another mark, so that no two are the same file. */
export const paper = (mark: number): Promise<Buffer> =>
  sharp({ create: { width: 60 + mark, height: 90, channels: 3, background: '#ffffff' } })
    .png()
    .toBuffer();

export const page = async (number: number, given: Partial<RecognisedPage> = {}): Promise<RecognisedPage> => ({
  number,
  png: await paper(number),
  width: 60,
  height: 90,
  code: undefined,
  why: given.code ? undefined : 'none',
  ...given,
});

/** A clinic and offices that run Nabari's program, and a reader of files that a test tells what it sees. */
export async function makeScene() {
  const scene = await referralScene();
  const { bodies, open, owner } = scene;
  for (const body of [bodies.office, bodies.otherOffice, bodies.clinic]) {
    const { rows } = await owner.query<{
      content: Parameters<typeof running>[0] & { meta: object };
      version: number;
    }>('select content, version from organization where id = $1', [body.id]);
    const [row] = rows;
    if (!row) throw new Error('no such body');
    const version = row.version + 1;
    const meta = { ...row.content.meta, versionId: String(version) };
    await owner.query('update organization set version = $2, content = $3 where id = $1', [
      body.id,
      version,
      running({ ...row.content, meta } as typeof row.content, ['nabari']),
    ]);
  }
  let sees: Recognise = () => Promise.resolve([]);
  let opened = 0;
  const read = (how = sees, stopped = new AbortController().signal): Promise<void> =>
    readWaiting({
      pool: owner,
      open: (...given) => {
        opened += 1;
        return open(...given);
      },
      log: silentLog(),
      recognise: how,
      stopped,
    });
  /** Brings one file in, in which these pages are seen; those that wait in the tray then. */
  async function bring(actor: Actor, pages: readonly RecognisedPage[]): Promise<readonly TrayPage[]> {
    const before = new Set((await open(actor, readTray)).pages.map((one) => one.id));
    const bytes = await sharp({
      create: { width: 50, height: 50, channels: 3, background: `#${randomUUID().slice(0, 6)}` },
    })
      .png()
      .toBuffer();
    await open(actor, (records) => takeIn(records, [{ name: 'fax.png', bytes }]));
    sees = () => Promise.resolve(pages);
    await read();
    return (await open(actor, readTray)).pages.filter((one) => !before.has(one.id));
  }
  return {
    ...scene,
    read,
    /** Transactions that the reader has opened so far. */
    opened: () => opened,
    bring,
    seeing: (how: Recognise): void => void (sees = how),
    tray: (actor: Actor) => open(actor, readTray),
  };
}
export type Scene = Awaited<ReturnType<typeof makeScene>>;
