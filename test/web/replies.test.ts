import { expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import {
  disposition,
  file,
  html,
  json,
  localPath,
  seeOther,
  send,
  type Reply,
} from '../../src/web/replies.ts';

const answering = (reply: Reply) =>
  express().get('/', (_req, res) => {
    send(res, reply);
  });

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  'evil',
  '',
  '/a\r\nSet-Cookie: x=1',
  '/a b',
  ' /a',
  '/\t/evil.example',
])('a redirect to %j is refused', (to) => {
  expect(() => seeOther(to)).toThrow('stay on this server');
  expect(localPath(to)).toBeUndefined();
});

test('a redirect within the service is a 303', async () => {
  const answer = await request(answering(seeOther('/referrals/1?tab=new#top'))).get('/');
  expect([answer.status, answer.headers['location']]).toEqual([303, '/referrals/1?tab=new#top']);
});

test('a page is never kept by a cache', async () => {
  const answer = await request(answering(html('<!doctype html><p>髙橋</p>', 422))).get('/');
  expect(answer.status).toBe(422);
  expect(answer.headers).toMatchObject({
    'cache-control': 'no-store',
    'content-type': 'text/html; charset=utf-8',
  });
  expect(answer.text).toContain('髙橋');
});

test('a file keeps its Japanese name, and its name cannot break out of the header', async () => {
  const answer = await request(
    answering(file(Buffer.from('%PDF-'), 'application/pdf', '紹介状 "1".pdf')),
  ).get('/');
  expect(answer.headers['content-disposition']).toBe(
    `attachment; filename="___ _1_.pdf"; filename*=UTF-8''${encodeURIComponent('紹介状 "1".pdf')}`,
  );
  const bad = disposition('a\r\nX: y"; filename="../../etc\u202e\ud800', true);
  expect(bad).toMatch(/^inline; filename="[\w.\- ]+"; filename\*=UTF-8''[\w.%\-!~]+$/);
});

test('data is sent as JSON', async () => {
  const answer = await request(answering(json({ a: 1 }, 201, { contentType: 'application/fhir+json' }))).get(
    '/',
  );
  expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([
    201,
    'application/fhir+json',
    '{"a":1}',
  ]);
});
