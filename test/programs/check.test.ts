import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lineOf } from '../../src/programs/line.ts';
import { checkFolders } from '../../tools/check-program.ts';

const programs = ['akita', 'kamaishi', 'kotoura', 'nabari', 'takaishi', 'yabu'];

async function check(...folders: string[]) {
  const said: string[] = [];
  const code = await checkFolders(folders, (line) => void said.push(line));
  return { code, said };
}

test.each(programs)('%s has no mistakes, and what it holds is summed up', async (id) => {
  const { code, said } = await check(`forms/${id}`);
  expect(code).toBe(0);
  expect(said).toEqual([
    expect.stringMatching(
      new RegExp(`^forms/${id}: no mistakes\\. .*\\d+ questions .*\\d+ needs, \\d+ routes`),
    ),
  ]);
});

test('without a folder it says how it is called', async () => {
  expect((await check()).code).toBe(2);
});

test('a folder that is not there is four missing files', async () => {
  const { code, said } = await check('forms/nowhere');
  expect(code).toBe(1);
  expect(said.filter((line) => line.endsWith('the file is missing'))).toHaveLength(4);
});

describe('a broken folder', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'programs-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  type Json = { [key: string]: unknown };
  type Change = (content: Json) => void;
  async function broken(id: string, file: string, change: Change) {
    const folder = join(dir, id);
    await cp(`forms/${id}`, folder, { recursive: true });
    const path = join(folder, file);
    const content = JSON.parse(await readFile(path, 'utf8')) as Json;
    change(content);
    await writeFile(path, JSON.stringify(content, null, 2));
    return { folder, path };
  }
  const find = (form: Json, linkId: string): Json => {
    const walk = (items: Json[] | undefined): Json[] =>
      (items ?? []).flatMap((one) => [one, ...walk(one['item'] as Json[] | undefined)]);
    const found = walk(form['item'] as Json[]).find((one) => one['linkId'] === linkId);
    if (found === undefined) throw new Error(`no ${linkId}`);
    return found;
  };
  const standard = 'http://hl7.org/fhir/StructureDefinition';
  const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire';
  const variable = (name: string, expression: string): Json => ({
    url: `${standard}/variable`,
    valueExpression: { name, language: 'text/fhirpath', expression },
  });
  const valueSet = (id: string): Json => ({
    resourceType: 'ValueSet',
    id,
    status: 'active',
    compose: {
      include: [
        {
          system: 'https://tsunagi.example/fhir/CodeSystem/weather',
          concept: [
            { code: 'sun', display: '晴れ', designation: [{ language: 'en', value: 'Sunny' }] },
            {
              code: 'rain',
              display: '雨',
              designation: [{ language: 'en', value: 'Rainy' }],
              extension: [{ url: `${standard}/ordinalValue`, valueDecimal: 2 }],
            },
          ],
        },
      ],
    },
  });
  const first = (form: Json): Json => of(form, 'item', 0, 'item', 0);
  const extend = (form: Json, extension: Json): void => {
    const item = first(form);
    delete item['code'];
    item['extension'] = [...((item['extension'] as Json[] | undefined) ?? []), extension];
  };
  const asks = (form: Json, kind: string, expression: string): void =>
    extend(form, {
      url: `${sdc}-${kind}Expression`,
      valueExpression: { language: 'text/fhirpath', expression },
    });
  const of = (content: Json, ...path: (string | number)[]): Json =>
    path.reduce<Json>((inside, step) => inside[String(step)] as Json, content);
  const list = (...given: Parameters<typeof of>): string[] => of(...given) as unknown as string[];

  const mistakes: [mistake: string, id: string, file: string, change: Change, place: string, says: RegExp][] =
    [
      [
        'an unknown item type',
        'kotoura',
        'questionnaire.json',
        (f) => (find(f, 'today.feel')['type'] = 'slider'),
        'item[0].item[0].type',
        /"slider" is not known here/,
      ],
      [
        'a missing translation',
        'nabari',
        'questionnaire.json',
        (f) => delete find(f, 'care')['_text'],
        'item[1].text',
        /no English translation/,
      ],
      [
        'questions in a circle',
        'takaishi',
        'questionnaire.json',
        (f) =>
          (find(f, 'safety.home')['enableWhen'] = [
            { question: 'safety.who', operator: 'exists', answerBoolean: true },
          ]),
        'item[3].item[1]',
        /can never be asked/,
      ],
      [
        'a figure of a question that nobody asks',
        'kotoura',
        'program.json',
        (p) => list(p, 'figures').push('area.nowhere'),
        'figures[3]',
        /the questionnaire has no question "area.nowhere"/,
      ],
      [
        'a figure named twice',
        'kotoura',
        'program.json',
        (p) => list(p, 'figures').push('area.hard'),
        'figures[3]',
        /names "area.hard" twice/,
      ],
      [
        'a figure of what people write in their own words',
        'kotoura',
        'program.json',
        (p) => list(p, 'figures').push('wish.help'),
        'figures[3]',
        /"wish.help" has no coded options to count/,
      ],
      [
        'a figure of what somebody in danger may have said',
        'takaishi',
        'program.json',
        (p) => list(p, 'figures').push('safety.home'),
        'figures[2]',
        /"safety.home" leads to telephone numbers at once/,
      ],
      [
        'an expression that cannot be read',
        'akita',
        'assessment.json',
        (f) => asks(f, 'calculated', '%resource.item.where('),
        'item[0].item[0].extension',
        /has a calculatedExpression that cannot be read/,
      ],
      [
        'an expression in another language',
        'akita',
        'questionnaire.json',
        (f) =>
          extend(f, {
            url: `${sdc}-initialExpression`,
            valueExpression: { language: 'text/cql', expression: 'AgeInYears()' },
          }),
        'item[0].item[0].extension',
        /an expression in text\/cql/,
      ],
      [
        'what is calculated from itself',
        'akita',
        'assessment.json',
        (f) =>
          asks(
            f,
            'calculated',
            `%resource.descendants().where(linkId = '${String(first(f)['linkId'])}').answer.value`,
          ),
        'item[0].item[0]',
        /is calculated from itself/,
      ],
      [
        'a pattern that cannot be used',
        'akita',
        'questionnaire.json',
        (f) => extend(f, { url: `${standard}/regex`, valueString: '(?=a)b' }),
        'item[0].item[0].extension',
        /regular expression that cannot be used/,
      ],
      [
        'an extension that nothing acts on',
        'akita',
        'questionnaire.json',
        (f) => extend(f, { url: 'https://example.org/colour', valueString: 'red' }),
        'item[0].item[0].extension',
        /example\.org\/colour is not acted on/,
      ],
      [
        'an extension that changes what is asked',
        'akita',
        'questionnaire.json',
        (f) => extend(f, { url: `${sdc}-candidateExpression`, valueExpression: {} }),
        'item[0].item[0].extension',
        /candidateExpression, which is not acted on/,
      ],
      [
        'an observation without a code, which would refuse what everybody sends',
        'akita',
        'questionnaire.json',
        (f) => extend(f, { url: `${sdc}-observationExtract`, valueBoolean: true }),
        'item[0].item[0].code',
        /observationExtract\) and has no code/,
      ],
      [
        'answers from a value set that is not there',
        'akita',
        'questionnaire.json',
        (f) => {
          const item = first(f);
          delete item['answerOption'];
          item['answerValueSet'] = '#gone';
        },
        'item[0].item[0].answerValueSet',
        /#gone, which the form does not carry/,
      ],
      [
        'a value set that no question uses',
        'akita',
        'questionnaire.json',
        (f) => (f['contained'] = [valueSet('spare')]),
        'contained[0]',
        /not used by any question/,
      ],
      [
        'a value set without its codes',
        'akita',
        'questionnaire.json',
        (f) =>
          (f['contained'] = [
            { ...valueSet('spare'), compose: { include: [{ system: 'http://loinc.org' }] } },
          ]),
        'contained[0].compose.include[0].concept',
        /missing/,
      ],
      [
        'a choice of one that begins with two',
        'akita',
        'questionnaire.json',
        (f) => {
          for (const option of first(f)['answerOption'] as Json[]) option['initialSelected'] = true;
        },
        'item[0].item[0].answerOption',
        /takes one answer and begins with several/,
      ],
      [
        'a choice that begins with a value instead of an option',
        'akita',
        'questionnaire.json',
        (f) => (first(f)['initial'] = [{ valueString: 'x' }]),
        'item[0].item[0].initial',
        /initialSelected/,
      ],
      [
        'a consent that is ticked beforehand',
        'akita',
        'consent.json',
        (f) =>
          (list(find(f, 'recipients'), 'answerOption')[0] = {
            ...of(find(f, 'recipients'), 'answerOption', 0),
            initialSelected: true,
          } as never),
        'item[1].item[0]',
        /a consent never is/,
      ],
      [
        'a name in the form for what cannot be read',
        'akita',
        'questionnaire.json',
        (f) => (f['extension'] = [variable('score', '1 +')]),
        'extension',
        /the variable %score cannot be read/,
      ],
      [
        'a sheet that tells what its consent does not open',
        'nabari',
        'program.json',
        (p) => (of(p, 'received')['items'] = ['contact']),
        'received.items',
        /lacks "medical-note"/,
      ],
      [
        'a sheet that names somebody beyond the consent',
        'nabari',
        'program.json',
        (p) => list(p, 'received', 'recipients').push('insurer'),
        'received.recipients',
        /names "insurer", which consentTerms does not/,
      ],
      [
        'the same linkId twice',
        'kamaishi',
        'assessment.json',
        (f) => (find(f, 's.mood')['linkId'] = 's.people'),
        'item[2].item[5]',
        /already used/,
      ],
      [
        'an invitation whose insurer no consent can name',
        'kamaishi',
        'program.json',
        (p) =>
          (of(p, 'consentTerms')['recipients'] = list(p, 'consentTerms', 'recipients').filter(
            (one) => one !== 'insurer',
          )),
        'consentTerms.recipients',
        /could never be told of a visit/,
      ],
      [
        'two reasons of one name',
        'kamaishi',
        'program.json',
        (p) => (of(p, 'invitations', 'reasons', 1)['name'] = of(p, 'invitations', 'reasons', 0)['name']),
        'invitations.reasons[1].name',
        /the name of two reasons/,
      ],
      [
        'a shared sheet that no consent opens',
        'kamaishi',
        'program.json',
        (p) =>
          (of(p, 'consentTerms')['items'] = list(p, 'consentTerms', 'items').filter(
            (one) => one !== 'assessment',
          )),
        'consentTerms.items',
        /lacks "assessment"/,
      ],
      [
        'a hand-over that says nobody’s name',
        'kamaishi',
        'program.json',
        (p) => (of(p, 'handOver')['items'] = ['answers']),
        'handOver.items',
        /lacks "contact"/,
      ],
      [
        'a score that refers to nothing',
        'yabu',
        'program.json',
        (p) => (list(p, 'domains', 0, 'questions')[0] = 'd.housing.gone'),
        'domains[0].questions[0]',
        /no question "d\.housing\.gone"/,
      ],
      [
        'a question scored without scores',
        'yabu',
        'program.json',
        (p) => (list(p, 'domains', 0, 'questions')[0] = 'j.risk'),
        'domains[0].questions[0]',
        /"j\.risk" has no scores/,
      ],
      [
        'a question scored twice',
        'yabu',
        'program.json',
        (p) => (list(p, 'domains', 1, 'questions')[0] = 'd.housing.safe'),
        'domains[1].questions[0]',
        /already scored in the domain "housing"/,
      ],
      [
        'two domains only',
        'yabu',
        'program.json',
        (p) => (p['domains'] = (p['domains'] as Json[]).slice(0, 2)),
        'domains',
        /fewer than three/,
      ],
      [
        'a recipient that does not exist',
        'nabari',
        'program.json',
        (p) => (list(p, 'consentTerms', 'recipients')[1] = 'stranger'),
        'consentTerms.recipients[1]',
        /Invalid option/,
      ],
      [
        'a recipient whom nobody is',
        'nabari',
        'program.json',
        (p) => (p['linkWorkers'] = (p['linkWorkers'] as Json[]).slice(0, 1)),
        'consentTerms.recipients',
        /no kind of link worker here is a resident/,
      ],
      [
        'residents to whom nobody can consent',
        'kamaishi',
        'program.json',
        (p) =>
          (p['linkWorkers'] as Json[]).push({
            post: 'neighbour',
            who: { ja: '住民', en: 'Residents' },
            items: ['request'],
          }),
        'linkWorkers',
        /lacks "resident"/,
      ],
      [
        'a link worker who sees too much',
        'kotoura',
        'program.json',
        (p) => (of(p, 'linkWorkers', 1)['items'] = ['request', 'medical-note']),
        'linkWorkers[1].items',
        /may never see "medical-note"/,
      ],
      [
        'a route to a kind of body that takes none',
        'akita',
        'program.json',
        (p) => (of(p, 'routing', 0, 'to')['kind'] = 'shop'),
        'routing[0].to.kind',
        /goes to an office/,
      ],
      [
        'a route for needs that nobody finds',
        'kamaishi',
        'program.json',
        (p) => (of(p, 'routing', 0, 'when')['needs'] = ['homelessness']),
        'routing[0]',
        /no rule finds any of these needs: homelessness/,
      ],
      [
        'a route after one for everybody',
        'takaishi',
        'program.json',
        (p) => (p['routing'] = (p['routing'] as Json[]).toReversed()),
        'routing[0]',
        /never taken/,
      ],
      [
        'a need with a question that does not exist',
        'nabari',
        'program.json',
        (p) => (of(p, 'needs', 0)['when'] = { any: [{ question: 'gone', operator: 'exists' }] }),
        'needs[0].when.any[0]',
        /no question "gone"/,
      ],
      [
        'a need with an answer that does not exist',
        'nabari',
        'program.json',
        (p) =>
          (of(p, 'needs', 0)['when'] = {
            any: [{ question: 'living.rely', operator: '=', answer: 'perhaps' }],
          }),
        'needs[0].when.any[0]',
        /does not offer "perhaps"/,
      ],
      [
        'a reason in one language',
        'kotoura',
        'program.json',
        (p) => delete of(p, 'needs', 2, 'because')['en'],
        'needs[2].because.en',
        /missing/,
      ],
      [
        'a first contact before the acceptance',
        'kotoura',
        'program.json',
        (p) => (of(p, 'deadlines', 'routine')['firstContact'] = 1),
        'deadlines.routine',
        /before the referral has to be accepted/,
      ],
      [
        'more days for what is more urgent',
        'kotoura',
        'program.json',
        (p) => (of(p, 'deadlines', 'asap')['firstContact'] = 6),
        'deadlines.asap.firstContact',
        /more days than "urgent"/,
      ],
      [
        'a consent form that offers something else',
        'kotoura',
        'program.json',
        (p) => (of(p, 'consentTerms')['items'] = ['contact']),
        'consentTerms.items',
        /the consent form offers/,
      ],
      [
        'a municipality that is none',
        'takaishi',
        'program.json',
        (p) => (p['areas'] = ['27225']) as never,
        'areas[0]',
        /six digits/,
      ],
      [
        'an answer carried to nowhere',
        'yabu',
        'program.json',
        (p) => (of(p, 'carryOver', 0)['to'] = 'd.gone'),
        'carryOver[0]',
        /no question "d\.gone"/,
      ],
      [
        'another name than its folder',
        'yabu',
        'program.json',
        (p) => (p['id'] = 'asago') as never,
        'id',
        /folder is called "yabu"/,
      ],
    ];
  test.each(mistakes)(
    'with %s is told of it by file, line and place',
    async (_, id, file, change, place, says) => {
      const { folder, path } = await broken(id, file, change);
      const { code, said } = await check(folder);
      expect(code).toBe(1);
      const found = said.filter((line) => line.includes(`, ${place}: `) && says.test(line));
      expect(found).toHaveLength(1);
      expect(found[0]).toMatch(new RegExp(`^${path}:\\d+, `));
      expect(said.at(-1)).toMatch(/: \d+ mistakes?\.$/);
    },
  );

  test('is told of all its mistakes at once, whatever is wrong with the shape of a file', async () => {
    const { folder } = await broken('kotoura', 'questionnaire.json', (f) => {
      find(f, 'today.feel')['type'] = 'slider';
      delete find(f, 'area')['_text'];
    });
    const path = join(folder, 'program.json');
    const words = JSON.parse(await readFile(path, 'utf8')) as Json;
    of(words, 'deadlines', 'routine')['firstContact'] = 1;
    of(words, 'needs', 0)['picture'] = 'unicorn';
    await writeFile(path, JSON.stringify(words, null, 2));
    const { said } = await check(folder);
    for (const one of [
      /slider/,
      /item\[1\]\.text: has no English/,
      /no such picture/,
      /deadlines\.routine: has the first contact/,
    ])
      expect(said.filter((line) => one.test(line))).toHaveLength(1);
  });
});

describe('the line of a place', () => {
  const json = '{\n  "a": [\n    1,\n    { "b\\"]": "x, }",\n      "c": null }\n  ],\n  "d": "e"\n}';
  test.each([
    ['', 1],
    ['a', 2],
    ['a[0]', 3],
    ['a[1]', 4],
    ['a[1].c', 5],
    ['a[1].missing', 4],
    ['d', 7],
    ['nowhere', 1],
  ])('%s', (place, line) => expect(lineOf(json, place)).toBe(line));
  test('there is none in what is no JSON', () => expect(lineOf('{ "a": ', 'a')).toBeUndefined());
});
