import { isDeepStrictEqual } from 'node:util';
import type { Condition } from '@medplum/fhirtypes';
import type { Records } from '../../fhir/records.ts';
import { idsOf } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import type { Unmade } from './definitions.ts';
import { ended, isMistake, isOpen, keyOf, type ExtractedRecord } from './kinds.ts';
import { madeOf, typesOf, type Made, type Making } from './made.ts';
import { isUntouched, originsOf, withOrigins, type Origin } from './origin.ts';
import { answeredSince, extractedBefore } from './queries.ts';

type Whole = ExtractedRecord & { id: string };
export type Moved = Readonly<{
  /** New records, and new versions of such as are there. */
  writes: readonly Whole[];
  /** What of the form could not be made a record of. */
  faults: readonly Unmade[];
}>;

export type Moving = Making &
  Readonly<{
    patient: string;
    /** The answers were given just now, and take the place of earlier ones to the same form. */
    isNew: boolean;
    /** The answers count; those that were entered in error make nothing. */
    count: boolean;
  }>;

/**
 * What has to be written so that the records made of answers are those that the answers make now: new ones, changed ones,
 * and an end to those they make no longer. What a person has changed since stays as that person left it. A concern, goal
 * or helper that is known from other answers is not made twice. The same for $extract as for what is stored.
 */
export async function movedBy(records: Records, moving: Moving): Promise<Moved> {
  const { form, response, patient, isNew, count } = moving;
  const { made, faults } = count ? madeOf(moving) : { made: [], faults: [] };
  const before = (await extractedBefore(records, patient, typesOf(form), { own: true })).filter(
    (one) => !isMistake(one),
  );
  const isOwn = (one: Stored<ExtractedRecord>): boolean =>
    originsOf(one).some(({ answers }) => answers === response.id);
  const own = new Set(before.filter(isOwn));
  const others = new Set(before.filter((one) => !own.has(one) && one.resourceType !== 'Observation'));
  const writes: Whole[] = [];

  /** The first that fits, each once. */
  const take = (
    from: Set<Stored<ExtractedRecord>>,
    { record }: Made,
    fits: (one: Stored<ExtractedRecord>) => boolean,
  ): Stored<ExtractedRecord> | undefined => {
    const found = [...from].find((one) => one.resourceType === record.resourceType && fits(one));
    if (found) from.delete(found);
    return found;
  };
  const rest: Made[] = [];
  for (const one of made) {
    const known = take(own, one, (other) => keyOf(other) === keyOf(one.record));
    if (known) writes.push(...again(known, one));
    else rest.push(one);
  }
  for (const one of rest) {
    const known = take(own, one, (other) =>
      originsOf(other).some(({ answers, item }) => answers === response.id && item === one.origin.item),
    );
    const elsewhere = known
      ? undefined
      : take(others, one, (other) => isOpen(other) && keyOf(other) === keyOf(one.record));
    if (known) writes.push(...again(known, one));
    else if (elsewhere) writes.push(joined(elsewhere, one));
    else writes.push({ ...one.record, id: records.newId() });
  }
  for (const one of own) writes.push(...withdrawn(one, response.id));
  const past = isNew && count ? [...others].filter((one) => isPast(one, form.url)) : [];
  if (past.length > 0 && !(await answeredSince(records, { patient, form: form.url ?? '', at: moving.at })))
    for (const one of past) writes.push(next(ended(one, 'over'), originsOf(one)));
  return { writes, faults };
}

/** Made of earlier answers to that form alone, and nobody has had a hand in it since. */
const isPast = (one: Stored<ExtractedRecord>, form: string | undefined): boolean =>
  isOpen(one) && isUntouched(one) && originsOf(one).every((origin) => origin.form === form);

/** The record as its next version, which is still the answers' own. */
const next = (record: Stored<ExtractedRecord>, origins: readonly Origin[]): Stored<ExtractedRecord> => {
  const version = Number(record.meta.versionId) + 1;
  return withOrigins(
    record,
    origins.map((one) => ({ ...one, version })),
  );
};

/** What the answers themselves say of it, without what time and other hands have added. */
function saidIn(record: ExtractedRecord): object {
  const {
    id: _id,
    meta: _meta,
    extension: _extension,
    status: _status,
    effectiveDateTime: _effective,
    recordedDate: _recorded,
    evidence: _evidence,
    ...said
  } = record as ExtractedRecord &
    Partial<Record<'status' | 'effectiveDateTime' | 'recordedDate' | 'evidence', unknown>>;
  return said;
}

/** A record that these answers have made before, as they make it now; nothing where that is the same. */
function again(known: Stored<ExtractedRecord>, { record, origin }: Made): Whole[] {
  if (!isUntouched(known) || isDeepStrictEqual(saidIn(known), saidIn(record))) return [];
  const origins = originsOf(known).map((one) => (one.answers === origin.answers ? origin : one));
  const changed = {
    ...record,
    id: known.id,
    meta: known.meta,
    ...(record.resourceType === 'Observation' ? { status: 'amended' } : {}),
    ...(known.resourceType === 'Condition' && known.evidence ? { evidence: known.evidence } : {}),
  } as Stored<ExtractedRecord>;
  return [next(changed, origins)];
}

/** A record made of other answers that say the same: these are one more reason for it. */
function joined(known: Stored<ExtractedRecord>, { record, origin }: Made): Whole {
  const more =
    known.resourceType === 'Condition'
      ? { ...known, evidence: [...((record as Condition).evidence ?? []), ...(known.evidence ?? [])] }
      : known;
  const origins = [origin, ...originsOf(known)];
  // What a person has changed stays known as such.
  return isUntouched(known)
    ? next(more, origins)
    : withOrigins(more, [{ ...origin, version: 0 }, ...originsOf(known)]);
}

/** A record that the answers it was made of make no longer. */
function withdrawn(known: Stored<ExtractedRecord>, answers: string): Whole[] {
  // Said already: it has no other way to be a mistake.
  if (known.resourceType === 'RelatedPerson' && !isOpen(known)) return [];
  const left = originsOf(known).filter((one) => one.answers !== answers);
  if (left.length === 0) return isUntouched(known) ? [next(ended(known, 'mistake'), originsOf(known))] : [];
  const { evidence, ...rest } = known as Stored<Condition>;
  const other = (evidence ?? []).filter(
    ({ detail }) => !idsOf(detail, 'QuestionnaireResponse').includes(answers),
  );
  const without =
    known.resourceType === 'Condition'
      ? ({ ...rest, ...(other.length > 0 ? { evidence: other } : {}) } as Stored<ExtractedRecord>)
      : known;
  return [isUntouched(known) ? next(without, left) : withOrigins(without, left)];
}
