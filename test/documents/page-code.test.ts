import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import QRCode from 'qrcode';
import { codeLetters, pageCodeText, readPageCode, sheetIdOf, spaced } from '../../src/documents/page-code.ts';
import { sheetId, type PrintedSheet } from '../../src/documents/printed.ts';

const digits = fc.stringMatching(/^[0-9a-f]{15}$/);
const numbered = fc
  .tuple(fc.integer({ min: 1, max: 1023 }), fc.integer({ min: 1, max: 1023 }))
  .map(([a, b]) => ({ page: Math.min(a, b), pages: Math.max(a, b) }));
const codes = fc.tuple(digits, numbered).map(([id, page]) => ({ sheet: sheetIdOf(id), ...page }));

test('what is printed is read again, and is a QR of 21 modules with error correction M', () => {
  fc.assert(
    fc.property(codes, (code) => {
      const text = pageCodeText(code) ?? '';
      expect(readPageCode(text)).toEqual(code);
      expect(readPageCode(spaced(text).toLowerCase())).toEqual(code);
      expect(QRCode.create(text, { errorCorrectionLevel: 'M' }).modules.size).toBe(21);
    }),
  );
});

test('one letter that is wrong, or two neighbours exchanged, is found out', () => {
  fc.assert(
    fc.property(
      codes,
      fc.integer({ min: 3, max: 19 }),
      fc.integer({ min: 0, max: 31 }),
      (code, at, other) => {
        const text = pageCodeText(code) ?? '';
        const wrong = text.slice(0, at) + (codeLetters[other] ?? '') + text.slice(at + 1);
        if (wrong !== text) expect(readPageCode(wrong)).toBeUndefined();
        const next = Math.min(at, 18);
        const swapped =
          text.slice(0, next) + (text[next + 1] ?? '') + (text[next] ?? '') + text.slice(next + 2);
        if (swapped !== text) expect(readPageCode(swapped)).toBeUndefined();
      },
    ),
  );
});

const code = { sheet: sheetIdOf('0123456789abcde'), page: 2, pages: 3 };
const text = pageCodeText(code) ?? '';

test.each([
  ['in groups of four', spaced(text)],
  ['with hyphens and in small letters', spaced(text).replaceAll(' ', '-').toLowerCase()],
  [
    'in full-width letters',
    text.replaceAll(/./g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)),
  ],
  ['with O for 0 and L for 1', text.replaceAll('0', 'O').replaceAll('1', 'l').replace('TNl', 'TN1')],
  ['with long dashes between', spaced(text).replaceAll(' ', ' － ')],
])('a person may type it %s', (_, typed) => {
  expect(readPageCode(typed)).toEqual(code);
});

test.each([
  '',
  'TN1',
  text.slice(1),
  `${text}0`,
  'https://example.com/',
  text.replace('TN1', 'TN2'),
  'あ'.repeat(20),
  '0'.repeat(5000),
])('it is not a code: %s', (typed) => expect(readPageCode(typed)).toBeUndefined());

test('a page that no two letters can number has no code', () => {
  expect(pageCodeText({ ...code, pages: 1024 })).toBeUndefined();
  expect(pageCodeText({ ...code, page: 1023, pages: 1023 })).toBeDefined();
});

describe('the same sheet has the same code, another one another', () => {
  const sheet: PrintedSheet = {
    kind: 'consent',
    about: { type: 'Patient', id: '0197b7a0-0000-7000-8000-000000000001' },
    form: 'https://tsunagi.example/fhir/Questionnaire/akita-consent|1',
    language: 'ja',
  };
  const { about: _about, ...forAnybody } = sheet;
  const others: readonly PrintedSheet[] = [
    { ...sheet, kind: 'questionnaire' },
    { ...sheet, about: { type: 'Patient', id: '0197b7a0-0000-7000-8000-000000000002' } },
    { ...sheet, about: { type: 'Consent', id: '0197b7a0-0000-7000-8000-000000000001' } },
    { ...sheet, form: 'https://tsunagi.example/fhir/Questionnaire/akita-consent|2' },
    { ...sheet, language: 'en' },
    forAnybody,
  ];
  test('', () => {
    expect(sheetId({ ...sheet })).toBe(sheetId(sheet));
    expect(new Set([sheet, ...others].map(sheetId)).size).toBe(others.length + 1);
  });
});
