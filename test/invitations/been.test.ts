import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dayInTokyo } from '../../src/kernel/japan/calendar.ts';
import { signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';
import { dayFields, kept, ownPage, people, rowsOf, type Row } from './scene.ts';

let service: Service;
let insurer: Desk;
beforeAll(async () => {
  service = await startService({ patients: 13 });
  insurer = await signedIn(service, 'insurer');
}, 60_000);
afterAll(() => service.stop());

/** Somebody who got their letter and is due to be asked again today. */
async function invited(number: string): Promise<Row> {
  const list = await kept(insurer, people.hana.replace('5501', number));
  await insurer.send(await insurer.get(`/invitations/${list}`), '/sent');
  await service.owner.query('update invitation set due_on = $2 where list_id = $1', [
    list,
    dayInTokyo(service.now()),
  ]);
  const [row] = await rowsOf(service, list);
  if (!row) throw new Error('nobody was invited');
  return row;
}
const state = async ({ id }: Row) =>
  (
    await service.owner.query<Record<string, unknown>>(
      `select been_by, to_char(been_on, 'YYYY-MM-DD') as day, been_where as place, due_on is not null as asked, agreed_by from invitation where id = $1`,
      [id],
    )
  ).rows[0];
const nobody = { been_by: null, day: null, place: null, asked: true, agreed_by: null };

test('whoever was invited says that they have been, and nobody asks them again; the insurer reads when and where', async () => {
  const row = await invited('7501');
  expect((await insurer.get(`/invitations/${row.list_id}/follow-up`)).html).toContain('トウダイモリ ハナコ');
  const [me, page] = await ownPage(service, row);
  const asking = await me.send(page, '/i/answer', { answer: 'been' });
  expect(asking.html).toContain('書かなくても送れます');
  expect(await state(row)).toEqual(nobody);
  const told = { answer: 'been', place: 'かもめ医院', ...dayFields('day', '2026-05-04') };
  const done = await me.send(asking, '/i/answer', told);
  expect(done.html).toContain('お知らせありがとうございました');
  expect(done.html).not.toContain('灯台守');
  expect(await state(row)).toEqual({
    been_by: 'themselves',
    day: '2026-05-04',
    place: 'かもめ医院',
    asked: false,
    agreed_by: null,
  });
  expect((await insurer.get(`/invitations/${row.list_id}/follow-up`)).html).toContain(
    'いま連絡する方はいません',
  );
  const list = await insurer.get(`/invitations/${row.list_id}`);
  expect(list.html).toContain('もう受診したと返事');
  expect(list.html).toContain('かもめ医院');
});

test('both may be left out, and a day to come is refused with everything kept', async () => {
  const row = await invited('7502');
  const [me, page] = await ownPage(service, row);
  const asking = await me.send(page, '/i/answer', { answer: 'been' });
  const wrong = await me.send(asking, '/i/answer', {
    answer: 'been',
    place: 'かもめ医院',
    ...dayFields('day', '2099-01-01'),
  });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('今日よりあとになっています');
  expect(wrong.html).toContain('value="かもめ医院"');
  expect(await state(row)).toEqual(nobody);
  await me.send(asking, '/i/answer', { answer: 'been' });
  expect(await state(row)).toMatchObject({ been_by: 'themselves', day: null, place: null, asked: false });
});

test('it can be taken back, at once or later, and whoever says that they will go has not been', async () => {
  const row = await invited('7503');
  const [me, page] = await ownPage(service, row);
  const done = await me.send(await me.send(page, '/i/answer', { answer: 'been' }), '/i/answer', {
    answer: 'been',
  });
  const back = await me.send(done, '/i/answer', { answer: 'not-been' });
  expect(back.html).toContain('取り消しました');
  expect(await state(row)).toEqual(nobody);
  // The second of two taps.
  await me.send(done, '/i/answer', { answer: 'not-been' });
  expect(await state(row)).toEqual(nobody);

  await me.send(await me.send(page, '/i/answer', { answer: 'been' }), '/i/answer', { answer: 'been' });
  const [again, known] = await ownPage(service, row);
  expect(known.html).toContain('「もう受診しました」とお返事をいただいています');
  expect(known.html).toContain('まちがいでした（取り消す）');
  await again.send(page, '/i/answer', { answer: 'yes' });
  expect(await state(row)).toEqual({ ...nobody, agreed_by: 'themselves' });
});

test('the same by telephone; a letter that goes out afterwards asks nobody again until it is taken back', async () => {
  const list = await kept(insurer, people.taro.replace('5502', '7504'));
  const [row] = await rowsOf(service, list);
  if (!row) throw new Error('nobody was invited');
  const at = `/invitations/${list}/members/${row.id}`;
  const wrong = await insurer.send(await insurer.get(at), '/been', dayFields('day', '2099-01-01'));
  expect(wrong.status).toBe(422);
  await insurer.send(await insurer.get(at), '/been', { place: 'かもめ医院' });
  await insurer.send(await insurer.get(`/invitations/${list}`), '/sent');
  expect(await state(row)).toMatchObject({ been_by: 'telephone', place: 'かもめ医院', asked: false });
  await insurer.send(await insurer.get(at), '/not-been');
  expect(await state(row)).toEqual(nobody);
});
