import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type pg from 'pg';
import type { Line, Seal } from './chain.ts';
import { readHandovers, type Handover } from './handover.ts';
import { keptKeys, readLines, readSeals } from './lines.ts';
import { firstId } from './seal.ts';

/** The log as it is verified and exported: rows, each time followed by the seal that stands for them. */
export type Part =
  | Readonly<{ keys: readonly string[]; handovers: readonly Handover[] }>
  | Readonly<{ lines: readonly Line[] }>
  | Readonly<{ seal: Seal }>;

const page = 5000;
const afterAll = '9223372036854775807';

/** A live database, read in one snapshot while it is being used. */
export async function* partsOfDatabase(client: pg.ClientBase): AsyncGenerator<Part> {
  await client.query('begin transaction isolation level repeatable read read only');
  try {
    yield { keys: await keptKeys(client), handovers: await readHandovers(client) };
    let after = firstId;
    let next: Promise<Line[]> | undefined;
    let waiting: readonly Line[] = [];
    // The page after the one at hand is fetched meanwhile.
    const more = async (): Promise<boolean> => {
      next ??= readLines(client, { after, until: afterAll, most: page });
      waiting = await next;
      after = waiting.at(-1)?.id ?? after;
      next = waiting.length < page ? undefined : readLines(client, { after, until: afterAll, most: page });
      next?.catch(() => undefined);
      return waiting.length > 0;
    };
    for await (const seal of sealsOf(client)) {
      const until = BigInt(seal.untilId);
      while (waiting.length > 0 || (await more())) {
        const beyond = waiting.findIndex(({ id }) => BigInt(id) > until);
        const mine = beyond < 0 ? waiting : waiting.slice(0, beyond);
        waiting = beyond < 0 ? [] : waiting.slice(beyond);
        if (mine.length > 0) yield { lines: mine };
        if (beyond >= 0) break;
      }
      yield { seal };
    }
    while (waiting.length > 0 || (await more())) {
      yield { lines: waiting };
      waiting = [];
    }
  } finally {
    await client.query('rollback');
  }
}

async function* sealsOf(client: pg.ClientBase): AsyncGenerator<Seal> {
  let after = 0;
  for (;;) {
    const seals = await readSeals(client, after, 500);
    yield* seals;
    after = seals.at(-1)?.number ?? after;
    if (seals.length < 500) return;
  }
}

const handoverToText = ({ head, byOld, byNew, ...facts }: Handover): HandoverText => ({
  ...facts,
  head: head.toString('hex'),
  byOld: byOld.toString('base64'),
  byNew: byNew.toString('base64'),
});

const toText = (seal: Seal): string =>
  JSON.stringify({
    seal: {
      ...seal,
      marks: seal.marks.toString('base64'),
      head: seal.head.toString('hex'),
      signature: seal.signature.toString('base64'),
    },
  });

/** Each part as lines of an export: JSON, one a line; rows are arrays, seals objects. */
export function linesOfPart(part: Part): readonly string[] {
  if ('keys' in part)
    return [JSON.stringify({ log: 1, keys: part.keys, handovers: part.handovers.map(handoverToText) })];
  return 'seal' in part ? [toText(part.seal)] : part.lines.map(({ line }) => line);
}

type HandoverText = Omit<Handover, 'head' | 'byOld' | 'byNew'> & Record<'head' | 'byOld' | 'byNew', string>;
type SealText = Omit<Seal, 'marks' | 'head' | 'signature'> & Record<'marks' | 'head' | 'signature', string>;

/** An export. Throws a sentence at a line that is none of its. */
export async function* partsOfFile(name: string): AsyncGenerator<Part> {
  let lines: Line[] = [];
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(name, 'utf8'), crlfDelay: Infinity })) {
    number += 1;
    const id = /^\[(-?\d+),/.exec(text)?.[1];
    if (id !== undefined) {
      lines.push({ id, line: text });
      if (lines.length < page) continue;
    }
    if (lines.length > 0) yield { lines };
    lines = [];
    if (id !== undefined || text === '') continue;
    yield readObject(text, number);
  }
  if (lines.length > 0) yield { lines };
}

function readObject(text: string, number: number): Part {
  try {
    const value = JSON.parse(text) as
      { seal: SealText } | { log: number; keys: string[]; handovers?: HandoverText[] };
    if ('log' in value)
      return {
        keys: value.keys,
        handovers: (value.handovers ?? []).map((one) => ({
          ...one,
          head: Buffer.from(one.head, 'hex'),
          byOld: Buffer.from(one.byOld, 'base64'),
          byNew: Buffer.from(one.byNew, 'base64'),
        })),
      };
    const { marks, head, signature, ...facts } = value.seal;
    return {
      seal: {
        ...facts,
        marks: Buffer.from(marks, 'base64'),
        head: Buffer.from(head, 'hex'),
        signature: Buffer.from(signature, 'base64'),
      },
    };
  } catch {
    throw new Error(`Line ${String(number)} is no line of an exported access log.`);
  }
}
