import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/kernel/actor.ts';
import { systems } from '../../src/fhir/codes.ts';
import { reference } from '../../src/fhir/references.ts';
import type { Records } from '../../src/fhir/records.ts';
import { buildConsent, type RecipientKind } from '../../src/consent/record.ts';
import { buildResource, type Resource } from '../../src/directory/record.ts';
import { toResponse, type Answers } from '../../src/intake/answers.ts';
import { loadPrograms } from '../../src/programs/load.ts';
import { move, send } from '../../src/referral/service.ts';
import { hanako } from '../support/hanako.ts';
import { makeWorld, type World } from '../support/world.ts';

export const programs = await loadPrograms('forms');
const [program] = programs;
if (!program) throw new Error('forms/ is empty');
export const akita = program;

/** What somebody who lives alone answered. */
export const lonely: Answers = {
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
  'safety.home': ['yes'],
  'safety.who': ['family'],
  'me.likes': ['handicraft', 'tea'],
  'wish.help': ['だれかと話したい'],
};

/** What the doctor wrote; nobody but the office may ever read it. */
export const secretNote = '心不全で通院中。息切れに注意。';
export const secretReason = '夫を亡くしてから気分の落ちこみが続き、抗うつ薬を始めました。';

/** A clock that a test moves. */
export function clock(start = '2026-11-20T10:00:00+09:00') {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    forward: (minutes: number) => {
      at += minutes * 60_000;
    },
  };
}

export type Story = Awaited<ReturnType<typeof makeStory>>;

/** A world with a clock, and ways to bring a person to the point where a link worker begins. */
export async function makeStory() {
  const time = clock();
  const world: World = await makeWorld({ now: time.now, newId: randomUUID });
  const { bodies, open } = world;
  const as =
    (actor: Actor) =>
    <T>(work: (records: Records) => Promise<T>, once?: string): Promise<T> =>
      open(actor, work, once === undefined ? {} : { once });

  const addResource = (given: Partial<Resource> = {}): Promise<Resource> =>
    open(bodies.actors.coordinator, async (records) => {
      const resource: Resource = {
        id: randomUUID(),
        organizationId: bodies.resource.id,
        name: '編み物サロン ひだまり（架空）',
        summary: '編み物とお茶の集まり',
        needs: [{ system: systems.sdohCategory, code: 'social-connection' }],
        interests: ['handicraft', 'tea'],
        views: ['join'],
        kind: 'informal',
        areas: ['052019'],
        contact: { phone: '018-000-0401', email: 'salon@example.jp' },
        availability: '毎週火曜日 午後1時から',
        eligibility: 'どなたでも',
        capacity: 'capacity',
        assured: '2026-10-01',
        active: true,
        ...given,
      };
      await records.write(buildResource(resource));
      return resource;
    });

  /** Sends and accepts a referral of somebody new; returns ids. */
  async function refer(
    given: Readonly<{
      recipients?: readonly RecipientKind[];
      name?: string;
      accepted?: boolean;
      /** Who in the clinic sends it. */
      by?: Actor;
    }> = {},
  ) {
    const ids = { patient: randomUUID(), answers: randomUUID(), consent: randomUUID() };
    const day = time.now().toISOString();
    const { task } = await open(given.by ?? bodies.actors.doctor, async (records) => {
      await records.write([
        hanako(ids.patient, bodies.clinic.id, given.name),
        toResponse(akita.screening, lonely, {
          id: ids.answers,
          subject: reference('Patient', ids.patient),
          authored: day,
          status: 'completed',
          language: 'ja',
        }),
        buildConsent(
          {
            patient: ids.patient,
            clinic: bodies.clinic.id,
            recipients: given.recipients ?? ['office', 'resident', 'resource'],
            recipientIds: [],
            items: ['contact', 'answers', 'assessment', 'plan', 'medical-note'],
            from: '2026-11-20',
            until: '2027-11-19',
            at: day,
            explainedBy: bodies.actors.doctor.post,
            explainedHow: 'spoken',
            proxy: undefined,
            evidence: { kind: 'paper', title: '同意書（紙）' },
            status: 'active',
          },
          ids.consent,
        ),
      ]);
      return send(records, akita, {
        patient: ids.patient,
        to: bodies.office.id,
        urgency: 'routine',
        reason: secretReason,
        note: secretNote,
        conditions: [],
        needs: [
          { system: systems.sdohCategory, code: 'social-connection' },
          { system: systems.sdohCategory, code: 'intimate-partner-violence' },
        ],
        consent: ids.consent,
        answers: ids.answers,
      });
    });
    if (given.accepted !== false)
      await open(bodies.actors.linkworker, (records) =>
        move(records, programs, { id: task, move: 'accept' }),
      );
    return { ...ids, task };
  }

  return { ...world, time, as, addResource, refer };
}
