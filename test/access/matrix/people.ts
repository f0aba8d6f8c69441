import { randomUUID } from 'node:crypto';
import type { Organization, PractitionerRole } from '@medplum/fhirtypes';
import type pg from 'pg';
import type { Item } from '../../../src/access/sight.ts';
import { buildConsent, recipientKinds } from '../../../src/consent/record.ts';
import { buildLawful } from '../../../src/consent/legal-basis.ts';
import { extensions } from '../../../src/fhir/codes.ts';
import { loadRecords, type Loaded } from '../../../src/fhir/load.ts';
import { idOf, reference } from '../../../src/fhir/references.ts';
import { isRecordType, type FhirRecord, type RecordType } from '../../../src/fhir/types.ts';
import type { Actor, Role } from '../../../src/kernel/actor.ts';
import { dayInTokyo } from '../../../src/kernel/japan/calendar.ts';
import { buildOrganization, buildPost, limitContact, mask, sealable } from '../../../src/people/record.ts';
import { personWithEverything } from '../../exchange/person.ts';
import type { Bodies } from '../../support/bodies.ts';
import type { What, Who } from './rules.ts';
import {
  bodyNames,
  states,
  type BodyName,
  type Named,
  type Period,
  type Said,
  type State,
} from './states.ts';

type Whole = FhirRecord & { id: string };
export type Looker = Readonly<{ name: string; who: Who; actor: Actor }>;

/** One record of one person: what it is to the rules, and a word that stands in it and nowhere else. */
export type Row = Readonly<{
  name: string;
  id: string;
  what: What;
  record: Whole;
  mark: string;
  versions: number;
}>;
export type Person = Readonly<{ state: string; given: State; id: string; rows: readonly Row[] }>;
export type Cast = Readonly<{
  people: readonly Person[];
  /** Everybody with a role in a body, near and far. */
  lookers: readonly Looker[];
  /** The bearers of links to one person. */
  bearersOf: (person: Person) => readonly Looker[];
  bodyId: Readonly<Record<BodyName, string>>;
}>;

const inDays = (days: number): string => dayInTokyo(new Date(Date.now() + days * 86_400_000));
const ends: Readonly<Record<Period, number>> = { current: 60, lapsed: -10, over: -40 };
const at = (): string => new Date(Date.now() - 80 * 86_400_000).toISOString();

