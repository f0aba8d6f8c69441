import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkAnswers, fromResponse, type Answers } from '../../src/intake/answers.ts';
import { questionsIn, readQuestionnaire } from '../../src/intake/form.ts';
import { visible } from '../../src/intake/visible.ts';
import { dayInTokyo } from '../../src/kernel/japan/calendar.ts';
import { scoreDomains } from '../../src/programs/domains.ts';
import { loadPrograms } from '../../src/programs/load.ts';
import { inOrderOfNeeds } from '../../src/programs/needs.ts';
import type { Program } from '../../src/programs/program.ts';
import { publishForms } from '../../src/programs/publish.ts';
import { programsOf, running } from '../../src/programs/record.ts';
import { readTask } from '../../src/referral/record.ts';
import { saveAssessment } from '../../src/support/assessment.ts';
import { makeWalk, sentAt } from './walk.ts';

const programs = await loadPrograms('forms');
const called = (id: string): Program => {
  const found = programs.find((one) => one.id === id);
  if (!found) throw new Error(`no program ${id}`);
  return found;
};
let walk: Awaited<ReturnType<typeof makeWalk>>;
beforeAll(async () => {
  walk = await makeWalk(programs);
});
afterAll(() => walk.close());

type Story = Readonly<{
  /** What somebody answers, beside the questions that have to be answered. */
  answers: Answers;
  needs: readonly string[];
  urgency: string;
  /** Days in Japan by which it is to be accepted, and the first contact made. */
  due: readonly [accept: string, contact: string];
  note: RegExp | undefined;
  /** What stands on the assessment sheet before anybody wrote on it. */
  sheet: Answers;
}>;
const stories: Readonly<Record<string, Story>> = {
  akita: {
    answers: {
      'living.with': ['alone'],
      'living.talk': ['no-day'],
      'money.month-end': ['never'],
      'out.days': ['3'],
      'care.giving': ['false'],
      'child.raising': ['false'],
      'safety.home': ['yes'],
      'safety.who': ['family'],
    },
    needs: ['safety-at-home', 'social-connection'],
    urgency: 'asap',
    due: ['2026-11-24', '2026-11-25'],
    note: /110番・119番/,
    sheet: { 's.people': ['trouble'], 's.safety': ['trouble'] },
  },
  kamaishi: {
    answers: {
      'visit.letter': ['yes'],
      'visit.last': ['years'],
      'visit.why-not': ['cost', 'where'],
      'visit.result': ['hard'],
      'medicine.daily': ['true'],
      'medicine.forget': ['often'],
      'habits.move': ['3'],
      'family.with': ['family'],
      'family.care': ['false'],
    },
    needs: ['medical-cost-burden', 'personal-health-literacy'],
    urgency: 'routine',
    due: ['2026-11-30', '2026-12-07'],
    note: /保険者と一緒に/,
    sheet: { 'a.barrier': ['cost', 'where'], 's.medicine': ['trouble'], 's.move': ['3'] },
  },
  kotoura: {
    answers: {
      'today.feel': ['so-so'],
      'today.eat': ['alone'],
      'area.hard': ['shop', 'snow'],
      'area.good': ['people'],
      'people.with': ['alone'],
      'people.talk': ['no'],
      'wish.role': ['true'],
    },
    needs: ['social-connection', 'daily-living', 'transportation-insecurity', 'role-purpose'],
    urgency: 'routine',
    due: ['2026-11-30', '2026-12-02'],
    note: /お願いの内容だけ/,
    sheet: { 's.people': ['trouble'], 'a.hard': ['shop', 'snow'], 'a.good': ['people'] },
  },
  nabari: {
    answers: {
      'living.with': ['couple'],
      'living.talk': ['most-days'],
      'care.role': ['giving'],
      'care.burden': ['heavy'],
      'care.relief': ['false'],
      'daily.out': ['4'],
      'daily.hard': ['papers'],
    },
    needs: ['care-burden', 'personal-health-literacy'],
    urgency: 'urgent',
    due: ['2026-11-24', '2026-11-26'],
    note: /介護を受けている人と介護をしている人/,
    sheet: { 's.care': ['trouble'], 's.daily': ['papers'], 's.days': ['4'] },
  },
  takaishi: {
    answers: {
      'now.stage': ['newborn'],
      'now.sleep': ['hardly'],
      'now.mood': ['some-days'],
      'support.partner': ['yes'],
      'money.month-end': ['never'],
      'safety.home': ['no'],
      'safety.self': ['often'],
    },
    needs: ['safety-at-home', 'stress'],
    urgency: 'stat',
    due: ['2026-11-20', '2026-11-20'],
    note: /0120-279-338/,
    sheet: { 's.sleep': ['trouble'], 's.mood': ['watch'], 's.self': ['trouble'], 's.safety': ['fine'] },
  },
  yabu: {
    answers: {
      'home.with': ['alone'],
      'home.transport': ['hard'],
      'means.money': ['sometimes'],
      'means.food': ['often'],
      'ties.talk': ['most-days'],
      'ties.care': ['false'],
    },
    needs: ['financial-insecurity', 'food-insecurity', 'transportation-insecurity'],
    urgency: 'urgent',
    due: ['2026-11-25', '2026-11-30'],
    note: /生活相談支援員/,
    sheet: { 'd.mobility.clinic': ['marked'], 'd.money.living': ['slight'], 'd.food.enough': ['marked'] },
  },
};

