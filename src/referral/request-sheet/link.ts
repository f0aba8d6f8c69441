import type { Records } from '../../fhir/records.ts';
import type { BlankSheet } from '../../people/list-page.tsx';
import type { Program } from '../../programs/program.ts';
import { takingPaper } from './read.ts';
import { text } from './text.ts';

/** The blank request sheet beside the list of patients, where the clinic's program takes referrals on paper. */
export const blankRequest =
  (programs: readonly Program[]) =>
  async (records: Records): Promise<readonly BlankSheet[]> =>
    (await takingPaper(records, programs)).length > 0
      ? [{ href: '/scans/request-sheet.pdf', label: text.blank }]
      : [];
