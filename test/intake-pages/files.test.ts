import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Questionnaire } from '@medplum/fhirtypes';
import sharp from 'sharp';
import { readBack } from '../documents/read.ts';
import { bound } from '../intake/forms.ts';
import { claiming, photograph } from '../security/pictures.ts';
import { desk, signedIn, type Desk, type Seen } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';
import { itemIn, newPatient, storedOf } from './links.ts';

let service: Service;
let reception: Desk;
let canonical: string;
beforeAll(async () => {
  service = await startService();
  const admin = await signedIn(service, 'admin');
  reception = await signedIn(service, 'reception');
  const checked = await admin.send(await admin.get('/forms'), '/forms/check', { json: JSON.stringify(form) });
  expect(checked.status).toBe(200);
  const used = await admin.send(checked, '/forms');
  expect(used.status).toBe(303);
  canonical = used.location.split('/').at(-1) ?? '';
}, 60_000);
afterAll(async () => {
  await service.stop();
});

const form: Questionnaire = {
  resourceType: 'Questionnaire',
  url: 'https://forms.example/Questionnaire/papers',
  version: '1',
  language: 'ja',
  status: 'active',
  title: '書類を預かる（ためし）',
  item: [
    {
      linkId: 'first',
      type: 'group',
      text: 'はじめに',
      item: [
        {
          linkId: 'photo',
          type: 'attachment',
          text: 'お薬手帳の写真',
          required: true,
          extension: [bound('mimeType', { valueCode: 'image/*' }), bound('maxSize', { valueDecimal: 1 })],
        },
        { linkId: 'name', type: 'string', text: 'お名前の読み', required: true },
      ],
    },
    {
      linkId: 'second',
      type: 'group',
      text: 'つぎに',
      item: [
        { linkId: 'papers', type: 'attachment', text: '持っている書類', repeats: true },
        {
          linkId: 'why',
          type: 'string',
          text: 'なぜないか',
          enableWhen: [{ question: 'papers', operator: 'exists', answerBoolean: false }],
        },
      ],
    },
  ],
};

const blob = (bytes: Buffer, type = 'application/octet-stream') =>
  new Blob([new Uint8Array(bytes)], { type });
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
const png = (color: string) =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: color } })
    .png()
    .toBuffer();