/** Puts one person for every state into the database, past the rules, with every kind of record; and all who might look. */
export async function makeCast(owner: pg.Pool, bodies: Bodies): Promise<Cast> {
  const more = moreBodies();
  const near = { ...bodies, ...more };
  const bodyId = Object.fromEntries(bodyNames.map((name) => [name, near[name].id])) as Record<
    BodyName,
    string
  >;
  const posts: PractitionerRole[] = [];
  const practitioner = { resourceType: 'Practitioner' as const, id: randomUUID(), name: [{ text: '試験' }] };
  const actorOf = (role: Role, body: BodyName, hasPost = true): Actor => {
    const post = {
      ...buildPost({ kind: role as 'doctor', practitioner: practitioner.id, organization: bodyId[body] }),
      id: randomUUID(),
    };
    if (hasPost) posts.push(post);
    return {
      role,
      organization: bodyId[body],
      ...(hasPost ? { post: post.id } : {}),
      via: 'session',
      request: 'matrix',
    };
  };
  const looker = (role: Role, body: BodyName, who: Partial<Who> = {}, hasPost = true): Looker => ({
    name: [
      role,
      'at',
      body,
      ...(who.holds === undefined ? [] : ['with the', who.holds]),
      ...(hasPost ? [] : ['as a program']),
    ].join(' '),
    who: { role, body, ...who },
    actor: actorOf(role, body, hasPost),
  });
  const lookers = [
    looker('doctor', 'clinic', { named: true }),
    looker('reception', 'clinic'),
    looker('doctor', 'clinic', {}, false),
    looker('admin', 'clinic'),
    looker('doctor', 'otherClinic'),
    looker('doctor', 'otherClinic', { holds: 'emergency' }),
    looker('doctor', 'otherClinic', {}, false),
    looker('reception', 'otherClinic'),
    looker('linkworker', 'office', { named: true }),
    looker('linkworker', 'office', {}, false),
    looker('neighbour', 'office', { holds: 'case' }),
    looker('neighbour', 'office'),
    looker('neighbour', 'office', {}, false),
    looker('admin', 'office'),
    looker('coordinator', 'office'),
    looker('linkworker', 'otherOffice'),
    looker('neighbour', 'otherOffice'),
    looker('resource', 'resource'),
    looker('resource', 'otherResource'),
    looker('insurer', 'insurer'),
    looker('insurer', 'otherInsurer'),
    looker('meeting', 'meeting'),
    looker('meeting', 'otherMeeting'),
    looker('coordinator', 'municipality'),
    looker('council', 'council'),
    looker('admin', 'council'),
    looker('system', 'clinic', {}, false),
    looker('system', 'office', {}, false),
    looker('system', 'council', {}, false),
  ];
  const postOf = (holds: Who['holds']): string =>
    lookers.find((one) => one.who.holds === holds)?.actor.post ?? '';
  const people = Object.entries(states).map(([state, given], n) => {
    const { patient, records } = personWithEverything({ bodies });
    return {
      state,
      given,
      n,
      patient,
      versions: versionsOf({ given, n, patient, records, bodyId, caseOf: postOf('case') }),
    };
  });
  await inOne(owner, async (client) => {
    await loadRecords(
      client,
      [...Object.values(more), practitioner, ...posts].map((record) => ({
        record: record as Whole,
        keeper: bodyId.council,
      })),
      new Date(),
    );
    // By person, so that each has the sights of its own story; what comes again is a later version.
    for (const person of people)
      await loadRecords(
        client,
        person.versions.map(({ record, keeper }): Loaded => ({ record, keeper: bodyId[keeper], at: at() })),
        new Date(),
      );
  });
  const doctor = lookers[0]?.actor.post ?? '';
  for (const { given, patient, versions } of people)
    await inOne(owner, (client) =>
      beside(client, {
        given,
        patient,
        versions,
        doctor,
        office: lookers[8]?.actor.post ?? '',
        emergency: { post: postOf('emergency'), organization: bodyId.otherClinic },
      }),
    );
  return {
    bodyId,
    lookers,
    people: people.map(({ state, given, patient, versions }) => ({
      state,
      given,
      id: patient,
      rows: rowsOf(versions, bodyId),
    })),
    bearersOf: ({ id }) =>
      bearers.map(([role, body, bearer]) => ({
        name: `${role} with a link of the ${body} to ${bearer === 'mine' ? 'this person' : 'somebody else'}`,
        who: { role, body, bearer },
        actor: {
          role,
          organization: bodyId[body],
          patient: bearer === 'mine' ? id : (people.find((one) => one.patient !== id)?.patient ?? ''),
          via: 'link',
          request: 'matrix',
        },
      })),
  };
}

const bearers = [
  ['patient', 'clinic', 'mine'],
  ['patient', 'clinic', 'another'],
  ['patient', 'office', 'mine'],
  ['resource', 'resource', 'mine'],
  ['resource', 'resource', 'another'],
] as const;

const moreBodies = () => {
  const body = (kind: 'insurer' | 'meeting', name: string): Organization & { id: string } => ({
    ...buildOrganization({ kind, name, serves: [], active: true }),
    id: randomUUID(),
  });
  return {
    insurer: body('insurer', '試験国保'),
    otherInsurer: body('insurer', '隣町国保'),
    meeting: body('meeting', '試験支援会議'),
    otherMeeting: body('meeting', '隣町支援会議'),
  };
};

type Version = Readonly<{ name: string; record: Whole; keeper: BodyName }>;
type Story = Readonly<{
  given: State;
  n: number;
  patient: string;
  records: ReturnType<typeof personWithEverything>['records'];
  bodyId: Readonly<Record<BodyName, string>>;
  caseOf: string;
}>;

