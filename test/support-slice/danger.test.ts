import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { reference } from '../../src/fhir/references.ts';
import { toResponse } from '../../src/intake/answers.ts';
import { supportRoutes } from '../../src/support/routes.tsx';
import { serve, signIn, type Browsing } from '../support/browse.ts';
import { akita, lonely, makeStory, programs, type Story } from './fixture.ts';

let here: Story;
let worker: Browsing;
let task: string;
let patient: string;
beforeAll(async () => {
  here = await makeStory();
  const app = serve(here, (needs) => [supportRoutes({ ...needs, programs })]);
  worker = await signIn(here, app, here.bodies.actors.linkworker);
});
beforeEach(async () => {
  ({ task, patient } = await here.refer());
});
afterAll(() => here.close());

/** Somebody who is frightened at home by somebody of the family; the sheet says that there is nothing. */
const calm = {
  'q.s.safety': 'fine',
  'q.j.risk': 'none',
  'q.w.wish': 'だれかと話したい',
  'q.j.summary': '週に一度の集まりから始める',
};
const at = () => `/referrals/${task}/assessment`;
const seen = async (): Promise<string> =>
  /name="seen" value="([^"]*)"/.exec((await worker.get(`${at()}?edit=1`)).text)?.[1] ?? '';
const save = async (values: Readonly<Record<string, string>>, act = 'complete') =>
  worker.post(at(), { seen: await seen(), act, ...values });
const words = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const asks = '問診票では、危険があるという答えでした';

describe('a person who told of danger at home', () => {
  test('finds it on the sheet from the start', async () => {
    const page = await worker.get(at());
    expect(page.text).toMatch(/name="q\.s\.safety"[^>]*value="trouble"[^>]*checked/);
  });

  test('is not passed over: the sheet comes back with what was answered, when, and what it says instead', async () => {
    const page = await save(calm);
    expect(page.status).toBe(422);
    for (const says of [
      asks,
      '2026年11月20日の答え',
      '家で、こわい思いやいやな思いをすることがありますか。 → ある',
      '家での安全 → 心配ない',
      '見すごせない危険はありますか。 → ない',
    ])
      expect(words(page.text)).toContain(says);
    // No answer is no better than a wrong one, and whatever else is missing is said along with it.
    const { 'q.s.safety': _left, 'q.w.wish': _out, ...bare } = calm;
    const again = await save(bare);
    expect(words(again.text)).toContain('家での安全 → 答えなし');
    expect(words(again.text)).toContain(asks);
    expect(again.text).toContain('href="#field-q.w.wish"');
    expect(again.text).toContain('href="#field-danger"');
  });

  test('may have been asked: a word of what was talked about is enough, stays on the sheet, and is asked once', async () => {
    const told = '三年前のことで、今は離れて暮らしているそうです。';
    expect((await save({ ...calm, danger: told })).status).toBe(303);
    expect(words((await worker.get(at())).text)).toContain(told);
    expect((await save({ ...calm, 'q.j.summary': '見直した' })).status).toBe(303);
    expect(words((await worker.get(at())).text)).toContain(told);
    // Told anew, it is asked anew.
    here.time.forward(5);
    await here.as(here.bodies.actors.doctor)((r) =>
      r.save(
        toResponse(akita.screening, lonely, {
          subject: reference('Patient', patient),
          authored: here.time.now().toISOString(),
          status: 'completed',
          language: 'ja',
        }),
      ),
    );
    expect((await save(calm)).status).toBe(422);
  });

  test('may be taken up instead: with a changed answer nothing more is asked', async () => {
    const watched = { 'q.s.safety': 'watch', 'q.j.risk': 'watch', 'q.j.danger': '包括に伝えた' };
    expect((await save({ ...calm, ...watched })).status).toBe(303);
    expect(words((await worker.get(at())).text)).not.toContain(asks);
  });

  test('is not asked about while the sheet is only kept for now', async () => {
    expect((await save(calm, 'keep')).status).toBe(303);
  });
});