const held = async (): Promise<number> => {
  const { rows } = await service.owner.query<{ n: number }>('select count(*)::int as n from given_file');
  return rows[0]?.n ?? -1;
};
const keptIn = ({ html }: Seen): string[] =>
  [...html.matchAll(/name="q\.[^"]+" value="(Binary\/[0-9a-f-]{36})"/g)].map(([, one = '']) => one);
const link = async (patient: string): Promise<string> => {
  const made = await reception.send(await reception.get(`${patient}/answers`), '/answer-links', {
    form: canonical,
  });
  return /\/a\/[\w-]{43}/.exec(made.html)?.[0] ?? '';
};
const ask = (at: Desk, path: string): Promise<Response> =>
  fetch(`${service.url}${path}`, {
    headers: { cookie: [...at.jar].map((pair) => pair.join('=')).join('; ') },
  });

test('by a link, page by page: a file stays through a fault beside it, another device goes on, and the file is a record with the answers', async () => {
  const patient = await newPatient(reception, 'ふみ');
  const base = await link(patient);
  const phone = desk(service);
  const page = await phone.get(`${base}/sections/first`);
  expect(page.html).toMatch(/<form[^>]*enctype="multipart\/form-data"/);
  expect(page.html).toContain('accept="image/jpeg,image/png"');
  const wrong = await phone.sendFiles(
    page,
    '/sections/first',
    { 'q.name': '' },
    { 'q.photo': blob(await photograph()) },
  );
  expect(wrong.status).toBe(422);
  expect(wrong.html).not.toContain('「お薬手帳の写真」に答えて');
  const [photo = ''] = keptIn(wrong);
  const id = photo.split('/')[1] ?? '';
  expect(wrong.html).toContain(`src="${base}/files/${id}?small"`);
  const shown = await ask(phone, `${base}/files/${id}`);
  const bytes = Buffer.from(await shown.arrayBuffer());
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  expect(bytes.includes('SECRET')).toBe(false);
  // Nothing but which file it was is believed of a page.
  const forged = await phone.send(wrong, '/sections/first', {
    'q.name': 'フミ',
    'q.photo': `${photo} application/pdf 1 - x`,
  });
  expect(forged.location).toBe(`${base}/sections/second`);

  const tablet = desk(service);
  const second = await tablet.get(`${base}/sections/second`);
  const both = await tablet.sendFiles(
    second,
    '/sections/second',
    { 'q.why': 'x' },
    { 'q.papers': blob(pdf) },
  );
  expect(both.location).toBe(`${base}/check`);
  const check = await tablet.get(`${base}/check`);
  expect(check.html).toContain(`src="${base}/files/${id}?small"`);
  expect(check.html).toContain('q.papers.bin');
  expect((await storedOf(service, patient)).length).toBe(0);
  const sent = await tablet.send(check, '/send');
  expect([sent.status, sent.status === 303 ? '' : sent.html]).toEqual([303, '']);
  expect((await tablet.send(check, '/send')).status).toBe(303);

  const [answers, ...more] = await storedOf(service, patient);
  expect(more).toEqual([]);
  expect(JSON.stringify(answers).length).toBeLessThan(3000);
  expect(itemIn(answers, 'photo')?.answer).toEqual([
    {
      valueAttachment: {
        contentType: 'image/jpeg',
        url: photo,
        size: bytes.length,
        hash: createHash('sha1').update(bytes).digest('base64'),
        title: 'q.photo.bin',
      },
    },
  ]);
  expect(itemIn(answers, 'why')).toBeUndefined();
  const { rows } = await service.owner.query<{ item: string; patient_id: string }>(
    'select item, patient_id from "binary" where id = $1',
    [id],
  );
  expect(rows).toEqual([{ item: 'answers', patient_id: patient.split('/').at(-1) }]);
  expect(await held()).toBe(0);
  // The link is over, and with it every way to the file that does not go by the record.
  expect((await ask(tablet, `${base}/files/${id}`)).status).toBe(410);
});

const disguised: [what: string, file: () => Promise<Buffer> | Buffer, says: RegExp][] = [
  [
    'a page that is called a picture',
    () => Buffer.from('<html><script>1</script></html>'),
    /JPEG・PNGのファイルを選んで/,
  ],
  ['a PDF where a picture is asked for', () => pdf, /JPEG・PNGのファイルを選んで/],
  ['an empty one', () => Buffer.alloc(0), /空です/],
  ['one that unpacks to a hundred million pixels', () => claiming(10_000, 10_000), /画素が多すぎます/],
  ['a damaged one', () => claiming(100, 100), /壊れて/],
  [
    'one that is larger than anything taken',
    () => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(11_000_000)]),
    /大きすぎます。1 MBまで/,
  ],
  [
    'one over what the form takes',
    async () => {
      const noise = Buffer.alloc(900 * 700 * 3);
      for (let i = 0, x = 7; i < noise.length; i += 1) noise[i] = (x = (x * 48_271) % 2_147_483_647) & 255;
      return sharp(noise, { raw: { width: 900, height: 700, channels: 3 } })
        .png()
        .toBuffer();
    },
    /大きすぎます。1 MBまで/,
  ],
  [
    'a picture of an iPhone',
    () => Buffer.concat([Buffer.alloc(4), Buffer.from('ftypheic'), Buffer.alloc(20)]),
    /HEIC/,
  ],
];
let refusing: Promise<string> | undefined;
test.each(disguised)(
  '%s is refused at its field, with everything else that was typed',
  async (_, file, says) => {
    refusing ??= newPatient(reception, 'くら');
    const patient = await refusing;
    const path = `${patient}/forms/${canonical}`;
    const before = await held();
    const answer = await reception.sendFiles(
      await reception.get(path),
      path,
      { 'q.name': 'クラ', 'q.why': 'まだない' },
      { 'q.photo': blob(await file(), 'image/png') },
    );
    expect(answer.status).toBe(422);
    expect(answer.html).toMatch(says);
    expect(answer.html).not.toContain('に答えてください');
    expect(answer.html).toContain('value="クラ"');
    expect(answer.html).toContain('value="まだない"');
    expect(await held()).toBe(before);
  },
);