/** The records of a person in that state, first versions and what became of them. */
function versionsOf({ given, n, patient, records, bodyId, caseOf }: Story): Version[] {
  const called = { open: undefined, 'called off': 'cancelled', draft: 'draft' } as const;
  const first = Object.entries(records).flatMap(([name, { keeper, record }]): Version[] => {
    if (name === 'consent') return [];
    const whole = { name, keeper, record: marked(structuredClone(record), `${String(n)}-${name}`) };
    switch (name) {
      case 'insurance':
        return [
          {
            ...whole,
            record: { ...whole.record, payor: [reference('Organization', bodyId.insurer)] } as Whole,
          },
        ];
      case 'referral task': {
        const hand =
          given.inHand === 'neighbour'
            ? [{ url: extensions.assignee, valueReference: reference('PractitionerRole', caseOf) }]
            : [];
        return [
          {
            ...whole,
            record: {
              ...whole.record,
              status: called[given.referral] ?? 'in-progress',
              extension: hand,
            } as Whole,
          },
        ];
      }
      case 'request task':
        return [
          { ...whole, record: { ...whole.record, status: called[given.requests] ?? 'accepted' } as Whole },
        ];
      default:
        return [whole];
    }
  });
  // A meeting is asked as a group is.
  const [asked, task] = [randomUUID(), randomUUID()];
  const meeting = [reference('Organization', bodyId.meeting)];
  const like = (name: string): Whole =>
    structuredClone(first.find((one) => one.name === name)?.record as Whole);
  const invited: Version[] = [
    {
      name: 'request to the meeting',
      keeper: 'office',
      record: marked({ ...like('request'), id: asked, performer: meeting } as Whole, `${String(n)}-meeting`),
    },
    {
      name: 'task of the meeting',
      keeper: 'office',
      record: {
        ...like('request task'),
        id: task,
        owner: meeting[0],
        focus: reference('ServiceRequest', asked),
      } as Whole,
    },
    {
      name: 'message to the meeting',
      keeper: 'office',
      record: marked(
        {
          ...like('message to the group'),
          id: randomUUID(),
          recipient: meeting,
          basedOn: [reference('ServiceRequest', asked)],
        } as Whole,
        `${String(n)}-said`,
      ),
    },
  ];
  const consents = (said: readonly Said[]): Version[] =>
    said.map((one, i) => ({
      name: ['consent', 'second consent'][i] ?? '',
      keeper: 'clinic' as const,
      record: consentOf(one, {
        id: i === 0 ? records.consent.record.id : later,
        patient,
        clinic: bodyId.clinic,
        bodyId,
        mark: `${String(n)}-consent-${String(i)}`,
      }),
    }));
  const later = randomUUID();
  const again = given.before === undefined ? [] : consents(given.consents);
  const person = first.find((one) => one.name === 'person');
  const changed = person ? whatBecame(given, person) : [];
  return [...first, ...invited, ...consents(given.before ?? given.consents), ...again, ...changed];
}

/** A person who has to be protected was an ordinary patient before. */
function whatBecame(given: State, person: Version): Version[] {
  if (person.record.resourceType !== 'Patient') return [];
  if (given.limited)
    return [
      {
        ...person,
        record: limitContact(
          person.record,
          { since: inDays(-3), why: 'danger-at-home', how: '名乗らない。', by: undefined },
          at(),
        ),
      },
    ];
  return given.sealed ? [{ ...person, record: mask(person.record) }] : [];
}

