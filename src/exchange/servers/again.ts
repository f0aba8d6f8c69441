import { createHash } from 'node:crypto';
import type { Consent, Patient } from '@medplum/fhirtypes';
import type { Records } from '../../fhir/records.ts';
import type { FhirRecord } from '../../fhir/types.ts';
import type { Actor } from '../../kernel/actor.ts';
import { Refused } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { markOf, placeOf, type Held, type Theirs } from './client.ts';
import { faults } from './faults.ts';
import { actorFor } from './meeting.ts';
import { Unwilling, type Server } from './model.ts';
import { namesFor, type Names } from './names.ts';
import {
  consentsFetched,
  pairsOf,
  personsToLookAt,
  takenOver,
  type Fetched,
  type Person,
} from './partner-records.ts';
import { keepAboutPerson } from './partner-tasks.ts';
import { allOf } from './poll.ts';
import { consentNow, hiddenPatient, isSamePerson, patientNow, withdrawnUnseen } from './renew.ts';
import { ours, type TakeNeeds } from './take.ts';

/** Persons of one look; the others come with the next. */
const mostPersons = 50;

/** What became of records there: shown, not there, or not known. */
type Seen = ReadonlyMap<string, Held | 'gone'>;

/**
 * Looks again at the persons who were fetched, at those in turn whom somebody here still sees: how they are reached, limits of
 * contact, and consents that were taken back, also after a referral has ended. Written in the name of the body that has the
 * server, by the same rules as if it had said so here.
 */
export async function lookAgain(needs: AgainNeeds, server: Server): Promise<void> {
  const { pool, clients, base } = needs;
  const persons = await personsToLookAt(pool, server, mostPersons);
  if (persons.length === 0) return;
  const them = clients(server);
  const ids = persons.map((one) => one.id);
  const consents = await consentsFetched(pool, server, ids);
  const there: There = {
    patients: await shownOf(them, 'Patient', persons, server),
    consents: await shownOf(them, 'Consent', consents, server),
    names: namesFor(server, base, await pairsOf(pool, server)),
    partner: await actorFor(pool, server.partner, server.id),
    at: needs.now().toISOString(),
  };
  // One that cannot be written now holds up no other; that it could not is said at the end.
  let first: unknown;
  for (const person of persons)
    try {
      const own = consents.filter((one) => one.patient === person.id);
      await lookAtPerson(needs, server, there, person, own);
    } catch (error) {
      first ??= error;
    }
  if (first !== undefined) throw first;
}

type AgainNeeds = TakeNeeds & Readonly<{ now: () => Date }>;
type There = Readonly<{ patients: Seen; consents: Seen; names: Names; partner: Actor; at: string }>;

async function lookAtPerson(
  needs: AgainNeeds,
  server: Server,
  there: There,
  person: Person,
  consents: readonly Fetched[],
): Promise<void> {
  const { at, names } = there;
  const renew = (
    type: 'Patient' | 'Consent',
    known: Fetched,
    mark: string,
    next: (records: Records) => Promise<FhirRecord | Sentence | undefined>,
  ): Promise<void> => renewOne(needs, server, there.partner, { type, known, person: person.id, mark, next });
  const keep = (fault: Sentence): Promise<void> => keepAboutPerson(needs.pool, server, person.id, fault);

  const patient = there.patients.get(person.their_id);
  const shown = consents.map((one) => [one, there.consents.get(one.their_id)] as const);
  const isUnseen = patient === 'gone' && shown.some(([, seen]) => seen === 'gone');
  const isPartlySeen = shown.some(([, seen]) => seen !== undefined && seen !== 'gone');
  for (const [consent, seen] of shown)
    if (seen !== undefined && seen !== 'gone')
      await renew('Consent', consent, markIn(seen), async (records) => {
        if (!leadsTo(seen, names, person.id)) return faults.another;
        const said = ours(seen, consent.id, server, names) as Consent;
        return consentNow(await records.read('Consent', consent.id), said, at);
      });
    else if (seen === 'gone' && isUnseen && !person.isOpen && consent.their_version !== hiddenMark) {
      await keep(faults.withdrawn);
      await renew('Consent', consent, hiddenMark, async (records) =>
        withdrawnUnseen(await records.read('Consent', consent.id), at),
      );
    }
  if (patient === 'gone') {
    // While it is open, what is over there is heard of the task itself.
    const isHidden = !isUnseen && (isPartlySeen || !person.isOpen);
    if (!isHidden || person.their_version === hiddenMark) return;
    await keep(faults.hidden);
    await renew('Patient', person, hiddenMark, async (records) =>
      hiddenPatient(await records.read('Patient', person.id), at),
    );
  } else if (patient !== undefined)
    await renew('Patient', person, markIn(patient), async (records) => {
      const here = await records.read('Patient', person.id);
      const said = ours(patient, person.id, server, names) as Patient;
      return isSamePerson(here, said) ? patientNow(here, said, at) : faults.someoneElse;
    });
}