test('typed in by the reception: two files, one taken away, stored once however often it is sent, shown and printed', async () => {
  const patient = await newPatient(reception, 'よし');
  const path = `${patient}/forms/${canonical}`;
  const page = await reception.get(path);
  const one = await reception.sendFiles(
    page,
    path,
    { 'q.name': '', 'q.why': 'x' },
    { 'q.photo': blob(await png('red')), 'q.papers': blob(pdf) },
  );
  expect([one.status, keptIn(one).length]).toEqual([422, 2]);
  const [photo = '', paper = ''] = keptIn(one);
  // Whoever comes back to the page finds them.
  expect(keptIn(await reception.get(path))).toEqual([photo, paper]);
  const two = await reception.sendFiles(one, path, { 'q.name': '' }, { 'q.papers': blob(await png('blue')) });
  expect(keptIn(two).slice(0, 2)).toEqual([photo, paper]);
  expect(keptIn(two).length).toBe(3);
  const less = await reception.send(two, path, {
    'q.papers': keptIn(two).slice(1),
    _row: `drop:papers ${paper}`,
  });
  expect(less.status).toBe(200);
  expect(keptIn(less)).toEqual([photo, keptIn(two)[2]]);
  const replaced = await reception.sendFiles(
    less,
    path,
    { 'q.name': '' },
    { 'q.photo': blob(await png('green')) },
  );
  expect(keptIn(replaced)[0]).not.toBe(photo);
  const [first, second] = await Promise.all([
    reception.send(replaced, path, { 'q.name': 'ヨシ' }),
    reception.send(replaced, path, { 'q.name': 'ヨシ' }),
  ]);
  expect([first.status, second.status, second.location]).toEqual([303, 303, first.location]);
  expect((await storedOf(service, patient)).length).toBe(1);

  const read = first.location.split('?')[0] ?? '';
  const shown = await reception.get(read);
  const [, file = ''] = /src="([^"]*\/files\/[0-9a-f-]{36})\?small"/.exec(shown.html) ?? [];
  expect(file.startsWith(`${read}/files/`)).toBe(true);
  const small = await ask(reception, `${file}?small`);
  expect([
    small.status,
    small.headers.get('content-type'),
    small.headers.get('content-security-policy'),
  ]).toEqual([200, 'image/jpeg', expect.stringContaining('sandbox')]);
  const printed = await readBack(Buffer.from(await (await ask(reception, `${read}.pdf`)).arrayBuffer()));
  expect(printed.pages.join('')).toContain('この回答と一緒に保管しています');
  const blank = await readBack(Buffer.from(await (await ask(reception, `${path}/blank.pdf`)).arrayBuffer()));
  expect(blank.pages.join('')).toContain('この用紙と一緒に出せます');

  // A file of these answers is had by no other answers, person or account.
  const other = await newPatient(reception, 'べつ');
  const id = file.split('/').at(-1) ?? '';
  const foreign = await reception.send(
    await reception.get(`${other}/forms/${canonical}`),
    `${other}/forms/${canonical}`,
    {
      'q.name': 'ベツ',
      'q.photo': `Binary/${id}`,
      'q.why': 'x',
    },
  );
  expect(foreign.status).toBe(422);
  expect(foreign.html).toContain('もうここにありません');
  for (const stray of [
    `${other}/answers/${read.split('/').at(-1) ?? ''}/files/${id}`,
    `${read}/files/${randomUUID()}`,
    `${other}/files/${id}`,
    `${patient}/files/x`,
  ])
    expect((await ask(reception, stray)).status).toBe(404);
  const linkworker = await signedIn(service, 'linkworker');
  expect((await ask(linkworker, file)).status).toBe(404);
});

test('two tabs: what one gave is there in the other when it is sent, and one question a page keeps the file', async () => {
  const patient = await newPatient(reception, 'まど');
  const base = await link(patient);
  const at = desk(service);
  const [tab, other] = [await at.get(`${base}/sections/first`), await at.get(`${base}/sections/first`)];
  const given = await at.sendFiles(
    tab,
    '/sections/first',
    { 'q.name': 'マド' },
    { 'q.photo': blob(await png('red')) },
  );
  expect(given.location).toBe(`${base}/sections/second`);
  const late = await at.sendFiles(
    other,
    '/sections/first',
    { 'q.name': 'マド' },
    { 'q.photo': blob(await png('red')) },
  );
  expect(late.location).toBe(`${base}/sections/second`);
  await at.send(await at.get(`${base}/check`), '/wishes', { single: 'on' });
  const single = await at.get(`${base}/sections/first?question=photo`);
  expect(keptIn(single).length).toBe(1);
  const { rows } = await service.owner.query<{ n: number }>(
    'select count(*)::int as n from given_file where patient_id = $1',
    [patient.split('/').at(-1)],
  );
  expect(rows).toEqual([{ n: 1 }]);
  // By another person's link nobody has it.
  const stranger = await link(await newPatient(reception, 'よそ'));
  expect((await ask(at, `${stranger}/files/${keptIn(single)[0]?.split('/')[1] ?? ''}`)).status).toBe(404);
});
