import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { hashPassword } from '../src/access/password.ts';
import type { DemoAccounts } from '../src/access/pages.tsx';
import { roleName } from '../src/access/roles.ts';
import { loadRecords, type Loaded } from '../src/fhir/load.ts';
import type { Surroundings } from '../src/kernel/clock.ts';
import type { Program } from '../src/programs/program.ts';
import { demo, type DemoData } from './demo.ts';
import { happen } from './happen.ts';
import { loadInvitations } from './invitations.ts';
import { programOfCase } from './programs.ts';
import { loadSessions } from './sessions.ts';
import { shareWithMeeting } from './shared.ts';

export const demoPassword = 'demo-tsunagi';
export const demoSecret = 'demo-secret';

type Needs = Pick<Surroundings, 'now'> &
  Readonly<{ ownerUrl: string; programs: readonly Program[]; patients?: number }>;

/**
 * Fills an empty database with the demo, as its owner, in one transaction; leaves a filled one as it is. Everything and
 * everybody in it is invented. Returns who can sign in.
 */
export async function loadDemo({ ownerUrl, programs, now, patients }: Needs): Promise<DemoAccounts> {
  const data = demo({ now: now(), ...(patients === undefined ? {} : { patients }) });
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query('select 1 from account limit 1');
    if (rows.length === 0) {
      await client.query('begin');
      await fill(client, data, programs, now());
      await client.query('commit');
      await client.query('analyze');
    }
    // Those of this database: it may have been filled when there were fewer.
    const there = await client.query<{ login: string }>('select login from account');
    const logins = new Set(there.rows.map(({ login }) => login));
    const bodies = new Map(data.organizations.map((o) => [o.id, o.name ?? '']));
    return {
      password: demoPassword,
      accounts: data.accounts
        .filter(({ login }) => logins.has(login))
        .map((a) => ({
          login: a.login,
          name: a.name,
          post: [bodies.get(a.organizationId), roleName(a.role).ja].join(' '),
        })),
    };
  } finally {
    await client.end();
  }
}

async function fill(
  client: pg.Client,
  data: DemoData,
  programs: readonly Program[],
  now: Date,
): Promise<void> {
  const council = data.bodies.council.id;
  const directory = [
    ...data.organizations,
    ...data.practitioners,
    ...data.posts,
    ...data.locations,
    ...data.services,
  ];
  const providers = new Map(data.resources.map((r) => [r.id, r.organizationId]));
  const start = new Date(now.getTime() - 430 * 86_400_000);
  await loadRecords(
    client,
    directory.map((record) => ({
      record: record as Loaded['record'],
      keeper: providers.get(record.id ?? '') ?? council,
      at: start.toISOString(),
    })),
    now,
  );
  const clinicOf = new Map(data.people.map((p) => [p.id, p.clinic.id]));
  const persons = [
    ...data.patients.map((record) => ({ record, of: record.id ?? '' })),
    ...data.coverages.map((record) => ({ record, of: record.beneficiary.reference?.split('/')[1] ?? '' })),
  ];
  const arrived = new Map(data.cases.map((c) => [c.patientId, c.arrivedAt.toISOString()]));
  await loadRecords(
    client,
    persons.map(({ record, of }) => ({
      record: record as Loaded['record'],
      keeper: clinicOf.get(of) ?? council,
      at: arrived.get(of) ?? now.toISOString(),
    })),
    now,
  );
  if (programs.length > 0) {
    let number = 0;
    const people = new Map(data.people.map((p) => [p.id, p]));
    const happened = data.cases.flatMap((one) => {
      if (one.sentAt) number += 1;
      const by = programOfCase(one, people.get(one.patientId), programs);
      return by ? happen(one, number, data, by) : [];
    });
    await loadRecords(client, happened, now);
    await loadRecords(client, shareWithMeeting(data, now), now);
    // Nobody is signed in while the demo is written, and a review asks who it was: the clinic's other doctor.
    const clinic = data.accounts.find((a) => a.login === 'doctor')?.organizationId ?? '';
    const signsIn = data.accounts.map((a) => a.postId);
    const other = data.posts.find(
      (p) => p.organization?.reference === `Organization/${clinic}` && !signsIn.includes(p.id ?? ''),
    );
    await client.query(`update disclosure_review set by_post = $1 where by_post is null`, [other?.id]);
    await loadInvitations(client, data, programs, now);
    await client.query(`select setval('case_number_seq', $1)`, [Math.max(1, number)]);
  }
  await loadSessions(client, data, now);
  await loadAccounts(client, data);
}

async function loadAccounts(client: pg.Client, data: DemoData): Promise<void> {
  const [password, secret] = [await hashPassword(demoPassword), await hashPassword(demoSecret)];
  for (const a of data.accounts)
    await client.query(
      `insert into account (id, login, email, password_hash, name, role, organization_id, post_id) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        randomUUID(),
        a.login,
        `${a.login}@tsunagi.example`,
        password,
        a.name,
        a.role,
        a.organizationId,
        a.postId,
      ],
    );
  for (const c of data.clients)
    await client.query(
      `insert into api_client (id, secret_hash, role, organization_id) values ($1, $2, $3, $4)`,
      [c.id, secret, c.role, c.organizationId],
    );
}
