import type { Sentence } from '../../kernel/sentence.ts';
import { beginning, chainOf, headOf, markLength, markOf, type Line, type Seal } from './chain.ts';
import { isTrusted, trustFrom, type Handover, type Trust } from './handover.ts';
import { readKeys, type Keys } from './key.ts';
import type { Part } from './parts.ts';
import { firstId } from './seal.ts';
import { text } from './verify-text.ts';

/** A place where the log is not what was sealed. */
export type Break = Readonly<{ seal: number; says: Sentence }>;
/** A head that was kept elsewhere: the log must still have it. */
export type KeptHead = Readonly<{ number: number; head: string }>;

export type Verdict = Readonly<{
  rows: number;
  seals: number;
  /** Rows after the last seal. */
  unsealed: number;
  lastSealedAt: string | undefined;
  lastHead: string | undefined;
  /** The first breaks, in the order of the log; none in a log that is whole. */
  breaks: readonly Break[];
  /** How many there are in all. */
  broken: number;
  /** Public keys that the log itself brought, for whom the caller trusts no others. */
  ownKeys: readonly string[];
  /** Changes of the key by which seals are trusted that the given keys did not sign. */
  handovers: readonly Handover[];
}>;

type Given = Readonly<{
  parts: AsyncIterable<Part>;
  /** Without keys the log's own are used: they show damage, and no forgery by who can write keys. */
  keys: Keys | undefined;
  heads?: readonly KeptHead[];
}>;

const mostBreaks = 20;
/** Rows kept until their seal comes: far more than one seal stands for. A log that was never sealed is only counted. */
const mostPending = 50_000;
/** Every head hangs on all before it, so one good signature vouches for the seals before; each is looked at when one is not. */
const signedEvery = 64;

/** Goes through a log once, from its first row, in memory of a few thousand rows. */
export async function verifyLog({ parts, keys: trusted, heads = [] }: Given): Promise<Verdict> {
  const breaks: Break[] = [];
  let broken = 0;
  const found = (seal: number, says: Sentence): void => {
    broken += 1;
    if (breaks.length < mostBreaks) breaks.push({ seal, says });
  };
  let trust: Trust = trustFrom(trusted ?? new Map(), []);
  let ownKeys: readonly string[] = [];
  let [rows, seals, since] = [0, 0, 0];
  let pending: Line[] = [];
  let unchecked: Seal[] = [];
  let last: Seal | undefined;
  const wanted = new Map(heads.map(({ number, head }) => [number, head]));

  const checkSignatures = (): void => {
    const sameKey = unchecked.every(({ key }) => key === unchecked[0]?.key);
    const newest = unchecked.at(-1);
    const doubtful = newest && sameKey && isTrusted(trust, newest) ? [] : unchecked;
    const bad = doubtful.filter((seal) => !isTrusted(trust, seal));
    for (const seal of bad) found(seal.number, signatureFault(trust, seal));
    unchecked = [];
  };

  for await (const part of parts) {
    if ('keys' in part) {
      ownKeys = part.keys;
      trust = trustFrom(trusted ?? readKeys(part.keys), part.handovers);
    } else if ('lines' in part) {
      if (pending.length < mostPending) pending.push(...part.lines);
      since += part.lines.length;
      rows += part.lines.length;
    } else {
      const { seal } = part;
      for (const says of faultsOf(seal, pending, last)) found(seal.number, says);
      const kept = wanted.get(seal.number);
      if (kept !== undefined && kept !== seal.head.toString('hex'))
        found(seal.number, text.otherHead(seal.number));
      wanted.delete(seal.number);
      const handover = trust.pinned.get(seal.number);
      if (handover !== undefined && !handover.head.equals(seal.head))
        found(seal.number, text.otherHandover(seal.number));
      seals += 1;
      pending = [];
      since = 0;
      last = seal;
      unchecked.push(seal);
      if (unchecked.length >= signedEvery) checkSignatures();
    }
  }
  checkSignatures();
  for (const number of trust.pinned.keys())
    if (number > (last?.number ?? 0)) found(number, text.handoverGone(number, last?.number ?? 0));
  for (const number of wanted.keys()) found(number, text.headGone(number, last?.number ?? 0));
  return {
    rows,
    seals,
    unsealed: since,
    lastSealedAt: last?.sealedAt,
    lastHead: last?.head.toString('hex'),
    breaks: breaks.toSorted((a, b) => a.seal - b.seal),
    broken,
    ownKeys,
    handovers: [...trust.pinned.values()],
  };
}

const signatureFault = ({ spans }: Trust, seal: Seal): Sentence => {
  const span = spans.get(seal.key);
  if (span === undefined) return text.otherKey(seal);
  return seal.number > span.until || seal.number <= span.after ? text.outOfTurn(seal) : text.forged(seal);
};

/** What is wrong with one seal and its rows, given the seal before it. */
function faultsOf(seal: Seal, lines: readonly Line[], before: Seal | undefined): Sentence[] {
  const number = (before?.number ?? 0) + 1;
  if (seal.number !== number) return [text.sealGone(number, seal.number)];
  if (seal.afterId !== (before?.untilId ?? firstId)) return [text.sealMoved(seal)];
  const disorder = lines.find(({ id }, i) => {
    const earlier = i === 0 ? seal.afterId : (lines[i - 1]?.id ?? seal.afterId);
    return BigInt(id) <= BigInt(earlier) || BigInt(id) > BigInt(seal.untilId);
  });
  if (disorder) return [text.outOfOrder(disorder.id, seal)];
  const { afterRows, digests } = chainOf(before?.head ?? beginning, lines);
  const marks = digests.map(markOf);
  const isWhole = headOf(afterRows, seal).equals(seal.head);
  const place = placeOf(seal, lines, marks);
  if (isWhole && !place) return [];
  return [place ?? text.sealChanged(seal)];
}

/** The first row that is not the one that was sealed. */
function placeOf(seal: Seal, lines: readonly Line[], marks: readonly Buffer[]): Sentence | undefined {
  const count = Math.floor(seal.marks.length / markLength);
  const sealed = (i: number): Buffer => seal.marks.subarray(i * markLength, (i + 1) * markLength);
  const same = (i: number, j: number): boolean => i < count && marks[j]?.equals(sealed(i)) === true;
  let i = 0;
  while (i < Math.max(count, lines.length) && same(i, i)) i += 1;
  if (i === count && i === lines.length) return undefined;
  const here = lines[i]?.id;
  const previous = lines[i - 1]?.id ?? seal.afterId;
  if (here === undefined) return text.removed(count - lines.length, previous, undefined, seal);
  if (i >= count || same(i, i + 1)) return text.added(here, seal);
  // Rows after a gap are the ones that were sealed further on.
  let gap = 1;
  while (i + gap < count && !same(i + gap, i)) gap += 1;
  return i + gap < count ? text.removed(gap, previous, here, seal) : text.changed(here, seal);
}
