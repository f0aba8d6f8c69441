import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { baseOf, isKanji, rubyIn, rubyOf } from '../../src/kernel/japan/readings.ts';
import type { Sentence } from '../../src/kernel/sentence.ts';
import { readQuestionnaire, type FormNode } from '../../src/intake/form.ts';
import { easyJapanese, tonguesOf } from '../../src/programs/languages.ts';
import { loadPrograms } from '../../src/programs/load.ts';
import { checkFolders } from '../../tools/check-program.ts';

const programs = await loadPrograms('forms');

const saidBy = (node: FormNode): Sentence[] => [
  node.label,
  ...(node.kind === 'question' ? node.options.map(({ label }) => label) : []),
  ...('hint' in node && node.hint ? [node.hint] : []),
  ...(node.kind === 'section' ? node.nodes.flatMap(saidBy) : []),
];
/** Kanji of a text above which no reading stands. */
function unread(words: string, readings: readonly string[] | undefined): string[] {
  const pieces = rubyOf(readings, words) ?? [{ base: words }];
  return pieces
    .filter(({ reading }) => reading === undefined)
    .flatMap(({ base }) => Array.from(base).filter(isKanji));
}

describe.each(programs.map((program) => [program.id, program] as const))('%s', (_id, program) => {
  test.each(['ja', easyJapanese])('says of every kanji in %s how it is read', (tongue) => {
    for (const form of [program.screening, program.consent]) {
      const model = readQuestionnaire(form, tongue);
      const said = [model.title, ...model.sections.flatMap(saidBy)];
      expect(said.length).toBeGreaterThan(20);
      expect(
        said.flatMap(({ ja, readings }) => unread(ja, readings).map((kanji) => `${kanji}: ${ja}`)),
      ).toEqual([]);
    }
    const around = [
      program.wording.beforeAnswering,
      program.wording.withdraw,
      program.wording.notTheProjectsForm,
    ];
    for (const { ja, easy, readings } of around)
      expect(unread(tongue === 'ja' ? ja : (easy ?? ja), readings)).toEqual([]);
  });

  test('can be consented to in easy Japanese, with the same recipients, items and months', () => {
    expect(tonguesOf(program.consent)).toEqual(['ja', easyJapanese, 'en']);
    const [plain, easy] = ['ja', easyJapanese].map((tongue) => readQuestionnaire(program.consent, tongue));
    const said = easy?.sections.flatMap(saidBy).map(({ ja }) => ja) ?? [];
    expect(said.join()).toContain('ほかの ことには つかいません');
    expect(said.join()).toContain('いつでも やめる ことが できます');
    expect(said.join()).toContain(`${String(program.consentTerms.months)}か月`);
    expect(said).toHaveLength(plain?.sections.flatMap(saidBy).length ?? 0);
  });
});

test.each([
  ['{体|からだ}の{調子|ちょうし}', '体の調子'],
  ['{今日|きょう}、', '今日、'],
  ['{2日|ふつか}', '2日'],
  ['{体|karada}', undefined],
  ['{体|}', undefined],
  ['{からだ|からだ}', undefined],
  ['{体|からだ', undefined],
  ['体|からだ}', undefined],
])('%s says %s', (text, base) => {
  const pieces = rubyIn(text);
  expect(pieces && baseOf(pieces)).toBe(base);
});

test('readings that say other words, or are no kana, are told with file, line and place', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'readings-'));
  const folder = join(dir, 'kotoura');
  await cp('forms/kotoura', folder, { recursive: true });
  const change = async (file: string, from: string, to: string) => {
    const text = await readFile(join(folder, file), 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    await writeFile(join(folder, file), text.replace(from, to));
  };
  await change(
    'consent.json',
    '{地域|ちいき}の{人|ひと}に{手伝|てつだ}って',
    '{地域|ちいき}の{人|ひと}が{手伝|てつだ}って',
  );
  await change('program.json', '{質問|しつもん}', '{質問|shitsumon}');
  const said: string[] = [];
  expect(await checkFolders([folder], (line) => void said.push(line))).toBe(1);
  expect(said.join('\n')).toMatch(
    /consent\.json:\d+, _title\.extension\[\d\]\.valueString: has readings for "地域の人が手伝ってもらうことへの同意書", which is not the text/,
  );
  expect(said.join('\n')).toMatch(
    /program\.json:\d+, wording\.beforeAnswering\.readings\[0\]: the readings in .* cannot be read/,
  );
  await rm(dir, { recursive: true });
});
