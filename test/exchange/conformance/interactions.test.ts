import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { validateResource } from '@medplum/core';
import type { Bundle, CapabilityStatementRestResource, Resource } from '@medplum/fhirtypes';
import type { Response } from 'supertest';
import { withdrawalUrl } from '../../../src/consent/record.ts';
import { recordTypes } from '../../../src/fhir/types.ts';
import { expectRefusal } from '../api.ts';
import { sampleOf, withId } from './samples.ts';
import { startScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
}, 120_000);
afterAll(() => scene.stop());

const claimOf = (type: string): CapabilityStatementRestResource =>
  scene.claims.find((one) => one.type === type) ?? { type: type as never };
const claims = (type: string, code: string): boolean =>
  claimOf(type).interaction?.some((one) => one.code === code) === true;
const recordIn = ({ text }: Response): Resource & { id: string; language?: string } => {
  const record = JSON.parse(text) as Resource & { id: string };
  validateResource(record);
  return record;
};
const idsIn = ({ text }: Response): (string | undefined)[] =>
  ((JSON.parse(text) as Bundle).entry ?? []).map(({ resource }) => resource?.id);
const expecting = (answer: Response, ...statuses: number[]): Response => {
  if (!statuses.includes(answer.status))
    throw new Error(`${String(answer.status)} ${answer.text.slice(0, 400)}`);
  return answer;
};
const said = ({ meta: _meta, id: _id, ...rest }: Record<string, unknown>): unknown => rest;

/** What was agreed to, or sent, is taken back and not changed otherwise. */
const changedOnce: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Consent: {
    status: 'inactive',
    extension: [
      {
        url: withdrawalUrl,
        extension: [
          { url: 'reason', valueString: '気が変わった' },
          { url: 'at', valueDateTime: '2026-11-21T10:00:00+09:00' },
        ],
      },
    ],
  },
  ServiceRequest: { status: 'revoked' },
};