test('every program has its story here', () => {
  expect(Object.keys(stories)).toEqual(programs.map(({ id }) => id));
});

describe.each(Object.entries(stories))('%s', (id, story) => {
  const program = called(id);

  test('answers, consent, referral and the sheet of the link worker', async () => {
    expect(checkAnswers(program.screening, story.answers)).toEqual([]);
    const { choices, office, urgency, sent, look } = await walk.refer(program, story.answers);
    expect(choices.program.id).toBe(id);
    expect(choices.concerns.map((one) => one.need.code)).toEqual(story.needs);
    expect(office?.name).toBe('試験リンクワーカー室');
    expect(urgency).toBe(story.urgency);
    expect(dayInTokyo(new Date(sent.due))).toBe(story.due[0]);
    if (story.note) expect(choices.route?.note?.ja).toMatch(story.note);
    const { one, assessment } = await look();
    expect(one.asked.program).toBe(id);
    expect(dayInTokyo(new Date(readTask(one.task).due ?? ''))).toBe(story.due[1]);
    expect(assessment.program.assessment.url).toBe(program.assessment.url);
    expect(assessment.answers).toMatchObject(story.sheet);
  });

  test('a questionnaire is short: ten to twenty-seven questions, and not more than twenty that everybody is asked', () => {
    const questions = questionsIn(readQuestionnaire(program.screening, 'ja').sections);
    expect(questions.length).toBeGreaterThanOrEqual(10);
    expect(questions.length).toBeLessThanOrEqual(27);
    expect(questions.filter((one) => one.enable === undefined).length).toBeLessThanOrEqual(20);
  });

  test('every form says in both languages that it is not the project’s own', () => {
    for (const form of [program.screening, program.assessment, program.consent]) {
      expect(form.copyright).toContain('モデル事業で実際に使われている様式ではありません');
      expect(JSON.stringify(form)).toContain('not the form used in the model project');
    }
  });

  test('its rules name needs in the order of every list', () => {
    const named = [...new Set(program.needs.map((rule) => rule.code))];
    expect(inOrderOfNeeds(named, (code) => code)).toEqual(named);
  });

  test('residents see the request and how to reach the person, and no more', () => {
    for (const { post, items } of program.linkWorkers)
      if (post === 'neighbour') expect(items).toEqual(['request', 'contact']);
  });
});

test('the safety question of Takaishi leads at once to telephone numbers, and only then', () => {
  const model = readQuestionnaire(called('takaishi').screening, 'ja');
  const call = (answers: Answers) => visible(model, answers).has('safety-call');
  expect(call({ 'safety.home': ['no'], 'safety.self': ['no'] })).toBe(false);
  expect(call({ 'safety.home': ['not-say'], 'safety.self': ['not-say'] })).toBe(false);
  for (const answers of [
    { 'safety.home': ['yes'] },
    { 'safety.self': ['sometimes'] },
    { 'safety.self': ['often'] },
  ])
    expect(call(answers)).toBe(true);
  for (const number of ['110', '119', '#8008', '0120-279-889', '0120-279-338', '189'])
    expect(JSON.stringify(called('takaishi').screening)).toContain(number);
  // Whoever reads easy Japanese reads them so.
  const boxes = called('takaishi').atOnce;
  expect(boxes).toHaveLength(2);
  for (const { says, numbers } of boxes)
    for (const { easy } of [says, ...numbers.map(({ name }) => name)]) expect(easy).toMatch(/[ぁ-ん]/);
});

test('the sheet of Yabu is scored domain by domain, and what is not known is not counted', () => {
  const scores = scoreDomains(called('yabu'), {
    'd.housing.safe': ['severe'],
    'd.housing.keep': ['slight'],
    'd.money.living': ['unknown'],
    'd.food.enough': ['ok'],
  });
  expect(scores.map(({ id }) => id)).toEqual([
    'housing',
    'mobility',
    'money',
    'food',
    'ties',
    'role',
    'literacy',
    'mind',
  ]);
  expect(scores[0]).toMatchObject({ score: 4, highest: 6, answered: 2, questions: 2 });
  expect(scores[2]).toMatchObject({ score: undefined, highest: 0, answered: 0 });
  expect(scores[3]).toMatchObject({ score: 0, highest: 3, answered: 1, questions: 2 });
  for (const { name } of scores) expect(name.en).not.toBe(name.ja);
});

