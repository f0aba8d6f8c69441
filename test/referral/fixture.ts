import { randomUUID } from 'node:crypto';
import type { Task } from '@medplum/fhirtypes';
import { buildConsent, type ConsentItem, type RecipientKind, withdraw } from '../../src/consent/record.ts';
import { reference } from '../../src/fhir/references.ts';
import type { Stored } from '../../src/fhir/types.ts';
import { toResponse, type Answers } from '../../src/intake/answers.ts';
import { findNeeds, toConditions, toObservations } from '../../src/intake/findings.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { Refused } from '../../src/kernel/problem.ts';
import { buildPatient, servedBy } from '../../src/people/record.ts';
import { loadPrograms } from '../../src/programs/load.ts';
import { send, type Sending } from '../../src/referral/service.ts';
import { makeWorld } from '../support/world.ts';

export const programs = await loadPrograms('forms');
const [first] = programs;
if (!first) throw new Error('forms/ is empty');
export const program = first;

/** Somebody who lives alone and hardly gets out. */
const answers: Answers = {
  'living.with': ['alone'],
  'living.talk': ['no-day'],
  'living.rely': ['no'],
  'living.kin': ['true'],
  'money.month-end': ['never'],
  'food.skip': ['never'],
  'out.days': ['1'],
  'out.why': ['no-ride'],
  'out.transport': ['no-way'],
  'health.mood': ['most-days'],
  'safety.home': ['no'],
};

export type Prepared = Readonly<{
  patient: string;
  answers: string;
  consent: string;
  conditions: readonly string[];
}>;

/** A world whose clock a test moves, with ways to bring a person to the point where a referral can be sent. */
export async function makeScene(start = '2026-11-20T10:00:00+09:00') {
  let at = new Date(start).getTime();
  const now = (): Date => new Date(at);
  const world = await makeWorld({ now, newId: randomUUID });
  const { bodies, open } = world;
  // The office says of itself where it works and how it is reached.
  await world.owner.query(
    `update organization set version = version + 1,
       content = content || jsonb_build_object('meta', (content -> 'meta') || jsonb_build_object('versionId', (version + 1)::text)) || $2
     where id = $1`,
    [bodies.office.id, { ...servedBy(['992011']), telecom: [{ system: 'phone', value: '050-0000-0061' }] }],
  );

  /** A patient of the clinic with answers, what they show, and a consent. */
  async function prepare(
    given: Readonly<{
      items?: readonly ConsentItem[];
      recipients?: readonly RecipientKind[];
      recipientIds?: readonly string[];
      until?: string;
      family?: string;
      /** What they answered beside or instead of the usual. */
      answers?: Answers;
    }> = {},
  ): Promise<Prepared> {
    const ids = { patient: randomUUID(), answers: randomUUID(), consent: randomUUID() };
    const screened = {
      form: program.screening,
      subject: reference('Patient', ids.patient),
      response: reference('QuestionnaireResponse', ids.answers),
      at: now().toISOString(),
      language: 'ja' as const,
      newId: randomUUID,
    };
    const answered = { ...answers, ...given.answers };
    const found = findNeeds(program, answered);
    const observations = toObservations(found, screened);
    const conditions = toConditions(found, observations, screened);
    await open(bodies.actors.doctor, (records) =>
      records.write([
        buildPatient(
          {
            family: given.family ?? '試験',
            given: '花子',
            familyKana: 'シケン',
            givenKana: 'ハナコ',
            birthDate: '1942-03-04',
            sex: 'female',
            phone: '050-0000-0001',
            postalCode: '000-0001',
            prefecture: '架空県',
            municipalityCode: '992011',
            municipality: '朝凪市',
            line: '浜町1-2-3',
          },
          { id: ids.patient, clinic: bodies.clinic.id },
        ),
        toResponse(program.screening, answered, {
          id: ids.answers,
          subject: screened.subject,
          authored: screened.at,
          status: 'completed',
          language: 'ja',
        }),
        ...observations,
        ...conditions,
        buildConsent(
          {
            patient: ids.patient,
            clinic: bodies.clinic.id,
            recipients: given.recipients ?? ['office', 'resident', 'resource'],
            recipientIds: given.recipientIds ?? [],
            items: given.items ?? ['contact', 'answers', 'assessment', 'plan', 'medical-note'],
            from: '2025-11-20',
            until: given.until ?? '2027-11-19',
            at: screened.at,
            explainedBy: bodies.actors.doctor.post,
            explainedHow: 'spoken',
            proxy: undefined,
            evidence: { kind: 'paper', title: '同意書（紙）' },
            status: 'active',
          },
          ids.consent,
        ),
      ]),
    );
    return { ...ids, conditions: conditions.map((c) => c.id) };
  }

  const sendingOf = (prepared: Prepared, given: Partial<Sending> = {}): Sending => ({
    patient: prepared.patient,
    to: bodies.office.id,
    urgency: 'routine',
    reason: 'ひとり暮らしで、話し相手がいません。',
    conditions: prepared.conditions,
    consent: prepared.consent,
    answers: prepared.answers,
    ...given,
  });

  /** A referral that has just been sent. */
  async function refer(given: Partial<Sending> = {}, about: Parameters<typeof prepare>[0] = {}) {
    const prepared = await prepare(about);
    const sent = await open(bodies.actors.doctor, (records) =>
      send(records, program, sendingOf(prepared, given)),
    );
    return { ...prepared, ...sent };
  }

  const takeBack = (consent: string): Promise<unknown> =>
    open(bodies.actors.doctor, async (records) =>
      records.save(withdraw(await records.read('Consent', consent), 'ご本人の希望', now().toISOString())),
    );
  const taskOf = (actor: Actor, id: string): Promise<Stored<Task>> =>
    open(actor, (records) => records.read('Task', id));

  return {
    ...world,
    now,
    goTo: (moment: string): void => void (at = new Date(moment).getTime()),
    prepare,
    sendingOf,
    refer,
    withdraw: takeBack,
    taskOf,
  };
}
export type Scene = Awaited<ReturnType<typeof makeScene>>;

/** `done`, or the kind of problem with which it was refused. */
export async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Refused) return error.problem.kind;
    throw error;
  }
}

/** The form fields that were complained of. */
export async function faultsOf(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    if (error instanceof Refused && error.problem.kind === 'invalid')
      return error.problem.issues.map((i) => i.path);
    throw error;
  }
}
