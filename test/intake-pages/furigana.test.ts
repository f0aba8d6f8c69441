import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { desk, signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';
import { readBack } from '../documents/read.ts';
import { newLink, newPatient } from './links.ts';

let service: Service;
let reception: Desk;
beforeAll(async () => {
  service = await startService();
  reception = await signedIn(service, 'reception');
}, 60_000);
afterAll(async () => {
  await service.stop();
});

test('readings stand above the words once they are switched on, on every page and in every language that has them', async () => {
  const link = await newLink(reception, await newPatient(reception, 'フリガナ'));
  const tablet = desk(service);
  const welcome = await tablet.get(link);
  expect(welcome.html).toContain('ふりがなを付ける');
  expect(welcome.html).not.toContain('<ruby>');
  await tablet.send(welcome, '/wishes', { _furigana: 'on' });
  const read = await tablet.get(`${link}/sections/living`);
  expect(read.html).toContain(
    '<legend class="label"><ruby>今<rt aria-hidden="true">いま</rt></ruby>、だれと',
  );
  expect(read.html).toContain('ふりがなを消す');
  // What is typed stays, and so does the wish, in another language.
  const easy = await tablet.send(read, '/sections/living', { 'q.living.with': 'alone', _words: 'ja-x-easy' });
  expect(easy.html).toMatch(/value="alone" checked/);
  expect((await tablet.get(`${link}/check`)).html).toMatch(/<rt aria-hidden="true">[ぁ-ゖ]+<\/rt>/);
  const english = await tablet.send(await tablet.get(link), '/wishes', { _words: 'en' });
  const page = await tablet.get(english.location);
  expect(page.html).not.toContain('<ruby>');
  expect(page.html).not.toContain('name="_furigana"');
  await tablet.send(page, '/wishes', { _words: 'ja' });
  const off = await tablet.send(await tablet.get(`${link}/sections/living`), '/sections/living', {
    'q.living.with': 'alone',
    _furigana: 'off',
  });
  expect(off.html).toContain('ふりがなを付ける');
  expect(off.html).not.toContain('<ruby>');
});

test('a blank questionnaire is printed with readings, as a sheet of its own that can be known again', async () => {
  const patient = await newPatient(reception, 'インサツ');
  const ways = await reception.get(`${patient}/answers`);
  expect(ways.html).toContain('やさしい日本語・ふりがな付き');
  const codes = new Set<string>();
  for (const query of [
    'words=ja',
    'words=ja&furigana=on',
    'words=ja-x-easy',
    'words=ja-x-easy&furigana=on',
  ]) {
    const cookie = [...reception.jar].map((pair) => pair.join('=')).join('; ');
    const sheet = await fetch(`${service.url}${patient}/questionnaire.pdf?${query}`, { headers: { cookie } });
    const { pages } = await readBack(Buffer.from(await sheet.arrayBuffer()));
    const text = pages.join('\n').replaceAll(/\s/g, '');
    expect(text.includes('だれといっしょにすんで')).toBe(query.includes('easy'));
    codes.add(/TN1[0-9A-Z]{16}/.exec(text)?.[0] ?? '');
  }
  expect(codes.size).toBe(4);
});
