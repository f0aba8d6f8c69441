import type { Communication } from '@medplum/fhirtypes';
import type { ConsentItem, RecipientKind } from '../consent/record.ts';
import { codeOf, concept, extensions, systems } from '../fhir/codes.ts';
import { idOf, reference } from '../fhir/references.ts';

/** A hand-over is a contact of the case with this topic: it stands among the case's contacts. */
const topic = 'hand-over';

/** A window that somebody is handed on to: one of the directory, or as it was typed. */
export type Window = Readonly<{
  id?: string;
  name: string;
  kind: RecipientKind | undefined;
  phone?: string;
  fax?: string;
}>;

export type HandOver = Readonly<{
  patient: string;
  requestId: string;
  taskId: string;
  office: string;
  by: string | undefined;
  at: string;
  to: Pick<Window, 'id' | 'name' | 'phone' | 'fax'>;
  reason: string;
  asked: string;
  items: readonly ConsentItem[];
}>;

export const buildHandOver = (given: HandOver, id: string): Communication => ({
  resourceType: 'Communication',
  id,
  status: 'completed',
  category: [concept(systems.communication, 'contact')],
  topic: concept(systems.contactTopic, topic, '相談窓口への引き継ぎ'),
  extension: given.items.map((valueCode) => ({ url: extensions.toldItem, valueCode })),
  subject: reference('Patient', given.patient),
  about: [reference('Task', given.taskId)],
  basedOn: [reference('ServiceRequest', given.requestId)],
  sent: given.at,
  sender:
    given.by === undefined
      ? reference('Organization', given.office)
      : reference('PractitionerRole', given.by),
  recipient: [
    {
      ...(given.to.id === undefined ? {} : reference('Organization', given.to.id)),
      display: given.to.name,
    },
  ],
  payload: [given.reason, given.asked, ...numbersOf(given.to)].map((contentString) => ({ contentString })),
});

/** Telephone and fax in one text, a line each; nothing where neither is known: an empty text is no value in FHIR. */
const numbersOf = ({ phone, fax }: HandOver['to']): readonly string[] =>
  phone === undefined && fax === undefined ? [] : [`${phone ?? ''}\n${fax ?? ''}`];

export const isHandOver = (one: Pick<Communication, 'topic'>): boolean =>
  codeOf(one.topic, systems.contactTopic) === topic;

export type ReadHandOver = Omit<HandOver, 'items'> & Readonly<{ id: string; items: readonly string[] }>;

/** Reads one that was made here. Never throws. */
export function readHandOver(one: Communication): ReadHandOver {
  const [reason = '', asked = '', numbers = ''] = (one.payload ?? []).map((p) => p.contentString ?? '');
  const [phone = '', fax = ''] = numbers.split('\n');
  const to = one.recipient?.[0];
  const id = idOf(to, 'Organization');
  return {
    id: one.id ?? '',
    patient: idOf(one.subject, 'Patient') ?? '',
    requestId: idOf(one.basedOn?.[0], 'ServiceRequest') ?? '',
    taskId: idOf(one.about?.[0], 'Task') ?? '',
    office: idOf(one.sender, 'Organization') ?? '',
    by: idOf(one.sender, 'PractitionerRole'),
    at: one.sent ?? '',
    to: {
      ...(id === undefined ? {} : { id }),
      name: to?.display ?? '',
      ...(phone === '' ? {} : { phone }),
      ...(fax === '' ? {} : { fax }),
    },
    reason,
    asked,
    items: (one.extension ?? []).flatMap((e) =>
      e.url === extensions.toldItem && e.valueCode ? [e.valueCode] : [],
    ),
  };
}
