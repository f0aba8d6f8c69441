import { expect, test } from '@jest/globals';
import { account, type AccountData } from '../../src/documents/account.ts';
import { consentForm } from '../../src/documents/consent-form.ts';
import { pageCodeText, sheetIdOf, spaced } from '../../src/documents/page-code.ts';
import { questionnaireSheet } from '../../src/documents/questionnaire-sheet.ts';
import { referralSheet } from '../../src/documents/referral-sheet.ts';
import { reportBack } from '../../src/documents/report-back.ts';
import { requestSheet } from '../../src/documents/request-sheet.ts';
import { makeRecognise } from '../../src/scans/recognise/recognise.ts';
import { arrived, printed, tiffOf } from '../scans/paper.ts';
import * as examples from './examples.ts';
import { signature } from './images.ts';
import { readBack } from './read.ts';

/** Every kind of sheet, with an id of its own. */
const kinds: readonly (readonly [string, (sheetId: string) => Promise<Buffer>])[] = [
  ['blank questionnaire', (sheetId) => questionnaireSheet({ ...examples.questionnaire, sheetId })],
  ['answered questionnaire', (sheetId) => questionnaireSheet({ ...examples.answered, sheetId })],
  ['blank consent form', (sheetId) => consentForm({ ...examples.blankConsent, sheetId })],
  [
    'signed consent form',
    (sheetId) => consentForm({ ...examples.givenConsent, signature: signature(), sheetId }),
  ],
  ['referral', (sheetId) => referralSheet({ ...examples.referral, sheetId })],
  ['request to a group', (sheetId) => requestSheet({ ...examples.request, sheetId })],
  ['request after the welcome', (sheetId) => requestSheet({ ...examples.welcomed, sheetId })],
  ['report at the plan', (sheetId) => reportBack({ ...examples.report, sheetId })],
  ['report at the close', (sheetId) => reportBack({ ...examples.finalReport, sheetId })],
  ['account', (sheetId) => account({ ...provision, sheetId })],
];

const provision: Omit<AccountData, 'sheetId'> = {
  language: 'ja',
  title: '第三者提供の記録',
  aside: ['みずほの杜内科クリニック（架空）'],
  on: '2026-11-21',
  lead: 'いつ、だれに、何を伝えたかの記録です。',
  person: { name: '𠮷田 ハナ', birthDate: '1944-03-09' },
  chapters: Array.from({ length: 14 }, (_, i) => ({
    title: `提供その${String(i + 1)}`,
    pieces: [{ kind: 'words', words: '氏名と住所を伝えました。'.repeat(8) }],
  })),
};

test('every page of every sheet is known again after a coarse fax in black and white, and says its code in letters', async () => {
  const expected: (readonly [string, string | undefined])[] = [];
  const faxed = [];
  for (const [i, [name, draw]] of kinds.entries()) {
    const pdf = await draw(sheetIdOf(`abcdef01234567${String(i)}`));
    const { pages: words } = await readBack(pdf);
    const pages = await printed(pdf);
    for (const [n, page] of pages.entries()) {
      const code = pageCodeText({
        sheet: sheetIdOf(`abcdef01234567${String(i)}`),
        page: n + 1,
        pages: pages.length,
      });
      expect([name, words[n]]).toEqual([name, expect.stringContaining(spaced(code ?? ''))]);
      expected.push([name, code]);
      const coarse = { across: 204, lines: 98 };
      faxed.push({ ...(await arrived(page, { ...coarse, black: 128, fed: true })), ...coarse });
    }
  }
  expect(faxed.length).toBeGreaterThan(kinds.length);
  const read = await makeRecognise()(await tiffOf(faxed), 'tiff');
  expect(read.map(({ code }, i) => [expected[i]?.[0], code && pageCodeText(code)])).toEqual(expected);
}, 60_000);
