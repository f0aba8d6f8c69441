import { randomUUID } from 'node:crypto';
import { hashSecret, newSecret } from '../../src/access/secrets.ts';
import { canonical } from '../../src/fhir/codes.ts';
import type { Service } from '../support/service.ts';
import { reader, walk } from './reader.ts';

/** Every kind of page that somebody of a role can come to; `:id` stands for one of many. Nobody has a page that is not here. */
export const pagesOf = {
  doctor: [
    '/account',
    '/account/factors',
    '/account/factors/app',
    '/consents/:id',
    '/consents/:id/withdraw',
    '/deliveries',
    '/disclosures/:id',
    '/emergency',
    '/patients',
    '/patients/:id',
    '/patients/:id/access',
    '/patients/:id/answers',
    '/patients/:id/answers/:id',
    '/patients/:id/answers/new',
    '/patients/:id/consents/new',
    '/patients/:id/contact-limits',
    '/patients/:id/disclosures/new',
    '/patients/:id/edit',
    '/patients/:id/provided',
    '/patients/:id/referrals/new',
    '/patients/:id/seal',
    '/patients/new',
    '/referrals',
    '/referrals/:id',
    '/referrals/:id/reports',
    '/referrals/:id/sent',
    '/reports/:id',
    '/resources',
    '/resources/:id',
    '/reviews',
    '/reviews/:id',
    '/scans',
    '/scans/new',
  ],
  linkworker: [
    '/account',
    '/account/factors',
    '/account/factors/app',
    '/consents/:id',
    '/consents/:id/withdraw',
    '/deliveries',
    '/emergency',
    '/inbox',
    '/join/:id',
    '/join/:id/:id',
    '/patients/:id/answers/:id',
    '/patients/:id/contact-limits',
    '/patients/:id/disclosures/new',
    '/referrals/:id',
    '/referrals/:id/assessment',
    '/referrals/:id/close',
    '/referrals/:id/contacts',
    '/referrals/:id/goals',
    '/referrals/:id/reports',
    '/referrals/:id/requests',
    '/referrals/:id/resources',
    '/referrals/:id/sessions',
    '/reports/:id',
    '/requests',
    '/requests/:id',
    '/resources',
    '/resources/:id',
    '/resources/:id/edit',
    '/resources/new',
    '/reviews',
    '/scans',
    '/scans/new',
    '/sessions',
    '/sessions/:id',
    '/sessions/:id/attendance',
    '/sessions/:id/cancel',
    '/sessions/:id/contacts',
    '/sessions/:id/contacts/:id/referral',
    '/sessions/:id/edit',
    '/sessions/new',
  ],
  neighbour: [
    '/account',
    '/account/factors',
    '/account/factors/app',
    '/inbox',
    '/join/:id',
    '/join/:id/:id',
    '/join/:id/:id/code',
    '/referrals/:id',
    '/referrals/:id/contacts',
    '/referrals/:id/sessions',
    '/resources',
    '/resources/:id',
    '/sessions',
    '/sessions/:id',
    '/sessions/:id/attendance',
    '/sessions/:id/contacts',
  ],
  coordinator: [
    '/account',
    '/account/factors',
    '/account/factors/app',
    '/figures',
    '/resources',
    '/resources/:id',
    '/resources/:id/edit',
    '/resources/new',
  ],
  resource: [
    '/account',
    '/account/factors',
    '/account/factors/app',
    '/asked',
    '/asked/:id',
    '/deliveries',
    '/resources',
    '/resources/:id',
    '/resources/:id/edit',
    '/resources/new',
  ],
  insurer: [
    '/account',
    '/account/factors',
    '/account/factors/app',
    '/invitations',
    '/invitations/:id',
    '/invitations/:id/follow-up',
    '/invitations/:id/members/:id',
    '/invitations/new',
    '/scans',
    '/scans/new',
    '/shared',
    '/shared/:id',
    '/shared/:id/sheet',
  ],
  meeting: ['/account', '/account/factors', '/account/factors/app', '/shared', '/shared/:id'],
  council: ['/account', '/account/factors', '/account/factors/app', '/figures'],
  admin: [
    '/access-log',
    '/account',
    '/account/factors',
    '/account/factors/app',
    '/accounts',
    '/accounts/:id',
    '/accounts/new',
    '/docs',
    '/exchange',
    '/exchange/servers',
    '/exchange/servers/:id',
    '/exchange/servers/new',
    '/programs',
    '/programs/:id',
    '/programs/:id/edit',
    '/programs/new',
    '/forms',
    '/reviews',
  ],
} as const satisfies Record<string, readonly string[]>;
export type Login = keyof typeof pagesOf;
export const logins = Object.keys(pagesOf) as Login[];

type TaskRow = { id: string; status: string; part: string | null };

const bodyOf = (service: Service, login: Login): string =>
  service.demo.accounts.find((one) => one.login === login)?.organizationId ?? '';