/** A word that stands in this record alone, where a page or a sheet would show it. */
function marked(record: Whole, mark: string): Whole {
  const word = wordOf(mark);
  switch (record.resourceType) {
    case 'Patient':
      return {
        ...record,
        name: [{ family: word, given: ['花子'], text: `${word} 花子` }],
        address: [{ text: `${word}番地` }],
        telecom: [{ system: 'phone', value: '050-0000-0001' }],
      };
    case 'RelatedPerson':
      return { ...record, name: [{ text: word }] };
    case 'Observation':
    case 'Condition':
      return { ...record, code: { text: word } };
    case 'Goal':
      return { ...record, description: { text: word } };
    case 'CarePlan':
      return { ...record, title: word, description: word };
    case 'Communication':
      return { ...record, payload: [{ contentString: word }] };
    case 'ServiceRequest':
    case 'Procedure':
      return { ...record, note: [{ text: word }] };
    case 'DocumentReference':
      return { ...record, description: word };
    case 'QuestionnaireResponse':
      return {
        ...record,
        status: 'completed',
        item: [{ linkId: 'mark', text: word, answer: [{ valueString: word }] }],
      };
    case 'Binary':
    case 'Consent':
    case 'Coverage':
    case 'Encounter':
    case 'HealthcareService':
    case 'Location':
    case 'Organization':
    case 'Practitioner':
    case 'PractitionerRole':
    case 'Provenance':
    case 'Questionnaire':
    case 'Task':
      return record;
  }
}
/** Letters only, and none the start of another. */
const wordOf = (mark: string): string => {
  const letters = mark.replaceAll(/[^a-z]/g, (c) =>
    String.fromCodePoint(65 + ((c.codePointAt(0) ?? 0) % 16)),
  );
  return `Zq${letters}qZ`;
};

function consentOf(
  said: Said,
  {
    id,
    patient,
    clinic,
    bodyId,
    mark,
  }: Readonly<{
    id: string;
    patient: string;
    clinic: string;
    bodyId: Readonly<Record<BodyName, string>>;
    mark: string;
  }>,
): Whole {
  const named = (who: Named): string => (isKind(who) ? who : bodyId[who.slice(4) as BodyName]);
  const kinds = said.to.filter(isKind);
  const until = inDays(ends[said.period]);
  if (said.basis === 'law')
    return {
      ...buildLawful(
        {
          patient,
          from: clinic,
          to: said.to.map(named),
          items: said.items,
          basis: 'danger-to-life',
          why: wordOf(mark),
          start: inDays(-80),
          end: until,
          at: at(),
        },
        id,
      ),
      status: said.status,
    } as Whole;
  const built = buildConsent(
    {
      patient,
      clinic,
      recipients: kinds,
      recipientIds: said.to.filter((one) => !isKind(one)).map(named),
      items: said.items,
      also: said.also.map((one) => ({ recipient: named(one.to), items: one.items })),
      takenBack: said.takenBack.map((one) => ({
        recipient: one.to && named(one.to),
        item: one.item,
        reason: '',
        at: at(),
      })),
      from: inDays(-80),
      until,
      at: at(),
      explainedBy: undefined,
      explainedHow: 'spoken',
      proxy: undefined,
      evidence: { kind: 'paper', title: wordOf(mark) },
      status: 'active',
    },
    id,
  );
  return { ...built, status: said.status } as Whole;
}
const isKind = (who: Named): who is (typeof recipientKinds)[number] =>
  (recipientKinds as readonly string[]).includes(who);

type Beside = Readonly<{
  given: State;
  patient: string;
  versions: readonly Version[];
  doctor: string;
  office: string;
  emergency: Readonly<{ post: string; organization: string }>;
}>;

