import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { expect } from '@jest/globals';
import type { OperationOutcome } from '@medplum/fhirtypes';
import { Client } from 'fhir-kit-client';
import request from 'supertest';
import { hashPassword } from '../../src/access/password.ts';
import { makeBodies, type Bodies } from '../support/bodies.ts';
import { startService, type Service } from '../support/service.ts';

export const secret = 'demo-secret';

/** Programs of the bodies of the test, as an administrator registers them. */
const clients = {
  clinic: ['doctor', 'clinic'],
  otherClinic: ['doctor', 'otherClinic'],
  office: ['linkworker', 'office'],
  otherOffice: ['linkworker', 'otherOffice'],
  resource: ['resource', 'resource'],
  council: ['council', 'council'],
  coordinator: ['coordinator', 'municipality'],
  admin: ['admin', 'council'],
} as const;
export type ClientName = keyof typeof clients;

/** The whole product on a port, with programs that call its API. */
export type Api = Service &
  Readonly<{
    bodies: Bodies;
    /** The half that the clinic's program keeps to itself; the other is registered. */
    key: KeyObject;
    publicPem: string;
    token: (name: ClientName, scope?: string) => Promise<string>;
    /** A client that somebody else wrote. */
    client: (name: ClientName) => Promise<Client>;
    send: (
      name: ClientName,
      method: 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head',
      path: string,
      body?: unknown,
    ) => request.Test;
  }>;

export async function startApi(): Promise<Api> {
  const service = await startService({ patients: 0 });
  const bodies = await makeBodies(service.owner);
  const { privateKey: key, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] });
  const hash = await hashPassword(secret);
  for (const [name, [role, body]] of Object.entries(clients))
    await service.owner.query(
      'insert into api_client (id, secret_hash, public_keys, role, organization_id) values ($1, $2, $3, $4, $5)',
      [name, hash, keys, role, bodies[body].id],
    );

  const token = async (name: ClientName, scope?: string): Promise<string> => {
    const { body } = await request(service.url)
      .post('/oauth/token')
      .auth(name, secret)
      .type('form')
      .send({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) })
      .expect(200);
    return (body as { access_token: string }).access_token;
  };
  const tokens = new Map<ClientName, string>();
  for (const name of Object.keys(clients) as ClientName[]) tokens.set(name, await token(name));

  return {
    ...service,
    bodies,
    key,
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    token,
    client: async (name) => new Client({ baseUrl: `${service.url}/fhir`, bearerToken: await token(name) }),
    send: (name, method, path, body) => {
      const to = request(service.url);
      const asked = to[method](`/fhir${path}`).set('Authorization', `Bearer ${tokens.get(name) ?? ''}`);
      return body === undefined
        ? asked
        : asked
            .set('Content-Type', 'application/fhir+json')
            .send(typeof body === 'string' ? body : JSON.stringify(body));
    },
  };
}

/** Holds a refusal to what every refusal must say: how bad, what kind, where and in words. */
export function expectRefusal(response: request.Response, status: number, where?: string): OperationOutcome {
  expect(response.status).toBe(status);
  expect(response.headers['content-type']).toContain('application/fhir+json');
  const outcome = JSON.parse(response.text) as OperationOutcome;
  expect(outcome.resourceType).toBe('OperationOutcome');
  expect(outcome.issue.length).toBeGreaterThan(0);
  for (const issue of outcome.issue) {
    expect(issue).toMatchObject({ severity: 'error', code: expect.any(String) });
    expect(issue.expression?.[0]).toMatch(/^[A-Za-z]/);
    expect(issue.details?.text).toMatch(/\w.*\./);
  }
  if (where !== undefined) expect(outcome.issue.flatMap((i) => i.expression ?? [])).toContain(where);
  return outcome;
}

/** How many records of every kind there are, versions and log lines included. */
export async function everything({ owner }: Api): Promise<string> {
  const { rows } = await owner.query<{ n: string }>(
    `select string_agg(t || ' ' || (xpath('/row/n/text()', query_to_xml('select count(*) as n from ' || quote_ident(t)
       || case t when 'access_log' then $$ where action not in ('refused', 'token', 'token-refused')$$ else '' end, true, true, '')))[1]::text, ', ' order by t) as n
     from (select c.relname as t from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname not in ('session', 'attempt')) tables`,
  );
  return rows[0]?.n ?? '';
}

export const urn = (): string => `urn:uuid:${randomUUID()}`;
