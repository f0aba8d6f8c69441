import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Answers } from '../../src/intake/answers.ts';
import type { Program } from '../../src/programs/program.ts';
import { publishForms } from '../../src/programs/publish.ts';
import { saveAssessment } from '../../src/support/assessment.ts';
import { supportRoutes } from '../../src/support/routes.tsx';
import { readBack } from '../documents/read.ts';
import { makeWalk, sentAt } from '../programs/walk.ts';
import { serve, signIn, type Browsing } from '../support/browse.ts';
import { laterYabu, yabu } from './later-yabu.ts';

let at = sentAt;
let walk: Awaited<ReturnType<typeof makeWalk>>;
let worker: Browsing;
let cases: Readonly<{ first: string; second: string }>;

/** Every question of the program's domains with one answer, and what else a finished sheet needs. */
const everywhere = ({ domains, assessment }: Program, answer: string): Answers => ({
  ...Object.fromEntries(domains.flatMap(({ questions }) => questions.map((id) => [id, [answer]]))),
  ...Object.fromEntries(
    (assessment.item ?? [])
      .flatMap((one) => [one, ...(one.item ?? [])])
      .filter((one) => one.required && one.type !== 'group' && !one.linkId.startsWith('d.'))
      .map((one) => [one.linkId, [one.answerOption?.[0]?.valueCoding?.code ?? '話をした。']]),
  ),
});

async function assessed(program: Program, answer: string, again?: string) {
  const { sent, patient } = await walk.refer(program, {}, [program], again);
  await walk.open(walk.bodies.actors.linkworker, (records) =>
    saveAssessment(records, [program], {
      id: sent.task,
      answers: everywhere(program, answer),
      language: 'ja',
      complete: true,
      ruledOut: '話をした。',
    }),
  );
  return { task: sent.task, patient };
}

beforeAll(async () => {
  walk = await makeWalk([yabu], () => at);
  const first = await assessed(yabu, 'severe');
  at = new Date(at.getTime() + 60 * 24 * 3_600_000);
  await publishForms(walk.ownerUrl, [laterYabu], at);
  const second = await assessed(laterYabu, 'slight', first.patient);
  const app = serve(walk, (needs) => [supportRoutes({ ...needs, programs: [laterYabu] })]);
  worker = await signIn(walk, app, walk.bodies.actors.linkworker);
  cases = { first: first.task, second: second.task };
});
afterAll(() => walk.close());

const notes = [
  /は、別の版（1\.0\.0）です/,
  /「移動」がありません/,
  /「眠り」がありません/,
  /「家計」は点数の幅が変わりました/,
];

test('the page compares the sheet of today with that of an earlier referral in another version', async () => {
  const before = walk.database.statements();
  const { text, status } = await worker.get(`/referrals/${cases.second}/assessment`);
  expect(status).toBe(200);
  expect(walk.database.statements() - before).toBeLessThanOrEqual(16);
  for (const words of notes) expect(text).toMatch(words);
  expect(text.match(/class="radar-line" d="M-24/g)).toHaveLength(2);
  const table = /<table[\s\S]*?<\/table>/.exec(text.slice(text.indexOf('class="radar"')))?.[0] ?? '';
  const row = (name: string) =>
    new RegExp(`<tr[^>]*>(?:(?!</tr>)[\\s\\S])*${name}[\\s\\S]*?</tr>`)
      .exec(table)?.[0]
      .replace(/<[^>]+>/g, ' ') ?? '';
  expect(row('住まい')).toMatch(/2 \/ 6[\s\S]*6 \/ 6/);
  expect(row('家計')).toMatch(/6（2〜14点で）[\s\S]*6（0〜6点で）/);
  expect(row('移動')).toMatch(/この日のシートにない[\s\S]*6 \/ 6/);
  expect(row('眠り')).toMatch(/1 \/ 3[\s\S]*この日のシートにない/);
});

test('the sheet on paper says the same', async () => {
  const answer = await worker.get(`/referrals/${cases.second}/assessment.pdf`).responseType('blob');
  const pdf = answer.body as Buffer;
  const { pages, alts } = await readBack(pdf);
  const all = pages.join('');
  for (const words of [...notes, /この日のシートにない/, /6（2〜14点で）/]) expect(all).toMatch(words);
  expect(alts.join(' ')).toContain('レーダーチャート');
});

test('the earlier sheet is not compared with what came after it, nor asked for what it could not ask', async () => {
  const { text } = await worker.get(`/referrals/${cases.first}/assessment`);
  expect(text.match(/class="radar-line" d="M-24/g)).toHaveLength(1);
  expect(text).not.toMatch(/別の版|眠り/);
});
