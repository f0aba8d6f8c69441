import type { Actor } from '../kernel/actor.ts';
import type { Sql } from '../database/sql.ts';
import type { Target } from './removing.ts';
import type { Looking, Page } from './search-page.ts';
import type { FhirRecord, RecordOf, RecordType, Stored } from './types.ts';
import type { Version, Versions } from './versions.ts';

/**
 * What an actor can do with records, inside one transaction. Rows the actor may not see do not exist here (row rules of
 * the database); each read and write leaves its access-log entry in the same transaction, each write its history row.
 */
export type Records = Readonly<{
  actor: Actor;
  /** The moment of this transaction; the same for everything in it. */
  now: Date;
  newId: () => string;

  /** Refuses with `not-found` when there is no such record or the actor may not see it; `gone`: it saw it, and it was deleted. */
  read: <T extends RecordType>(type: T, id: string) => Promise<Stored<RecordOf<T>>>;
  /** The visible ones among these ids, in no particular order. */
  readMany: <T extends RecordType>(type: T, ids: readonly string[]) => Promise<Stored<RecordOf<T>>[]>;
  /** All visible records matching FHIR search parameters (`[['patient', id], ['status', 'active']]`), newest first, at most `count` (100). */
  find: <T extends RecordType>(
    type: T,
    parameters: readonly (readonly [name: string, value: string])[],
    count?: number,
  ) => Promise<Stored<RecordOf<T>>[]>;

  /** One page of a FHIR search, with what it brings along, and where the next page begins. */
  page: <T extends RecordType>(
    type: T,
    parameters: readonly (readonly [name: string, value: string])[],
    looking?: Looking,
  ) => Promise<Page<Stored<RecordOf<T>>>>;
  /**
   * The versions, newest first, or the one asked for; `not-found` as with `read`, and when there is no such version;
   * `gone` where the version asked for is the deletion.
   */
  history: <T extends RecordType>(type: T, id: string, version?: string) => Promise<Stored<RecordOf<T>>[]>;
  /**
   * A page of versions and deletions, newest first, and whether there are more: of one record (`not-found` when there
   * never was one that the actor sees), or of all of a type that it sees.
   */
  versions: (type: RecordType, asked: Versions) => Promise<{ found: Version[]; more: boolean }>;

  /**
   * Writes all or nothing. A record without `meta.versionId` is new (its `id` is kept when given, else made); one with
   * it replaces exactly that version: another version in the store is a `conflict`. Validates structure, refuses
   * references to records that do not exist or that the actor may not see, and asks every rule.
   */
  write: (records: readonly FhirRecord[]) => Promise<Stored[]>;
  /**
   * Deletes, all or nothing. The versions stay, and whoever saw the record finds it `gone`. Asks every rule; refuses as a
   * `conflict` what other records refer to when the transaction ends, and another version than the one given.
   */
  remove: (targets: readonly Target[]) => Promise<void>;
  /** Asks now what is else asked when the transaction ends: whether what was removed is referred to. */
  settle: () => Promise<void>;
  /** `write` of one record, typed. */
  save: <R extends FhirRecord>(record: R) => Promise<Stored<R>>;

  /**
   * A hand-written read (queries.ts). `patient` names the persons a row shows, so that the look is in the access log;
   * `what` is the log's word for it, such as `inbox`.
   */
  rows: <Row extends Record<string, unknown>>(
    what: string,
    statement: Sql,
    patient?: (row: Row) => string | null | undefined,
  ) => Promise<Row[]>;
  /** A write to one of the relational tables (drafts, links, jobs); returns the rows of a `returning` clause. */
  run: <Row extends Record<string, unknown>>(statement: Sql) => Promise<Row[]>;
  /**
   * What follows for another organization from this actor's change, in the same transaction: `work` runs as the service
   * itself (role `system`) acting for that organization, under its row rules, with its own lines in the access log, and
   * every rule is asked. Only for the rules of slices, and for what one body enters or passes on for another
   * (docs/decisions/0055): it shows the actor nothing.
   */
  onBehalfOf: <T>(organization: string, work: (records: Records) => Promise<T>) => Promise<T>;
  /** A line in the service's log, for whoever runs it: nothing of a person may be in `facts`. */
  warn: (facts: Readonly<Record<string, string>>, says: string) => void;
  /** Puts a line about a person into the access log that no read or write makes by itself: print, export. */
  note: (action: 'print' | 'export', what: string, patientId: string, record?: string) => void;
}>;

/**
 * Opens the records as this actor: one transaction, committed when `work` resolves, rolled back when it throws.
 * With `once` (a form's hidden key, an Idempotency-Key) the work runs one time only for that key and actor: a repeat,
 * even a simultaneous one, gets the first answer, which must therefore be JSON.
 */
export type OpenRecords = <T>(
  actor: Actor,
  work: (records: Records) => Promise<T>,
  options?: Readonly<{ once?: string | undefined }>,
) => Promise<T>;

/** What a slice says on writing. Runs inside the transaction, before the row is written, for pages and API alike. */
export type Rule = Readonly<{
  types: readonly RecordType[];
  /** What is kept instead of what came, and beside it, at the end; asked before anything else, with the stored versions that are replaced. */
  remake?: (
    together: readonly Stored[],
    before: ReadonlyMap<string, Stored>,
    records: Records,
  ) => Promise<Stored[]>;
  /** Refuses. */
  check: (change: Change, records: Records) => Promise<void> | void;
  /**
   * What else has to be written for this change; asked when nothing was refused, while everybody still sees what they saw.
   * What it returns is done when the rows have changed.
   */
  settle?: (change: Change, records: Records) => Promise<Later | undefined>;
  /** Refuses to let a record be deleted. */
  remove?: (record: Stored, records: Records) => Promise<void> | void;
}>;

/** What a rule leaves to be done in the same transaction after the rows have changed. */
export type Later = () => Promise<void>;

export type Change = Readonly<{
  before: Stored | undefined;
  after: Stored;
  /** Everything written in the same call, so that a rule can look at a record that arrives together with this one. */
  together: readonly Stored[];
}>;