describe('a program made by copying a folder', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'forms-'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  test('runs a referral with nothing of it in src/', async () => {
    await cp('forms/kotoura', join(dir, 'yamabiko'), { recursive: true });
    for (const file of await readdir(join(dir, 'yamabiko'))) {
      const path = join(dir, 'yamabiko', file);
      await writeFile(path, (await readFile(path, 'utf8')).replaceAll('kotoura', 'yamabiko'));
    }
    const copies = await loadPrograms(dir);
    expect(copies.map(({ id }) => id)).toEqual(['yamabiko']);
    await publishForms(walk.ownerUrl, copies, sentAt);
    const all = [...programs, ...copies];
    const { choices, sent, look } = await walk.refer(copies[0]!, stories['kotoura']!.answers, all);
    expect(choices.program.id).toBe('yamabiko');
    expect(dayInTokyo(new Date(sent.due))).toBe('2026-11-30');
    const { one, assessment } = await look();
    expect(one.asked.program).toBe('yamabiko');
    expect(assessment.program.assessment.url).toContain('/yamabiko-assessment');
    expect(assessment.answers).toMatchObject(stories['kotoura']!.sheet);
  });
});

describe('a new version', () => {
  const nabari = called('nabari');
  /** The sheet one version later: asked anew, with one question gone. */
  const later: Program = {
    ...nabari,
    assessment: {
      ...nabari.assessment,
      version: '2.0.0',
      item: nabari.assessment.item?.filter(({ linkId }) => linkId !== 'mutual') ?? [],
    },
  };
  const now = programs.map((one) => (one === nabari ? later : one));

  test('under an old number is refused: people have answered that', async () => {
    const same = { ...later, assessment: { ...later.assessment, version: '1.0.0' } };
    await expect(publishForms(walk.ownerUrl, [same], sentAt)).rejects.toThrow(
      /nabari-assessment 1\.0\.0 was changed without a new version/,
    );
  });

  test('leaves a running case with the sheet that was begun, and a new case gets the new one', async () => {
    const begunCase = await walk.refer(nabari, stories['nabari']!.answers);
    const save = (all: readonly Program[], seen?: string) =>
      walk.open(walk.bodies.actors.linkworker, (records) =>
        saveAssessment(records, all, {
          id: begunCase.sent.task,
          seen,
          answers: { 'm.group': ['花の会'], 's.care': ['watch'] },
          language: 'ja',
          complete: false,
        }),
      );
    const begun = await save(programs);
    await publishForms(walk.ownerUrl, now, sentAt);
    const { assessment } = await begunCase.look(now);
    expect(assessment.program.assessment.version).toBe('1.0.0');
    expect(assessment.answers['m.group']).toEqual(['花の会']);
    await save(now, begun.version);
    const { rows } = await walk.owner.query<{ content: never }>(
      `select content from questionnaire_response where id = $1`,
      [begun.id],
    );
    expect(rows[0]?.content['questionnaire']).toMatch(/nabari-assessment\|1\.0\.0$/);
    expect(fromResponse(nabari.assessment, rows[0]?.content as never)['m.group']).toEqual(['花の会']);

    const fresh = await walk.refer(later, stories['nabari']!.answers, now);
    expect((await fresh.look()).assessment.program.assessment.version).toBe('2.0.0');
  });
});

describe('which programs a body runs', () => {
  const ids = (organization: Parameters<typeof programsOf>[1], all = programs) =>
    programsOf(all, organization).map(({ id }) => id);
  const at = (code: string) => ({
    address: [
      {
        extension: [
          {
            url: 'https://tsunagi.example/fhir/StructureDefinition/municipality-code',
            valueCoding: { code },
          },
        ],
      },
    ],
  });
  const local = programs.map((one) => (one.id === 'yabu' ? { ...one, areas: ['992038'] } : one));

  test.each([
    [
      'one that names them: those, in its order',
      running({ resourceType: 'Organization' }, ['takaishi', 'akita']),
      programs,
      ['takaishi', 'akita'],
    ],
    ['one in the area of a program: that one', at('992038'), local, ['yabu']],
    ['one elsewhere: those that name no area', at('992011'), local, ['akita']],
    ['one of which nothing is known: those that name no area', {}, programs, ['akita']],
    [
      'one that names a program nobody has here: by its area',
      { ...at('992038'), ...running({ resourceType: 'Organization' }, ['gone']) },
      local,
      ['yabu'],
    ],
    [
      'where nothing fits: all of them',
      {},
      programs.filter(({ id }) => id !== 'akita'),
      ['kamaishi', 'kotoura', 'nabari', 'takaishi', 'yabu'],
    ],
  ])('%s', (_, organization, all, expected) => expect(ids(organization, all)).toEqual(expected));

  test('what it ran before is replaced, and nothing else is touched', () => {
    const before = running({ resourceType: 'Organization', name: '医院' }, ['akita']);
    expect(running(before, ['yabu', 'akita']).extension?.map((one) => one.valueUri)).toEqual([
      'https://tsunagi.example/fhir/program/yabu',
      'https://tsunagi.example/fhir/program/akita',
    ]);
    expect(running(before, [])).toEqual({ resourceType: 'Organization', name: '医院' });
  });
});
