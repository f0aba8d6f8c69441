import type { QuestionnaireResponse } from '@medplum/fhirtypes';
import { binariesOf } from '../../fhir/answer-files.ts';
import type { Records } from '../../fhir/records.ts';
import { isPicture, kindOfFile } from '../../files/kind.ts';
import { smaller, type Drawn } from '../../files/picture.ts';

/** Pictures by the id of their file. */
export type Pictures = ReadonlyMap<string, Drawn>;

/** So many are drawn on paper; others are named. */
const mostPrinted = 6;
/** Pixels a side: 7 cm at 300 dots to the inch. */
const sideOnPaper = 830;

/** Reads the pictures among the files of answers; what it returns makes them small, once the transaction is over. */
export async function printedPictures(
  records: Records,
  response: QuestionnaireResponse,
): Promise<() => Promise<Pictures>> {
  const files = await records.readMany('Binary', binariesOf(response).slice(0, mostPrinted));
  return async () => {
    const drawn = new Map<string, Drawn>();
    for (const { id, data = '' } of files) {
      const bytes = Buffer.from(data, 'base64');
      const kind = kindOfFile(bytes);
      const small = kind !== undefined && isPicture(kind) ? await smaller(bytes, sideOnPaper) : undefined;
      if (small) drawn.set(id, small);
    }
    return drawn;
  };
}
