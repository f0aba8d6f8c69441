import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startService, type Service } from '../support/service.ts';
import { linkFor, logins, placesOf } from './places.ts';
import { reader } from './reader.ts';

let service: Service;
/** Names and what people wrote in their own words: those stay as they are. */
let given: string;

beforeAll(async () => {
  service = await startService();
  const { rows } = await service.owner.query<{ said: string }>(`
    select content ->> 'name' as said from organization union all select content ->> 'name' from healthcare_service
    union all select content -> 'name' -> 0 ->> 'text' from practitioner
    union all select jsonb_path_query(content, '$.extension[*].valueCoding.display') #>> '{}' from organization
    union all select content ->> 'name' from location union all select content -> 'description' ->> 'text' from goal
    union all select content ->> 'comment' from healthcare_service
    union all select content -> 'address' ->> 'text' from location
    union all select concat_ws(' ', title, place, leader, area, note) from gathering
    union all select name from gathering_place where name is not null
    union all select jsonb_path_query(content, '$.name[*].text') #>> '{}' from patient
    union all select jsonb_path_query(content, '$.address[*].*') #>> '{}' from patient`);
  given = rows.map((row) => row.said).join('\n');
});
afterAll(() => service.stop());

const spoken =
  /<(title|h1|h2|h3|label|legend|button|th|caption|summary|dt|option|nav)\b([^>]*)>(.*?)<\/\1>/gs;
const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー々・（）]+/gu;

/** Words of the product, not of its people, that stand on an English page in Japanese. */
function leftovers(page: string): string[] {
  const own = page
    .replaceAll(/<(\w+)[^>]*\blang="ja"[^>]*>.*?<\/\1>/gs, '')
    .replaceAll(/<script.*?<\/script>/gs, '');
  const texts = [...own.matchAll(spoken)].map(([, , , inner = '']) => inner.replaceAll(/<[^>]*>/g, ' '));
  const attributes = [...own.matchAll(/\b(?:aria-label|alt|placeholder|title)="([^"]*)"/g)].map(
    ([, text = '']) => text,
  );
  return [...texts, ...attributes].flatMap((text) =>
    [...text.matchAll(japanese)]
      .map(([words]) => words)
      .filter((words) => /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(words) && !given.includes(words))
      .map((words) => `${words} in: ${text.replaceAll(/\s+/g, ' ').trim().slice(0, 120)}`),
  );
}

async function checked(who: Awaited<ReturnType<typeof reader>>, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const page = await (await who.get(path)).text();
    if (!page.includes('<html lang="en"')) found.push(`${path} is not in English`);
    found.push(...leftovers(page).map((what) => `${path}: ${what}`));
  }
  return [...new Set(found)];
}

test.each(logins)('every page of the %s speaks English to whoever asks for it', async (login) => {
  const { pages } = await placesOf(service, login);
  const who = await reader(service, login, 'en');
  expect(await checked(who, [...pages.values()].flat())).toEqual([]);
});

test('so do the pages without an account', async () => {
  const [patient] = service.demo.people;
  if (!patient) throw new Error('The demo has nobody.');
  const tablet = await linkFor(service, { patient: patient.id, organization: patient.clinic.id });
  const sections = service.programs[0]?.screening.item ?? [];
  const paths = [
    '/sign-in',
    tablet,
    ...sections.map((one) => `${tablet}/sections/${one.linkId}`),
    `${tablet}/check`,
    '/a/unknown',
    '/r/unknown',
    '/nowhere',
  ];
  expect(await checked(await reader(service, undefined, 'en'), paths)).toEqual([]);
});