type Renewal = Readonly<{
  type: 'Patient' | 'Consent';
  known: Fetched;
  person: string;
  mark: string;
  /** The record as it is to be, why it is not taken over, or nothing when it is so already. */
  next: (records: Records) => Promise<FhirRecord | Sentence | undefined>;
}>;

/** Once for each version of theirs. What is refused by a rule here is kept for a person, and not tried again. */
async function renewOne(
  { pool, open }: AgainNeeds,
  server: Server,
  partner: Actor,
  { type, known, person, mark, next }: Renewal,
): Promise<void> {
  if (mark === known.their_version) return;
  try {
    const fault = await open(partner, async (records) => {
      const changed = await next(records);
      if (changed === undefined || !('resourceType' in changed)) return changed;
      await records.write([changed]);
      return undefined;
    });
    if (fault) await keepAboutPerson(pool, server, person, fault);
  } catch (error) {
    const why = error instanceof Refused ? wordsOf(error) : undefined;
    if (!why) throw error;
    await keepAboutPerson(pool, server, person, faults.notTaken(why));
  }
  await takenOver(pool, server, type, known.id, mark);
}

/** Of a server that says neither version nor time, what it says. */
const markIn = (theirs: Held): string =>
  markOf(theirs) ?? createHash('sha256').update(JSON.stringify(theirs)).digest('hex');

/** In the place of a version: that they do not show it. */
const hiddenMark = 'hidden';

const leadsTo = (theirs: Held, { ours: here }: Names, person: string): boolean => {
  const place = placeOf((theirs as Held & Consent).patient?.reference);
  return place !== undefined && here.get(`${place.type}/${place.id}`) === `Patient/${person}`;
};

const wordsOf = ({ problem }: Refused): Sentence | undefined =>
  problem.kind === 'invalid'
    ? problem.issues[0]?.says
    : problem.kind === 'forbidden'
      ? problem.says
      : undefined;

/**
 * By one search for all of them. What it does not find is `gone` only when the server says so of each in FHIR, and shows us
 * our own body, so that it is the server that we mean. A server that cannot be asked so says nothing of any.
 */
async function shownOf(
  them: Theirs,
  type: 'Patient' | 'Consent',
  known: readonly Fetched[],
  { ourId }: Server,
): Promise<Seen> {
  const seen = new Map<string, Held | 'gone'>();
  if (known.length === 0) return seen;
  try {
    const ids = known.map((one) => one.their_id);
    const { records, all } = await allOf(
      them,
      type,
      `/${type}?_id=${ids.join(',')}&_count=${String(ids.length)}`,
    );
    for (const one of records) seen.set(one.id, one);
    const missing = all ? ids.filter((id) => !seen.has(id)) : [];
    if (missing.length === 0 || !(await them.read(`/Organization/${ourId}`))) return seen;
    for (const id of missing) {
      const found = await them.read(`/${type}/${id}`);
      seen.set(id, found?.resourceType === type ? found : 'gone');
    }
  } catch (error) {
    if (!(error instanceof Unwilling) || !error.final) throw error;
  }
  return seen;
}