/** The referrals and requests that the demo's body of a role takes part in: one in every state. */
export async function casesOf(service: Service, login: Login): Promise<TaskRow[]> {
  const { rows } = await service.owner.query<TaskRow>(
    `select distinct on (part_of_id is null, status) id, status, part_of_id as part from task
     where owner_id = $1 or requester_id = $1 order by part_of_id is null, status, updated_at desc`,
    [bodyOf(service, login)],
  );
  return rows;
}

/** Where to begin so that every state of a case is seen. */
async function startsOf(service: Service, login: Login): Promise<string[]> {
  const cases = await casesOf(service, login);
  const body = bodyOf(service, login);
  const referrals = cases.filter((one) => one.part === null).map((one) => `/referrals/${one.id}`);
  switch (login) {
    case 'doctor': {
      // The first thirteen of the demo stand in every state, from nothing at all to the end.
      const patients = service.demo.people.slice(0, 13).filter((one) => one.clinic.id === body);
      return [
        '/patients',
        ...patients.map((one) => `/patients/${one.id}`),
        ...referrals,
        ...referrals.slice(0, 1).map((one) => `${one}/sent`),
      ];
    }
    case 'linkworker':
      return [
        '/inbox',
        ...referrals,
        ...cases.flatMap((one) => (one.part === null ? [] : [`/requests/${one.id}`])),
      ];
    case 'neighbour':
      return ['/inbox', '/inbox?tab=mine', '/inbox?tab=waiting', '/inbox?tab=closed'];
    case 'resource':
      return [
        '/asked',
        ...cases.map((one) => `/asked/${one.id}`),
        ...service.demo.resources
          .filter((one) => one.organizationId === body)
          .map((one) => `/resources/${one.id}`),
      ];
    case 'admin':
      return ['/', `/accounts/new?organization=${body}`, `/programs/new?organization=${body}`];
    case 'coordinator':
    case 'insurer':
    case 'meeting':
    case 'council':
      return ['/'];
  }
}

export type Places = Awaited<ReturnType<typeof placesOf>>;

/** Bodies of the demo work with servers of others, in every state: what arrived, waits, lies and has to be looked at. */
async function workWithPartners(service: Service): Promise<void> {
  const [clinic, office, group] = (['doctor', 'linkworker', 'resource'] as const).map((login) =>
    bodyOf(service, login),
  );
  for (const [ours, partner, way] of [
    [clinic, office, 'push'],
    [office, group, 'push'],
    [group, office, 'poll'],
  ])
    await service.owner.query(
      `with made as (
         insert into partner_server (id, organization_id, partner_id, way, address, client, secret, our_id, their_id, disabled_at, created_at)
         values (gen_random_uuid(), $1, $2, $3, 'https://fhir.example.org/r4', 'tsunagi', '\\x00', 'a', 'b', now(), now())
         on conflict do nothing returning id, organization_id, partner_id),
       numbered as (
         select made.id, t.id as task, t.content #>> '{identifier,0,value}' as number, row_number() over (order by t.id) as n
         from made join task t on t.requester_id = made.organization_id and t.owner_id = made.partner_id)
       insert into partner_task (server, task, case_number, told, attempts, stopped_at, fault, kept, their_id)
       select id, task, coalesce(number, '-'), (n % 4 = 0)::int, case n % 4 when 2 then 10 when 3 then 2 else 0 end,
         case when n % 4 = 2 then now() end,
         case when n % 4 >= 2 then '{"ja": "相手のサーバーにつながりません。", "en": "Their server cannot be reached.", "said": "ECONNREFUSED"}'::jsonb end,
         case when n = 4 then '{"ja": "「取り消し」から「完了」へは進めません。", "en": "A task cannot go from cancelled to completed."}'::jsonb end,
         task::text
       from numbered where n <= 4`,
      [ours, partner, way],
    );
}

/** All pages of a role, each kind of page in every state that the demo has. */
export async function placesOf(service: Service, login: Login) {
  await workWithPartners(service);
  const who = await reader(service, login);
  const starts = await startsOf(service, login);
  const home = (await who.get('/')).headers.get('location') ?? '/';
  const { pages, files, dead } = await walk(
    who,
    [home, ...starts.filter((one) => one !== home && one !== '/')],
    // Which of the office's referrals a resident link worker has in hand is up to the demo.
    login === 'neighbour' ? 9 : 1,
  );
  return { pages, files, dead };
}

/** A one-time link as the office or reception hands it out. */
export async function linkFor(
  service: Service,
  given: Readonly<{ patient: string; organization: string } | { task: string; organization: string }>,
): Promise<string> {
  const secret = newSecret();
  const [purpose, patient, task] =
    'task' in given ? ['answer-request', null, given.task] : ['answer-questionnaire', given.patient, null];
  const form = service.programs[0]?.screening;
  await service.owner.query(
    `insert into one_time_link (token_hash, purpose, organization_id, patient_id, task_id, questionnaire, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      hashSecret(secret),
      purpose,
      given.organization,
      patient,
      task,
      task === null ? `${form?.url ?? canonical}|${form?.version ?? ''}` : null,
      service.now(),
      new Date(service.now().getTime() + 86_400_000),
    ],
  );
  return `${task === null ? '/a/' : '/r/'}${secret}`;
}

export const nowhere = randomUUID();
