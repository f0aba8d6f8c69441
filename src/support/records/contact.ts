import type { Communication, Encounter } from '@medplum/fhirtypes';
import { codeOf, coding, concept, systems } from '../../fhir/codes.ts';
import { idOf, reference } from '../../fhir/references.ts';
import type { Sentence } from '../../kernel/sentence.ts';

/** How an attempt to be in touch went, or that a window answered; the codes of `systems.contact`. */
export const contactKinds = {
  'no-answer': { ja: 'かけた・不在', en: 'Called, no answer' },
  reached: { ja: '話せた', en: 'Talked' },
  visited: { ja: '訪問した', en: 'Visited' },
  tried: { ja: '試みた（手紙など）', en: 'Tried (a letter, say)' },
  'window-reply': { ja: '窓口からの返事', en: 'Reply of a window' },
} as const satisfies Record<string, Sentence>;
export type ContactKind = keyof typeof contactKinds;
const allKinds = Object.keys(contactKinds) as ContactKind[];
/** Those that somebody chooses: the reply of a window comes on its sheet. */
export const contactKindNames = allKinds.filter((kind) => kind !== 'window-reply');

/** Whether the person was really met: the referral is no longer about making contact. */
export const isMeeting = (kind: ContactKind): boolean => kind === 'reached' || kind === 'visited';

/** The person said again that they want what is being arranged; a plain contact has no topic. */
export const willTopic = 'current-will';

export type NewContact = Readonly<{
  patient: string;
  /** The ServiceRequest and Task that the contact is about: the referral's, or those of one request to a group. */
  requestId: string;
  taskId: string;
  /** Organization and PractitionerRole of whoever was in touch. */
  office: string;
  by: string | undefined;
  kind: ContactKind;
  /** When it was (ISO instant). */
  at: string;
  text: string;
  topic?: typeof willTopic | undefined;
}>;

/** One attempt to be in touch, whether or not somebody answered. */
export const buildContact = (given: NewContact, id?: string): Communication => ({
  resourceType: 'Communication',
  ...(id === undefined ? {} : { id }),
  status: 'completed',
  category: [
    concept(systems.communication, 'contact'),
    concept(systems.contact, given.kind, contactKinds[given.kind].ja),
  ],
  ...(given.topic === undefined
    ? {}
    : { topic: concept(systems.contactTopic, given.topic, '本人の意向の確認') }),
  subject: reference('Patient', given.patient),
  about: [reference('Task', given.taskId)],
  basedOn: [reference('ServiceRequest', given.requestId)],
  sent: given.at,
  sender:
    given.by === undefined
      ? reference('Organization', given.office)
      : reference('PractitionerRole', given.by),
  // What a window answers goes to the office, and says nothing to the person.
  ...(given.kind === 'window-reply' ? {} : { recipient: [reference('Patient', given.patient)] }),
  ...(given.text === '' ? {} : { payload: [{ contentString: given.text }] }),
});

/** A visit is also an encounter at home (class HH); how long it took is not asked, so the period has only its start. */
export const buildVisit = (given: NewContact, id?: string): Encounter => ({
  resourceType: 'Encounter',
  ...(id === undefined ? {} : { id }),
  status: 'finished',
  class: coding(systems.actCode, 'HH', 'home health'),
  subject: reference('Patient', given.patient),
  basedOn: [reference('ServiceRequest', given.requestId)],
  ...(given.by === undefined
    ? {}
    : { participant: [{ individual: reference('PractitionerRole', given.by) }] }),
  period: { start: given.at },
  serviceProvider: reference('Organization', given.office),
});

export type Contact = Readonly<{
  id: string;
  /** Undefined where a stranger's record does not say how it went. */
  kind: ContactKind | undefined;
  at: string;
  text: string;
  /** PractitionerRole of whoever was in touch. */
  by: string | undefined;
  taskId: string | undefined;
  isWill: boolean;
}>;

export const isContact = (communication: Pick<Communication, 'category'>): boolean =>
  codeOf(communication.category, systems.communication) === 'contact';

/** Reads any contact. Never throws. */
export function readContact(communication: Communication): Contact {
  const kind = codeOf(communication.category, systems.contact);
  return {
    id: communication.id ?? '',
    kind: allKinds.find((k) => k === kind),
    at: communication.sent ?? communication.meta?.lastUpdated ?? '',
    text: (communication.payload ?? []).flatMap((p) => p.contentString ?? []).join('\n'),
    by: idOf(communication.sender, 'PractitionerRole'),
    taskId: idOf(communication.about?.[0], 'Task'),
    isWill: codeOf(communication.topic, systems.contactTopic) === willTopic,
  };
}
