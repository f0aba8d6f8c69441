import { hash } from 'node:crypto';

/**
 * One row of the access log as it is hashed: its id and its columns as a JSON array of text, in the order of `lineColumns`
 * (lines.ts). The text is PostgreSQL's own, so the database, an export and a verifier see the same bytes.
 */
export type Line = Readonly<{ id: string; line: string }>;

/** What a seal says of the rows it stands for, besides their hash. Ids are decimal: they pass 2^53 one day. */
export type SealFacts = Readonly<{
  number: number;
  afterId: string;
  untilId: string;
  rows: number;
  /** ISO 8601, by the database's clock. */
  sealedAt: string;
  key: string;
}>;
export type Seal = SealFacts & Readonly<{ marks: Buffer; head: Buffer; signature: Buffer }>;

/** Length of a mark: enough to find the row at which a chain breaks; what it proves is the head's to prove. */
export const markLength = 8;

const sha256 = (data: string | Buffer): Buffer => hash('sha256', data, 'buffer');

/** What the first row follows on. */
export const beginning = sha256('tsunagi access log 1');
const digestOf = (line: string): Buffer => sha256(line);
export const markOf = (digest: Buffer): Buffer => digest.subarray(0, markLength);
/** The chain after one more row: every row hangs on all before it. */
const chained = (before: Buffer, digest: Buffer): Buffer => sha256(Buffer.concat([before, digest]));

/** The head of a seal: the chain after its last row, closed by what the seal says of them. */
export const headOf = (afterRows: Buffer, facts: SealFacts): Buffer =>
  chained(
    afterRows,
    sha256(
      JSON.stringify([facts.number, facts.afterId, facts.untilId, facts.rows, facts.sealedAt, facts.key]),
    ),
  );

/** Chain and marks of rows that follow on `before`. */
export function chainOf(
  before: Buffer,
  lines: readonly Line[],
): { afterRows: Buffer; digests: readonly Buffer[] } {
  let afterRows = before;
  const digests = lines.map(({ line }) => {
    const digest = digestOf(line);
    afterRows = chained(afterRows, digest);
    return digest;
  });
  return { afterRows, digests };
}
