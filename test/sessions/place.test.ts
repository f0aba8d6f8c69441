import { expect, test } from '@jest/globals';
import { newSchema } from '../../src/sessions/form.ts';
import { holds } from '../../src/sessions/programs.ts';
import { readForm } from '../../src/web/form.tsx';
import { programs } from './scene.ts';

const street = 'あおば県朝凪市緑が丘2-5';
const location = { id: '7f9c24e8-3b13-4f0c-9a51-2d6a1c7b0e11', name: '緑が丘公民館', address: street };
const now = new Date('2026-11-20T10:00:00+09:00');

/** Where it is held, as whoever signs up reads it. */
function placeOf(fields: Readonly<Record<string, string>>): string | null {
  const program = programs.filter(holds).find(({ id }) => id === 'takaishi');
  if (!program) throw new Error('no program with sessions');
  const form = readForm(newSchema({ program, areas: ['992011'], locations: [location] }, now), {
    kind: 'exercise',
    title: 'からだほぐし',
    repeat: 'none',
    'date-year': '2026',
    'date-month': '12',
    'date-day': '1',
    from: '10:00',
    to: '11:00',
    municipality: '992011',
    room: '8',
    ...fields,
  });
  if (!form.ok) throw new Error(JSON.stringify(form.state.issues));
  return form.data.draft.place;
}

test.each([
  [{ location: location.id }, `緑が丘公民館　${street}`],
  [{ location: location.id, place: '2階和室' }, `2階和室　${street}`],
  // Changed later: what was put together stays as it is.
  [{ location: location.id, place: `2階和室　${street}` }, `2階和室　${street}`],
  [{ place: 'みなとドラッグ　港町1-8' }, 'みなとドラッグ　港町1-8'],
])('a place of the directory comes with its street address: %j', (fields, expected) => {
  expect(placeOf(fields)).toBe(expected);
});
