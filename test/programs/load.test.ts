import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadPrograms, UnusableForms } from '../../src/programs/load.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'forms-'));
  await cp('forms/akita', join(dir, 'akita'), { recursive: true });
});
afterEach(() => rm(dir, { recursive: true }));

type Json = Record<string, unknown> & { item: Json[] };
/** Changes one file of the copy and says what loading finds wrong. */
async function faultsAfter(file: string, change: (content: Json) => void): Promise<readonly string[]> {
  const path = join(dir, 'akita', file);
  const content = JSON.parse(await readFile(path, 'utf8')) as Json;
  change(content);
  await writeFile(path, JSON.stringify(content));
  return faults();
}
async function faults(): Promise<readonly string[]> {
  try {
    await loadPrograms(dir);
    return [];
  } catch (error) {
    if (error instanceof UnusableForms) return error.faults;
    throw error;
  }
}

/** An item of a form, found by its linkId. */
function find(form: Json, linkId: string): Json {
  const walk = (items: Json[] | undefined): Json[] =>
    (items ?? []).flatMap((one) => [one, ...walk(one.item)]);
  const found = walk(form.item).find((one) => one['linkId'] === linkId);
  if (found === undefined) throw new Error(`no ${linkId}`);
  return found;
}

test('the programs that come with the service load, each from its folder', async () => {
  const programs = await loadPrograms('forms');
  expect(programs.map(({ id }) => id)).toEqual([
    'akita',
    'kamaishi',
    'kotoura',
    'nabari',
    'takaishi',
    'yabu',
  ]);
  for (const { id, screening, assessment, consent } of programs)
    expect([screening.url, assessment.url, consent.url]).toEqual(
      ['screening', 'assessment', 'consent'].map(
        (form) => `https://tsunagi.example/fhir/Questionnaire/${id}-${form}`,
      ),
    );
});

const mistakes: [mistake: string, change: (form: Json) => void, place: string, says: RegExp][] = [
  [
    'an unknown item type',
    (f) => (find(f, 'me.skill')['type'] = 'slider'),
    'item[5].item[5].type',
    /"slider" is not known here/,
  ],
  [
    'a property with a typing error',
    (f) => (find(f, 'me.skill')['enablewhen'] = []),
    'item[5].item[5]',
    /enablewhen/,
  ],
  ['a question without words', (f) => delete find(f, 'me.skill')['text'], 'item[5].item[5].text', /missing/],
  [
    'a question nobody translated',
    (f) => delete find(f, 'me.skill')['_text'],
    'item[5].item[5].text',
    /no English translation/,
  ],
  [
    'an option nobody translated',
    (f) => delete ((find(f, 'living.with')['answerOption'] as Json[])[1]!['valueCoding'] as Json)['_display'],
    'item[0].item[0].answerOption[1].valueCoding.display',
    /no English translation/,
  ],
  ['a title nobody translated', (f) => delete f['_title'], 'title', /no English translation/],
  [
    'the same linkId twice',
    (f) => (find(f, 'me.skill')['linkId'] = 'living.with'),
    'item[5].item[5]',
    /already used at item\[0\]\.item\[0\]/,
  ],
  [
    'a condition on a question that does not exist',
    (f) => ((find(f, 'living.kin')['enableWhen'] as Json[])[0]!['question'] = 'nowhere'),
    'item[0].item[3].enableWhen[0]',
    /"nowhere", which does not exist/,
  ],
  [
    'a condition on an option that is not offered',
    (f) =>
      ((find(f, 'safety.who')['enableWhen'] as Json[])[0]!['answerCoding'] = {
        system: 'https://tsunagi.example/fhir/CodeSystem/akita-answers',
        code: 'perhaps',
      }),
    'item[5].item[1].enableWhen[0]',
    /"perhaps", which "safety.home" does not offer/,
  ],
  [
    'a condition with an answer of another type',
    (f) =>
      (find(f, 'care.burden')['enableWhen'] = [{ question: 'care.giving', operator: '=', answerInteger: 1 }]),
    'item[3].item[1].enableWhen[0]',
    /answerInteger instead of answerBoolean/,
  ],
  [
    'a size compared that has none',
    (f) =>
      (find(f, 'care.burden')['enableWhen'] = [
        { question: 'care.giving', operator: '>', answerBoolean: true },
      ]),
    'item[3].item[1].enableWhen[0]',
    /compares "care.giving" by size/,
  ],
  [
    'questions that wait for each other',
    (f) =>
      (find(f, 'care.giving')['enableWhen'] = [
        { question: 'care.burden', operator: 'exists', answerBoolean: true },
      ]),
    'item[3].item[0]',
    /"care.giving" → "care.burden" → "care.giving"/,
  ],
  [
    'a group that waits for a question in it',
    (f) =>
      (find(f, 'family')['enableWhen'] = [{ question: 'care.giving', operator: '=', answerBoolean: true }]),
    'item[3]',
    /"family" → "care.giving" → "family"/,
  ],
  [
    'a condition on a question asked later',
    (f) =>
      (find(f, 'living.rely')['enableWhen'] = [
        { question: 'care.giving', operator: '=', answerBoolean: true },
      ]),
    'item[0].item[2]',
    /which is asked after it/,
  ],
  [
    'several conditions without any or all',
    (f) => delete find(f, 'living.kin')['enableBehavior'],
    'item[0].item[3]',
    /no enableBehavior/,
  ],
  [
    'a choice without options',
    (f) => delete find(f, 'living.rely')['answerOption'],
    'item[0].item[2]',
    /fewer than two answer options/,
  ],
  [
    'a number below its own smallest',
    (f) => ((find(f, 'out.days')['extension'] as Json[])[0]!['valueInteger'] = 9),
    'item[2].item[0]',
    /smallest value above its largest/,
  ],
  [
    'words for reading that repeat',
    (f) => Object.assign(find(f, 'wish.help'), { type: 'display', repeats: true }),
    'item[5].item[6]',
    /words for reading cannot/,
  ],
  [
    'a question outside a group',
    (f) => f.item.push({ ...find(f, 'me.skill'), linkId: 'loose' }),
    'item[6]',
    /stands outside a group/,
  ],
  [
    'an address that is not this program’s',
    (f) => (f['url'] = 'https://example.org/Questionnaire/other'),
    'url',
    /has to end in \/Questionnaire\/akita-screening/,
  ],
];

