import { expect, test } from '@jest/globals';
import { account, type AccountData } from '../../src/documents/account.ts';
import { consentForm } from '../../src/documents/consent-form.ts';
import { faxCoverSketch } from '../../src/documents/fax-cover.ts';
import { faxRequest } from '../../src/documents/fax-request.ts';
import { handOverSheet } from '../../src/documents/hand-over-sheet.ts';
import { planSheet } from '../../src/documents/plan-sheet.ts';
import { pageCodeText, sheetIdOf, spaced } from '../../src/documents/page-code.ts';
import { questionnaireSheet } from '../../src/documents/questionnaire-sheet.ts';
import { referralSheet } from '../../src/documents/referral-sheet.ts';
import { reportBack } from '../../src/documents/report-back.ts';
import { requestSheet } from '../../src/documents/request-sheet.ts';
import { drawAlone } from '../../src/documents/sheet.ts';
import { makeRecognise } from '../../src/scans/recognise/recognise.ts';
import { arrived, printed, tiffOf } from '../scans/paper.ts';
import * as cases from './case-examples.ts';
import * as examples from './examples.ts';
import * as groups from './group-examples.ts';
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
  ['blank assessment', (sheetId) => questionnaireSheet({ ...cases.blankAssessment, sheetId })],
  ['assessment', (sheetId) => questionnaireSheet({ ...cases.assessment, sheetId })],
  ['plan', (sheetId) => planSheet({ ...cases.plan, sheetId })],
  ['fax cover', (sheetId) => drawAlone(faxCoverSketch({ ...cases.faxCover, sheetId }))],
  ['hand-over', (sheetId) => handOverSheet({ ...groups.handOver, sheetId })],
  ['blank hand-over', (sheetId) => handOverSheet({ ...groups.blankHandOver, sheetId })],
  ['blank plan', (sheetId) => planSheet({ ...groups.blankPlan, sheetId })],
  ['request on paper', (sheetId) => faxRequest({ ...groups.sentRequest, sheetId })],
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

const idOf = (i: number): string => sheetIdOf(`abcdef0123456${i.toString(16).padStart(2, '0')}`);

test('every page of every sheet is known again after a coarse fax in black and white, and says its code in letters', async () => {
  const expected: (readonly [string, string | undefined])[] = [];
  const faxed = [];
  for (const [i, [name, draw]] of kinds.entries()) {
    const pdf = await draw(idOf(i));
    const { pages: words } = await readBack(pdf);
    const pages = await printed(pdf);
    for (const [n, page] of pages.entries()) {
      const code = pageCodeText({
        sheet: idOf(i),
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
}, 240_000);