describe.each(recordTypes.filter((type) => type !== 'Questionnaire'))('%s', (type) => {
  const made = async (): Promise<{ id: string; as: Ask; body: Record<string, unknown> }> => {
    const { who, body } = await sampleOf(scene, type);
    const as: Ask = (method, path, sent) => scene.send(who, method, path, sent);
    const answer = expecting(await as('post', `/${type}`, body), 201);
    return { id: recordIn(answer).id, as, body };
  };
  type Ask = (
    method: Parameters<Scene['send']>[1],
    path: string,
    body?: unknown,
  ) => ReturnType<Scene['send']>;

  test('create, conditionally too, gives back what was sent; read, conditionally too, and vread find it', async () => {
    expect(claims(type, 'create') && claims(type, 'read') && claims(type, 'vread')).toBe(true);
    const { id, as, body } = await made();
    const read = expecting(await as('get', `/${type}/${id}`), 200);
    expect(said(recordIn(read) as never)).toEqual(said(body));
    expect(read.headers['etag']).toBe('W/"1"');
    expecting(await as('get', `/${type}/${id}`).set('If-None-Match', 'W/"1"'), 304);
    const since = String(read.headers['last-modified']);
    expecting(await as('get', `/${type}/${id}`).set('If-Modified-Since', since), 304);
    expect(recordIn(expecting(await as('get', `/${type}/${id}/_history/1`), 200)).id).toBe(id);
    expecting(await as('get', `/${type}/${id}/_history/2`), 404);

    expect(claimOf(type).conditionalCreate).toBe(true);
    const again = await as('post', `/${type}`, body).set('If-None-Exist', `_id=${id}`);
    expect(recordIn(expecting(again, 200)).id).toBe(id);
    expect(idsIn(expecting(await as('get', `/${type}?_id=${id}`), 200))).toEqual([id]);
    const posted = scene.send((await sampleOf(scene, type)).who, 'post', `/${type}/_search`);
    expect(idsIn(expecting(await posted.type('form').send(`_id=${id}`), 200))).toEqual([id]);
  });

  test('update and patch, conditionally too, make the next version, and history tells each as it was written', async () => {
    for (const code of ['update', 'patch', 'history-instance', 'history-type'])
      expect([code, claims(type, code)]).toEqual([code, true]);
    expect(claimOf(type).conditionalUpdate).toBe(true);
    const once = changedOnce[type];
    const all = ['update', 'update?', 'patch', 'patch?'] as const;
    // What can be changed a single time is made anew for each way of changing it.
    for (const ways of once === undefined ? [all] : all.map((way) => [way])) {
      const { id, as, body } = await made();
      const written: Record<string, unknown>[] = [body];
      for (const [i, way] of ways.entries()) {
        const change = once ?? { language: ['en', 'ja', 'fr', 'de'][i] };
        const next = { ...body, ...change };
        const operations = Object.entries(change).map(([element, value]) => ({
          op: 'add',
          path: `/${element}`,
          value,
        }));
        const path = way.endsWith('?') ? `/${type}?_id=${id}` : `/${type}/${id}`;
        const asked = way.startsWith('update')
          ? as('put', path, { ...next, id })
          : as('patch', path, JSON.stringify(operations)).set('Content-Type', 'application/json-patch+json');
        const answer = await asked.set('If-Match', `W/"${String(i + 1)}"`);
        expect(said(recordIn(expecting(answer, 200)) as never)).toEqual(said(next));
        written.push(next);
      }
      const stale = await as('put', `/${type}/${id}`, { ...body, id }).set('If-Match', 'W/"1"');
      expectRefusal(stale, 412, 'http.If-Match');

      const history = JSON.parse(expecting(await as('get', `/${type}/${id}/_history`), 200).text) as Bundle;
      expect(history.entry?.map(({ resource }) => said(resource as never)).toReversed()).toEqual(
        written.map(said),
      );
      for (const [i, one] of written.entries()) {
        const version = await as('get', `/${type}/${id}/_history/${String(i + 1)}`);
        expect(said(recordIn(expecting(version, 200)) as never)).toEqual(said(one));
      }
      const newest = expecting(await as('get', `/${type}/_history?_count=${String(written.length)}`), 200);
      expect(idsIn(newest)).toEqual(written.map(() => id));
    }
  });

  test('delete, conditionally too, takes it away where that is claimed; otherwise it stays', async () => {
    const [one, other] = [await made(), await made()];
    const gone = await one.as('delete', `/${type}/${one.id}`);
    const conditional = await other.as('delete', `/${type}?_id=${other.id}`);
    const now = await Promise.all([one, other].map(({ id, as }) => as('get', `/${type}/${id}`)));
    if (claims(type, 'delete')) {
      expect(claimOf(type).conditionalDelete).toBe('single');
      expect([gone.status, conditional.status]).toEqual([204, 204]);
      for (const answer of now) expectRefusal(answer, 410);
    } else {
      expect(claimOf(type).conditionalDelete).toBe('not-supported');
      for (const answer of [gone, conditional]) expectRefusal(answer, 403);
      for (const answer of now) expecting(answer, 200);
    }
  });

  test('an id of the sender’s own is taken where that is claimed', async () => {
    const { who, body } = await sampleOf(scene, type);
    const own = withId(body);
    const answer = await scene.send(who, 'put', `/${type}/${own.id}`, own);
    if (claimOf(type).updateCreate === true) expect(recordIn(expecting(answer, 201)).id).toBe(own.id);
    else expectRefusal(answer, 404);
  });
});

test('nothing else is answered: what a type does not claim is 403, 404 or 405, and nothing is written', async () => {
  const id = randomUUID();
  const ways = {
    create: ['post', ''],
    update: ['put', `/${id}`],
    patch: ['patch', `/${id}`],
    delete: ['delete', `/${id}`],
    'history-instance': ['get', `/${id}/_history`],
    'history-type': ['get', '/_history'],
    vread: ['get', `/${id}/_history/1`],
  } as const;
  const wrong: string[] = [];
  for (const { type = '' } of scene.claims)
    for (const [code, [method, path]] of Object.entries(ways)) {
      if (claims(type, code)) continue;
      const body =
        method === 'get' || method === 'delete' ? undefined : { resourceType: type, id, status: 'active' };
      const sent = scene.send('council', method, `/${type}${path}`, body);
      const answer =
        method === 'patch' ? await sent.set('Content-Type', 'application/json-patch+json') : await sent;
      // A conditional or repeated deletion of what is not there changes nothing.
      const isFine = [403, 404, 405].includes(answer.status) || (code === 'delete' && answer.status === 204);
      if (!isFine)
        wrong.push(`${method} ${type}${path} ${String(answer.status)} ${answer.text.slice(0, 200)}`);
    }
  expect(wrong).toEqual([]);
  for (const type of ['Medication', 'Group', 'Bundle'])
    expectRefusal(await scene.send('clinic', 'get', `/${type}`), 404);
});
