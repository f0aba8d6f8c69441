import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { desk, signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';
import { itemIn, newLink, newPatient, storedOf } from './links.ts';

let service: Service;
let reception: Desk;
beforeAll(async () => {
  service = await startService();
  reception = await signedIn(service, 'reception');
}, 60_000);
afterAll(async () => {
  await service.stop();
});

const pathsIn = (html: string): string[] =>
  [...html.matchAll(/href="(\/a\/[^"]*\/sections\/[^"]*)"/g)].map(([, path = '']) =>
    path.replaceAll('&amp;', '&'),
  );
/** Answers what has to be answered, page by page, and sends it; the pages that were seen. */
async function answerAll(tablet: Desk, link: string): Promise<string[]> {
  const required: Record<string, string> = {
    'q.living.with': 'alone',
    'q.living.talk': 'no-day',
    'q.money.month-end': 'never',
    'q.out.days': '3',
    'q.care.giving': 'false',
    'q.child.raising': 'false',
  };
  const seen: string[] = [];
  let [at = ''] = pathsIn((await tablet.get(link)).html);
  while (!at.endsWith('/check')) {
    const page = await tablet.get(at);
    seen.push(page.html);
    const own = Object.entries(required).filter(([name]) => page.html.includes(`name="${name}"`));
    const next = await tablet.send(page, at.slice(link.length), Object.fromEntries(own));
    if (next.status !== 303) throw new Error(`${at}: ${String(next.status)}`);
    at = next.location;
  }
  const sent = await tablet.send(await tablet.get(at), '/send');
  seen.push((await tablet.get(sent.location)).html);
  return seen;
}

test('a person chooses easy Japanese, answers in it, and the record keeps those words and that language', async () => {
  const patient = await newPatient(reception, 'ヤサシ');
  const link = await newLink(reception, patient);
  const tablet = desk(service);
  const welcome = await tablet.get(link);
  expect(welcome.html).toContain('やさしい日本語');
  expect(welcome.html).toContain('くらしの問診票');
  const chosen = await tablet.send(welcome, '/wishes', { _words: 'ja-x-easy' });
  expect(chosen.location).toBe(link);

  const pages = await answerAll(tablet, link);
  expect(pages[0]).toContain('いま、だれと いっしょに すんで いますか。');
  expect(pages[0]).toContain('lang="ja-x-easy"');
  expect(pages[0]).not.toContain('今、だれと暮らしていますか。');
  expect(pages[0]).toContain('つぎへ');
  expect(pages.at(-1)).toContain('おいしゃさんが、こたえを 見ます。');
  const [stored] = await storedOf(service, patient);
  expect(stored?.language).toBe('ja-x-easy');
  expect(itemIn(stored, 'living.with')).toMatchObject({
    text: 'いま、だれと いっしょに すんで いますか。',
    answer: [{ valueCoding: { code: 'alone', display: 'ひとりで' } }],
  });
  const hub = await reception.get(patient);
  expect(hub.html).toContain('話す人や頼れる人がいない');
  const [read = ''] = /\/patients\/[0-9a-f-]{36}\/answers\/[0-9a-f-]{36}/.exec(hub.html) ?? [];
  expect((await reception.get(read)).html).toContain('質問のことば：やさしい日本語');
});

test('another language in the middle of a page keeps what was typed, and speaks of mistakes in it', async () => {
  const link = await newLink(reception, await newPatient(reception, 'トチュウ'));
  const tablet = desk(service);
  const page = await tablet.get(`${link}/sections/living`);
  const easy = await tablet.send(page, '/sections/living', { 'q.living.with': 'alone', _words: 'ja-x-easy' });
  expect(easy.status).toBe(200);
  expect(easy.html).toMatch(/value="alone"[^>]*checked|checked[^>]*value="alone"/);
  const wrong = await tablet.send(easy, '/sections/living', { 'q.living.with': 'alone' });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('どのくらい ありましたか」に こたえて ください。');
  expect(wrong.html).toContain('つぎの ところを なおして ください');
  const english = await tablet.send(wrong, '/sections/living', { _words: 'en', 'q.living.with': 'alone' });
  expect(english.html).toContain('Who do you live with now?');
  const strange = await tablet.send(english, '/sections/living', { _words: 'xx', 'q.living.with': 'alone' });
  expect(strange.html).toContain('Who do you live with now?');
});

test('large letters and one question a page are there on the next device, too', async () => {
  const patient = await newPatient(reception, 'オオキ');
  const link = await newLink(reception, patient);
  const tablet = desk(service);
  const wide = await tablet.send(await tablet.get(link), '/wishes', { _look: 'large' });
  await tablet.send(await tablet.get(wide.location), '/wishes', { _pace: 'single' });

  const phone = desk(service);
  const welcome = await phone.get(link);
  expect(welcome.html).toContain('class="large"');
  const elsewhere = await phone.get(`${link}/elsewhere`);
  expect(elsewhere.html).toMatch(/<svg class="qr"/);
  const pages = await answerAll(phone, link);
  expect(pages[0]).toContain('質問のことば');
  expect(pages[0]).toMatch(/問中 1問目/);
  const names = pages.map((page) => new Set([...page.matchAll(/name="q\.([a-z.-]+)"/g)].map(([, id]) => id)));
  expect(Math.max(...names.map((one) => one.size))).toBe(1);
  expect(names.length).toBeGreaterThan(15);
  const [stored] = await storedOf(service, patient);
  expect(itemIn(stored, 'out.days')?.answer).toEqual([{ valueInteger: 3 }]);
});

test('one by one, going back and coming again from the check page keep to the question', async () => {
  const link = await newLink(reception, await newPatient(reception, 'ヒトツ'));
  const tablet = desk(service);
  await tablet.send(await tablet.get(link), '/wishes', { _pace: 'single' });
  const [first = ''] = pathsIn((await tablet.get(link)).html);
  const second = await tablet.send(await tablet.get(first), first.slice(link.length), {
    'q.living.with': 'alone',
  });
  expect(second.location).toContain('question=living.talk');
  const back = await tablet.send(await tablet.get(second.location), 'question=living.talk', {
    go: 'back',
  });
  expect(back.location).toBe(first);
  const check = await tablet.get(`${link}/check`);
  expect(check.html).toContain(
    `${link}/sections/living?question=living.talk&amp;from=check#field-q.living.talk`,
  );
});

test('the key for what a browser keeps is given while the link can be answered, and to nobody else', async () => {
  const patient = await newPatient(reception, 'カギ');
  const [link, other] = [await newLink(reception, patient), await newLink(reception, patient)];
  const tablet = desk(service);
  const key = async (of: string): Promise<unknown> =>
    (JSON.parse((await tablet.get(`${of}/key`)).html) as { key: string }).key;
  expect(await key(link)).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  expect(await key(link)).toBe(await key(link));
  expect(await key(other)).not.toBe(await key(link));
  await answerAll(tablet, link);
  expect((await tablet.get(`${link}/key`)).status).toBe(410);
  expect((await tablet.get(`/a/${'x'.repeat(43)}/key`)).status).toBe(410);
});

test('a paper in easy Japanese is printed, and typed in as it was asked', async () => {
  const patient = await newPatient(reception, 'カミ');
  const pdf = await reception.get(`${patient}/questionnaire.pdf?words=ja-x-easy`);
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  const page = await reception.get(`${patient}/answers/new`);
  const easy = await reception.send(page, '/answers', { _words: 'ja-x-easy', 'q.living.with': 'couple' });
  expect(easy.status).toBe(200);
  expect(easy.html).toContain('おっと・つま・パートナーと ふたりで');
  expect(easy.html).toMatch(/value="couple"[^>]*checked|checked[^>]*value="couple"/);
  const [year = '', month = '', day = ''] = service.now().toISOString().slice(0, 10).split('-');
  const saved = await reception.send(easy, '/answers', {
    'filled-year': year,
    'filled-month': month,
    'filled-day': day,
    'q.living.with': 'couple',
    'q.living.talk': 'most-days',
    'q.money.month-end': 'never',
    'q.out.days': '3',
    'q.care.giving': 'false',
    'q.child.raising': 'false',
  });
  expect(saved.status).toBe(303);
  expect((await storedOf(service, patient))[0]?.language).toBe('ja-x-easy');
});
