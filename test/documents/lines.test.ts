import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { emsOf, printable, runsOf } from '../../src/documents/fonts.ts';
import { headingLines, linesOf } from '../../src/documents/lines.ts';

const letters = fc.string({
  unit: fc.constantFrom(
    ...Array.from('あいうかきくのはをがつながりますでした社会的処方相談員、。「」（）ーっゃ髙𠮷123 AaBb・…'),
  ),
  minLength: 1,
  maxLength: 200,
});

test('no line begins with a comma, a closing bracket or a small kana, and none ends with an opening one', () => {
  const sample =
    '「はい」、（いいえ）。ちょっと、きょうは、スーパーへ行って、「買い物」をして、しゃべって、帰りました。';
  for (let width = 60; width < 400; width += 7) {
    const lines = linesOf(sample, width, 11);
    for (const line of lines.slice(1)) expect(line).not.toMatch(/^[、。）」ょっゃー]/u);
    for (const line of lines) expect(line).not.toMatch(/[（「]$/u);
    expect(lines.join('')).toBe(sample);
  }
});

test('whatever is written, every line fits and no letter is lost', () => {
  fc.assert(
    fc.property(letters, fc.integer({ min: 30, max: 500 }), (words, width) => {
      const lines = linesOf(words, width, 11);
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(words.replaceAll(/\s/g, ''));
      for (const line of lines)
        if (Array.from(line).length > 1) expect(emsOf(line, 'regular') * 11).toBeLessThan(width + 0.1);
    }),
  );
});

test('the last line of a paragraph is more than one letter', () => {
  const sample = 'リンクワーカーと一緒に地域の集まりに出てみることになりました。';
  for (let width = 110; width < 330; width += 3) {
    const last = linesOf(sample, width, 11).at(-1) ?? '';
    expect(Array.from(last).length).toBeGreaterThan(1);
  }
});

test('English breaks between words, an endless word anywhere', () => {
  expect(linesOf('People need people', 90, 11)).toEqual(['People need', 'people']);
  expect(linesOf('a'.repeat(40), 60, 11).join('')).toBe('a'.repeat(40));
});

test('neither a number nor a Latin word is broken, narrow or wide', () => {
  const sample =
    '電話は018-000-0201、費用は12,500円、ＦＡＸは０１８－０００、開始は令和８年１２月、名前はHealthcareServiceです。';
  for (let width = 130; width < 400; width += 5) {
    const lines = linesOf(sample, width, 11);
    for (const whole of ['018-000-0201', '12,500', 'ＦＡＸ', '０１８', '１２', 'HealthcareService'])
      expect([width, whole, lines.some((line) => line.includes(whole))]).toEqual([width, whole, true]);
  }
});

test("a writer's own line ends stay", () => {
  expect(linesOf('一行目\r\n\n三行目', 300, 11)).toEqual(['一行目', '', '三行目']);
});

test('a heading on two lines is balanced', () => {
  const [first = '', second = ''] = headingLines('くらしと健康と人とのつながりについての問診票', 300, 20);
  expect(Math.abs(Array.from(first).length - Array.from(second).length)).toBeLessThan(6);
});

test('the font changes only for the letter that needs it', () => {
  expect(runsOf('𠮷田 髙﨑', 'regular')).toEqual([
    { font: 'noto-regular', text: '𠮷' },
    { font: 'biz-regular', text: '田 髙﨑' },
  ]);
});

test('a letter no font has is shown as missing, not dropped', () => {
  expect(runsOf('あ\u{1F600}い', 'regular')).toEqual([{ font: 'biz-regular', text: 'あ〓い' }]);
});

test('names keep their own form of a letter; half-drawn kana are joined', () => {
  expect(printable('神\u{FA19}葛\u{E0100}か\u{3099}\u{200B}')).toBe('神\u{FA19}葛が');
});
