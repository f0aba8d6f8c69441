import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CapabilityStatement } from '@medplum/fhirtypes';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { Browser } from 'playwright-core';
import request from 'supertest';
import { launchChromium } from '../../tools/chromium.ts';
import { stumblingBlocks } from '../story/sight.ts';
import { startService, type Service } from '../support/service.ts';

type Operation = {
  operationId: string;
  tags: string[];
  parameters: { name?: string; in?: string }[];
  security?: object[];
};
type Description = { paths: Record<string, Record<string, Operation>> };

let service: Service;
let browser: Browser;
let described: Description;
let claims: NonNullable<NonNullable<CapabilityStatement['rest']>[0]['resource']>;
beforeAll(async () => {
  service = await startService();
  browser = await launchChromium();
  described = (await request(service.url).get('/fhir/openapi.json').expect(200)).body as Description;
  const { body } = await request(service.url).get('/fhir/metadata').expect(200);
  claims = (body as CapabilityStatement).rest?.[0]?.resource ?? [];
}, 120_000);
afterAll(async () => {
  await browser.close();
  await service.stop();
});
const all = (): [path: string, method: string, operation: Operation][] =>
  Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]): [string, string, Operation] => [path, method, one]),
  );

describe('the OpenAPI description', () => {
  test('is valid OpenAPI 3.1, and calls every operation by a name of its own', async () => {
    const { valid, errors } = await new Validator().validate(described);
    expect([valid, errors]).toEqual([true, undefined]);
    const names = all().map(([, , { operationId }]) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  test('tells of every type the parameters, interactions and operations that are claimed, and no other type', () => {
    for (const { type = '', interaction = [], searchParam = [], operation = [] } of claims) {
      const search = described.paths[`/fhir/${type}`]?.['get'];
      const codes = interaction.map(({ code }) => code);
      expect([type, search?.parameters.map(({ name }) => name)]).toEqual([
        type,
        codes.includes('search-type')
          ? expect.arrayContaining(searchParam.map(({ name }) => name))
          : undefined,
      ]);
      expect([type, 'post' in (described.paths[`/fhir/${type}`] ?? {})]).toEqual([
        type,
        codes.includes('create'),
      ]);
      const one = Object.keys(described.paths[`/fhir/${type}/{id}`] ?? {});
      expect([type, one.includes('put'), one.includes('patch'), one.includes('delete')]).toEqual([
        type,
        ...(['update', 'patch', 'delete'] as const).map((code) => codes.includes(code)),
      ]);
      for (const { name = '' } of operation)
        expect(Object.keys(described.paths).some((path) => path.endsWith(`$${name}`))).toBe(true);
    }
    const types = all().flatMap(([, , { tags }]) => tags);
    expect([...new Set(types)].toSorted()).toEqual(['server', ...claims.map(({ type }) => type)].toSorted());
  });

  test('says truly what is answered without a token: every other address wants one', async () => {
    const wrong: string[] = [];
    for (const [path, method, { security }] of all()) {
      if (path.startsWith('/oauth')) continue;
      const filled = path.replace('{id}', '11111111-1111-4111-8111-111111111111').replace('{version}', '1');
      const { status } = await request(service.url)[method as 'get'](filled);
      // An open one may still know nothing of this id.
      if ((status === 401) !== (security === undefined)) wrong.push(`${method} ${path} ${String(status)}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('the page of the API', () => {
  test('reads without script, in both languages, and names every address of the description', async () => {
    for (const [language, word] of [
      ['ja', 'さがす'],
      ['en', 'Search'],
    ] as const) {
      const { text } = await request(service.url).get('/docs').set('Accept-Language', language).expect(200);
      expect(text).toContain(word);
      for (const path of Object.keys(described.paths)) expect(text).toContain(path);
    }
  });

  test('lets somebody get a token and ask with it, by keyboard and on a telephone as well', async () => {
    const context = await browser.newContext({ locale: 'ja-JP' });
    const page = await context.newPage();
    await page.goto(`${service.url}/docs`);
    await page.getByLabel('クライアント ID').fill('demo-office');
    await page.getByLabel('シークレット').fill('demo-secret');
    await page.getByRole('button', { name: 'トークンを得る' }).click();
    await page.getByText('"access_token"').waitFor();
    await page.getByLabel(/アドレス/).fill('Task?status=requested&_count=1');
    await page.getByRole('button', { name: '送る' }).click();
    await page.getByText('"searchset"').waitFor();
    expect(await page.getByRole('status').innerText()).toMatch(/^200 OK/);
    await page.getByLabel('アクセストークン').fill('nonsense');
    await page.getByRole('button', { name: '送る' }).click();
    await page.getByText('"OperationOutcome"').waitFor();
    expect(await page.getByRole('status').innerText()).toMatch(/^401/);
    expect(await stumblingBlocks(page)).toEqual([]);
    await context.close();
  });
});