test.each(mistakes)(
  'a questionnaire with %s is refused, naming file and place',
  async (_, change, place, says) => {
    const found = await faultsAfter('questionnaire.json', change);
    const start = `${join(dir, 'akita', 'questionnaire.json')}, ${place}: `;
    expect(found.filter((one) => one.startsWith(start) && says.test(one))).toHaveLength(1);
  },
);

type Words = Json & {
  needs: Json[];
  carryOver: Json[];
  dangers: Json[];
  routing: Json[];
  linkWorkers: Json[];
};
const wrongWords: [mistake: string, change: (program: Words) => void, place: string, says: RegExp][] = [
  [
    'a rule on an unknown question',
    (p) => (p.needs[0]!['when'] = { any: [{ question: 'gone', operator: 'exists' }] }),
    'needs[0].when.any[0]',
    /no question "gone"/,
  ],
  [
    'a rule on an unknown option',
    (p) =>
      (p.needs[0]!['when'] = {
        all: [{ question: 'living.with', operator: 'in', answers: ['alone', 'cats'] }],
      }),
    'needs[0].when.all[0]',
    /"living.with" does not offer "cats"/,
  ],
  [
    'a rule that compares words by size',
    (p) => (p.needs[0]!['when'] = { any: [{ question: 'living.with', operator: '>=', atLeast: 2 }] }),
    'needs[0].when.any[0]',
    /is no number/,
  ],
  ['a need nobody knows', (p) => (p.needs[0]!['code'] = 'boredom'), 'needs[0]', /"boredom".* is not known/],
  [
    'a picture nobody drew',
    (p) => (p.needs[0]!['picture'] = 'unicorn'),
    'needs[0].picture',
    /no such picture/,
  ],
  [
    'a need without its English reason',
    (p) => delete (p.needs[0]!['because'] as Json)['en'],
    'needs[0].because.en',
    /missing/,
  ],
  [
    'an answer carried to nowhere',
    (p) => (p.carryOver[0]!['to'] = 's.nothing'),
    'carryOver[0]',
    /no question "s.nothing"/,
  ],
  [
    'an option carried to nowhere',
    (p) => delete p.carryOver[0]!['answers'],
    'carryOver[0]',
    /has no counterpart in "s.people"/,
  ],
  [
    'a danger that no rule finds',
    (p) => (p.dangers[0]!['needs'] = ['elder-abuse'] as never),
    'dangers[0]',
    /no rule finds/,
  ],
  [
    'a danger denied in a question that is not there',
    (p) => (p.dangers[0]!['denied'] = [{ question: 'j.gone', answers: ['none'] }] as never),
    'dangers[0].denied[0]',
    /no question "j.gone"/,
  ],
  [
    'a danger denied by an answer that is not offered',
    (p) => (p.dangers[0]!['denied'] = [{ question: 'j.risk', answers: ['never'] }] as never),
    'dangers[0].denied[0]',
    /does not offer "never"/,
  ],
  ['a route nobody ever takes', (p) => (p.routing = p.routing.toReversed()), 'routing[0]', /never taken/],
  [
    'residents who would see the answers',
    (p) => (p.linkWorkers[1]!['items'] = ['answers'] as never),
    'linkWorkers[1].items',
    /a neighbour may never see "answers"/,
  ],
  ['a deadline missing', (p) => delete (p['deadlines'] as Json)['stat'], 'deadlines.stat', /missing/],
  [
    'consent to something the form does not name',
    (p) => ((p['consentTerms'] as Json)['items'] = ['contact']),
    'consentTerms.items',
    /the consent form offers/,
  ],
  ['another name than its folder', (p) => (p['id'] = 'kita'), 'id', /folder is called "akita"/],
];

test.each(wrongWords)(
  'a program with %s is refused, naming file and place',
  async (_, change, place, says) => {
    const found = await faultsAfter('program.json', (content) => change(content as never));
    const start = `${join(dir, 'akita', 'program.json')}, ${place}: `;
    expect(found.filter((one) => one.startsWith(start) && says.test(one))).toHaveLength(1);
  },
);

test('all faults of all files are said at once', async () => {
  await writeFile(join(dir, 'akita', 'consent.json'), '{ "resourceType": ');
  await rm(join(dir, 'akita', 'assessment.json'));
  const found = await faultsAfter('questionnaire.json', (form) => delete form['_title']);
  expect(found).toEqual([
    expect.stringMatching(/questionnaire\.json, title: has no English translation/),
    expect.stringMatching(/questionnaire\.json, title: has no translation into ja-x-easy/),
    expect.stringMatching(/assessment\.json: the file is missing/),
    expect.stringMatching(/consent\.json: is no JSON/),
  ]);
});

test('a folder that is not there is named with its setting', async () => {
  await expect(loadPrograms(join(dir, 'nowhere'))).rejects.toThrow(
    /nowhere: there is no such folder \(setting FORMS_DIR\)/,
  );
});
