import { expect, test } from '@jest/globals';
import { render } from 'preact-render-to-string';
import type { JSX } from 'preact';
import { readAnswers } from '../../src/intake/answers.ts';
import { questionsIn, readQuestionnaire } from '../../src/intake/form.ts';
import { AnswersRead } from '../../src/intake/answers-read.tsx';
import { QuestionFields, SectionFields } from '../../src/intake/pages.tsx';
import { sectionsAsked } from '../../src/intake/steps.ts';
import { makeView } from '../../src/web/view.ts';
import { akita, everyType, formOf } from './forms.ts';

const view = (language: 'ja' | 'en') =>
  makeView({ language, path: '/', now: new Date('2026-11-20T01:00:00Z') });
const ja = view('ja');
const model = readQuestionnaire(akita.screening, 'ja');
const html = (page: JSX.Element | null): string => (page === null ? '' : render(page));

test('every question of the form has a field of its name, and a page without script shows them all', () => {
  const page = html(<QuestionFields view={ja} model={model} answers={{}} issues={[]} />);
  for (const { linkId, type } of questionsIn(model.sections))
    expect(page).toContain(`name="q.${linkId}${type === 'date' ? '-year' : ''}"`);
  expect(page.replace(/<div class="progress" data-answered[^>]*>/, '')).not.toContain(' hidden');
  expect(page).not.toMatch(/ style=|<script(?! src=)|onclick/);
  expect(page).toContain('（「家族などの介護や世話をしていますか」に「はい」と答えた方）');
});

test('a question that depends on another says so to the script, by field name', () => {
  const page = html(<QuestionFields view={ja} model={model} answers={{}} issues={[]} />);
  const conditions = [...page.matchAll(/data-enable-when="([^"]*)"/g)].map(
    ([, json = '']) => JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&lt;', '<')) as unknown,
  );
  expect(conditions).toContainEqual({
    behavior: 'all',
    conditions: [{ question: 'q.care.giving', operator: '=', answer: 'true' }],
  });
  expect(conditions).toContainEqual({
    behavior: 'all',
    conditions: [{ question: 'q.wish.help', operator: 'exists', answer: true }],
  });
  expect(conditions).toHaveLength(questionsIn(model.sections).filter((one) => one.enable).length);
});

test('an English reader gets the whole form in English', () => {
  const page = html(<QuestionFields view={view('en')} model={model} answers={{}} issues={[]} />);
  expect(page).not.toMatch(/[ぁ-ん]/);
});

test('a faulty form comes back with what was typed and what is wrong', () => {
  const body = {
    'q.figure': 'みっつ',
    'q.many': ['a', 'b'],
    'q.day-year': '2026',
    'q.day-month': '2',
    'q.day-day': '30',
    'q.words': '<b>',
  };
  const { answers, issues } = readAnswers(everyType, body);
  const form = readQuestionnaire(everyType, 'ja');
  const page = html(<QuestionFields view={ja} model={form} answers={answers} issues={issues} typed={body} />);
  expect(page).toContain('value="みっつ"');
  expect(page).toMatch(/value="2026"[\s\S]*value="2"[\s\S]*value="30"/);
  expect(page).toContain('&lt;b>');
  expect(page.match(/ checked/g)).toHaveLength(2);
  expect(page.match(/class="field-error"/g)).toHaveLength(2);
});

test('answers kept from before are in their fields', () => {
  const form = readQuestionnaire(everyType, 'ja');
  const answers = { yesno: ['false'], many: ['a', 'c'], figure: ['3'], day: ['2026-04-01'], line: ['花'] };
  const page = html(<QuestionFields view={ja} model={form} answers={answers} issues={[]} />);
  expect(page.match(/ checked/g)).toHaveLength(3);
  for (const value of ['3', '2026', '4', '1', '花']) expect(page).toContain(`value="${value}"`);
});

test('the tablet shows one section with how far one has come', () => {
  const page = html(<SectionFields view={ja} model={model} section="means" answers={{}} issues={[]} />);
  expect(page).toContain('6ページ中 2ページ目');
  expect(page).toContain('name="q.food.skip"');
  expect(page).not.toContain('name="q.living.with"');
  expect(html(<SectionFields view={ja} model={model} section="nowhere" answers={{}} issues={[]} />)).toBe('');
});

const twoPages = {
  ...formOf({ linkId: 'has', type: 'boolean', text: 'ありますか' }),
};
twoPages.item?.push({
  linkId: 'later',
  type: 'group',
  text: '次',
  enableWhen: [{ question: 'has', operator: '=', answerBoolean: true }],
  item: [{ linkId: 'what', type: 'string', text: 'なに' }],
});

test('what was answered on an earlier page decides what a later page asks, without script', () => {
  const form = readQuestionnaire(twoPages, 'ja');
  const page = (has: string) =>
    html(<SectionFields view={ja} model={form} section="later" answers={{ has: [has] }} issues={[]} />);
  expect(page('true')).toContain('name="q.what"');
  expect(page('true')).not.toContain('data-enable-when');
  expect(page('false')).not.toContain('name="q.what"');
  expect(sectionsAsked(form, { has: ['true'] }).map((one) => one.linkId)).toEqual(['g', 'later']);
  expect(sectionsAsked(form, { has: ['false'] }).map((one) => one.linkId)).toEqual(['g']);
});

test('whoever reads the answers sees what was asked, answered or not', () => {
  const answers = {
    'living.with': ['alone'],
    'out.days': ['1'],
    'out.why': ['body', 'afraid'],
    'wish.help': ['雪かき'],
    'wish.by': ['2026-12-01'],
  };
  const page = html(<AnswersRead view={ja} model={model} answers={answers} />);
  for (const words of ['一人で', '1日', '体がつらい、転ぶのがこわい', '雪かき', '2026年12月1日', '答えなし'])
    expect(page).toContain(words);
  expect(page).not.toContain('どの支払いが大変でしたか');
  expect(html(<AnswersRead view={ja} model={model} answers={{}} />)).toContain('まだ答えはありません');
  const check = html(
    <AnswersRead view={ja} model={model} answers={answers} changeHref={(section) => `/go/${section}`} />,
  );
  expect(check).toContain('href="/go/living"');
});