/** What is no record of the person: a seal, an emergency, time that has passed. */
async function beside(
  client: pg.ClientBase,
  { given, patient, versions, doctor, office, emergency }: Beside,
): Promise<void> {
  if (given.sealed) {
    const person = versions.find((one) => one.name === 'person')?.record;
    if (person?.resourceType !== 'Patient') throw new Error('no person');
    const { address, telecom } = sealable(person);
    await client.query(
      `insert into seal (patient_id, address, telecom, named, since, why, sealed_by) values ($1, $2, $3, $4, 2, 'わけ', $5)`,
      [patient, JSON.stringify(address), JSON.stringify(telecom), [doctor, office], doctor],
    );
  }
  if (given.emergency !== 'never') {
    await client.query(
      `with made as (insert into emergency_access (patient_id, organization_id, post_id, because, note, until)
         values ($1, $2, $3, 'danger-to-life', '道で倒れて話ができない。', now() + interval '1 hour') returning id)
       insert into disclosure_review (id, kind, patient_id, organization_id, by_post) select id, 'emergency', $1, $2, $3 from made`,
      [patient, emergency.organization, emergency.post],
    );
    await client.query('select refresh_sights($1)', [patient]);
  }
  if (given.emergency === 'over') {
    await client.query(
      `update emergency_access set until = now() - interval '1 minute' where patient_id = $1`,
      [patient],
    );
    await client.query(
      `update sight set until = now() - interval '1 minute', works_until = now() - interval '1 minute' where patient_id = $1 and isfinite(until)`,
      [patient],
    );
  }
  if (given.unattended)
    await client.query(
      `update sight set until = now() - interval '1 minute', works_until = now() - interval '30 days' where patient_id = $1 and isfinite(until)`,
      [patient],
    );
}

/** What the rules ask about a record, read from the record itself. */
function rowsOf(versions: readonly Version[], bodyId: Readonly<Record<BodyName, string>>): Row[] {
  const nameOf = (id: string | undefined): BodyName | undefined =>
    bodyNames.find((name) => bodyId[name] === id);
  const last = new Map(versions.map((one) => [one.record.id, one]));
  return [...last.values()].map(({ name, record, keeper }) => {
    const text = JSON.stringify(record);
    const of = (value: { reference?: string } | undefined) => nameOf(idOf(value, 'Organization'));
    const addressee =
      record.resourceType === 'Task'
        ? of(record.owner)
        : record.resourceType === 'ServiceRequest'
          ? of(record.performer?.[0])
          : record.resourceType === 'Communication'
            ? of(record.recipient?.[0])
            : undefined;
    const requester = record.resourceType === 'Task' ? of(record.requester) : undefined;
    return {
      name,
      id: record.id,
      record,
      mark: /Zq\w*?qZ/.exec(text)?.[0] ?? '',
      versions: versions.filter((one) => one.record.id === record.id).length,
      what: {
        type: record.resourceType,
        item: itemOf(record, text),
        keeper,
        ...(addressee === undefined ? {} : { addressee }),
        ...(requester === undefined ? {} : { requester }),
        partOf: record.resourceType === 'Task' && record.partOf !== undefined,
        report: text.includes('"report"'),
        lawful: record.resourceType === 'Consent' && !text.includes('"IDSCL"'),
      },
    };
  });
}

/** Which item of a consent a record belongs to. A new kind of record has to be said here. */
function itemOf(record: FhirRecord, text: string): Item {
  switch (record.resourceType) {
    case 'Patient':
    case 'RelatedPerson':
      return 'contact';
    case 'Coverage':
      return 'insurance';
    case 'QuestionnaireResponse':
      return text.includes('assessment') ? 'assessment' : 'answers';
    case 'Observation':
      return text.includes('"survey"') ? 'answers' : 'assessment';
    case 'Condition':
      return 'answers';
    case 'Goal':
    case 'CarePlan':
    case 'Procedure':
      return 'plan';
    case 'DocumentReference':
    case 'Binary':
      return 'medical-note';
    case 'Communication':
      return text.includes('"medical-note"')
        ? 'medical-note'
        : text.includes('"report"')
          ? 'plan'
          : 'request';
    case 'Consent':
    case 'ServiceRequest':
    case 'Task':
    case 'Encounter':
    case 'Provenance':
      return 'request';
    case 'HealthcareService':
    case 'Location':
    case 'Organization':
    case 'Practitioner':
    case 'PractitionerRole':
    case 'Questionnaire':
      throw new Error(`${record.resourceType} is not said to be about a person`);
  }
}

export const typesIn = (rows: readonly Row[]): RecordType[] =>
  [...new Set(rows.map((row) => row.what.type))].filter(isRecordType);

async function inOne(owner: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } finally {
    client.release();
  }
}
