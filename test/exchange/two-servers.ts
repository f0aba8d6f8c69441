import { randomUUID } from 'node:crypto';
import { Client } from 'fhir-kit-client';
import request from 'supertest';
import { hashPassword } from '../../src/access/password.ts';
import { makeSeal } from '../../src/access/seal.ts';
import { sealedFor, type Way } from '../../src/exchange/servers/model.ts';
import type { Role } from '../../src/kernel/actor.ts';
import { makeBodies, type Bodies } from '../support/bodies.ts';
import { startService, type Service } from '../support/service.ts';
import { testSecret } from '../support/template.ts';

/** One of our services with the bodies of the test; each service has bodies of its own with ids of its own. */
export type Place = Service & Readonly<{ bodies: Bodies }>;
export type BodyName = Exclude<keyof Bodies, 'actors'>;

export async function startPlace(how: Readonly<{ pollSeconds?: number }> = {}): Promise<Place> {
  const service = await startService({ patients: 0, ...how });
  return { ...service, bodies: await makeBodies(service.owner) };
}

/** A program of a body there, as its administrator registers it. */
export async function client(place: Place, name: string, role: Role, body: BodyName): Promise<void> {
  await place.owner.query(
    'insert into api_client (id, secret_hash, role, organization_id) values ($1, $2, $3, $4)',
    [name, await hashPassword(secretOf(name)), role, place.bodies[body].id],
  );
}
export const secretOf = (name: string): string => `the secret of ${name}`;

type Registered = Readonly<{
  at: Place;
  ours: BodyName;
  partner: BodyName;
  way: Way;
  /** Where the partner's server is, under what client, and what the two are called there. */
  address: string;
  client: string;
  /** Who we are is proved there by a secret, or by a key of ours. */
  proof?: 'secret' | 'key';
  there: Readonly<{ ours: string; partner: string }>;
}>;

/** At one place: that a body has a server of its own. */
export async function register({
  at,
  ours,
  partner,
  way,
  address,
  client: name,
  proof = 'secret',
  there,
}: Registered): Promise<string> {
  const id = randomUUID();
  await at.owner.query(
    `insert into partner_server (id, organization_id, partner_id, way, address, client, secret, our_id, their_id, proof, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now())`,
    [
      id,
      at.bodies[ours].id,
      at.bodies[partner].id,
      way,
      address,
      name,
      makeSeal([testSecret]).close(secretOf(name), sealedFor(id)),
      there.ours,
      there.partner,
      proof,
    ],
  );
  return id;
}

/** Calls the API of a place as one of its programs, with a library that somebody else wrote. */
export async function caller(place: Place, name: string) {
  const { body } = await request(place.url)
    .post('/oauth/token')
    .auth(name, secretOf(name))
    .type('form')
    .send({ grant_type: 'client_credentials' })
    .expect(200);
  const bearerToken = (body as { access_token: string }).access_token;
  const kit = new Client({ baseUrl: `${place.url}/fhir`, bearerToken });
  return async <T>(
    method: 'get' | 'post' | 'put',
    path: string,
    sent?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> => {
    const how = { 'Content-Type': 'application/fhir+json', ...headers };
    const asked = { method: method.toUpperCase() as 'GET' | 'POST' | 'PUT', options: { headers: how } };
    const answer: unknown = await kit.request(path === '' ? `${place.url}/fhir` : path.slice(1), {
      ...asked,
      ...(sent === undefined ? {} : { body: sent }),
    });
    return answer as T;
  };
}
export type Caller = Awaited<ReturnType<typeof caller>>;

/** Waits until it is so; when that takes too long, says what the places could not tell each other. */
export async function until<T>(
  look: () => Promise<T | undefined | null | false | ''>,
  places: readonly Place[] = [],
): Promise<T> {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((later) => setTimeout(later, 50));
  }
  const faults = await Promise.all(
    places.map(async ({ owner }) => [
      (await owner.query('select fault, their_id, their_status, wanted, told, kept from partner_task')).rows,
      (await owner.query('select fault, failures from partner_server')).rows,
    ]),
  );
  throw new Error(`It did not come about: ${JSON.stringify(faults)}`);
}
