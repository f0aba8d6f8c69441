import pg from 'pg';
import { hashSecret, newSecret } from '../src/access/secrets.ts';
import { loadRecords, type Loaded } from '../src/fhir/load.ts';
import type { Program } from '../src/programs/program.ts';
import { makeChance } from './chance.ts';
import { hashed, makePerson, makePlaces, type PersonData, type Places } from './data.ts';

/** Somebody who is signed in. */
export type SignedIn = Readonly<{ cookie: string; csrf: string }>;
export type Filled = Readonly<{
  places: Places;
  /** The persons of the first clinic, to do things with. */
  persons: readonly PersonData[];
  doctor: SignedIn;
  linkworker: SignedIn;
  seconds: number;
}>;

const batch = 250;

/**
 * Puts the invented bodies, persons, consents and tasks into an empty database; a database that has them already is left
 * as it is. The same numbers give the same records, so a second run knows what the first one put in. `beyond`: the persons
 * up to this number are there, the others are added.
 */
export async function fill(
  ownerUrl: string,
  program: Program,
  wanted: Readonly<{ patients: number; tasks: number; beyond?: number }>,
): Promise<Filled> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const started = performance.now();
    const now = new Date('2026-11-20T09:00:00+09:00');
    const places = makePlaces();
    const isEmpty = await emptyOrOurs(client, places);
    const missing = isEmpty ? 0 : (wanted.beyond ?? wanted.patients);
    if (isEmpty) await put(client, places.records, now);
    const persons: PersonData[] = [];
    const chance = makeChance(11);
    for (let from = 0; from < wanted.patients; from += batch) {
      const people = Array.from({ length: Math.min(batch, wanted.patients - from) }, (_, i) =>
        makePerson(chance, from + i, tasksOf(from + i, wanted), places, program, now),
      );
      persons.push(...people.filter((p) => p.clinic === 0));
      if (from < missing) continue;
      await put(
        client,
        people.flatMap((p) => p.records),
        now,
      );
      if (from % 5000 === 0) console.error(`  ${String(from)} of ${String(wanted.patients)} persons`);
    }
    if (isEmpty) await addPrograms(client, places);
    await client.query('vacuum analyze');
    const doctor = await signIn(client, places, 'doctor');
    const linkworker = await signIn(client, places, 'linkworker');
    return { places, persons, doctor, linkworker, seconds: (performance.now() - started) / 1000 };
  } finally {
    await client.end();
  }
}

const tasksOf = (
  number: number,
  { patients, tasks }: Readonly<{ patients: number; tasks: number }>,
): number => Math.floor(tasks / patients) + (number < tasks % patients ? 1 : 0);

async function emptyOrOurs(client: pg.Client, places: Places): Promise<boolean> {
  const { rows } = await client.query<{ id: string }>(`select id from organization where id = $1`, [
    places.council,
  ]);
  if (rows.length > 0) return false;
  const { rows: others } = await client.query('select 1 from patient limit 1');
  if (others.length > 0)
    throw new Error('This database holds other records; give the measuring one of its own.');
  return true;
}

export async function put(client: pg.Client, records: readonly Loaded[], now: Date): Promise<void> {
  await client.query('begin');
  await client.query('set local synchronous_commit = off');
  await loadRecords(client, records, now);
  await client.query('commit');
}

/** A program for the first clinic and one for the first office. */
async function addPrograms(client: pg.Client, places: Places): Promise<void> {
  const hash = await hashed();
  for (const [id, role, body] of [
    ['bench-clinic', 'doctor', places.clinics[0]?.id],
    ['bench-office', 'linkworker', places.offices[0]?.id],
  ])
    await client.query(
      'insert into api_client (id, secret_hash, role, organization_id) values ($1, $2, $3, $4)',
      [id, hash, role, body],
    );
}

/** A session of the first doctor or link worker, as signing in makes it. */
async function signIn(client: pg.Client, places: Places, role: 'doctor' | 'linkworker'): Promise<SignedIn> {
  const post = places.posts.find((p) => p.role === role);
  const [secret, csrf] = [newSecret(), newSecret()];
  await client.query(
    `insert into account (id, login, password_hash, name, role, organization_id, post_id) values ($1, $2, '', '架空 花子', $3, $4, $1)
     on conflict (id) do nothing`,
    [post?.post, post?.login, role, post?.organization],
  );
  await client.query(
    `insert into session (token_hash, account_id, csrf, created_at, seen_at, expires_at) values ($1, $2, $3, now(), now(), now() + interval '12 hours')`,
    [hashSecret(secret), post?.post, csrf],
  );
  return { cookie: `session=${secret}`, csrf };
}
