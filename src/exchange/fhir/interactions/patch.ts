import { idIn } from '../../../access/request.ts';
import type { Records } from '../../../fhir/records.ts';
import type { Stored } from '../../../fhir/types.ts';
import { stale } from '../../../fhir/writing.ts';
import { one, preferred, type Answer } from '../answer.ts';
import { criteriaOf, returnOf, typeOf, versionSeen, type Asked } from '../asked.ts';
import { meant } from '../condition.ts';
import { patchBody } from '../door.ts';
import { localized } from '../links.ts';
import { patched } from '../patch.ts';
import { turnAway } from '../refusal.ts';
import { text } from '../text.ts';
import { isWritten, type Interaction } from './interaction.ts';
import { refusingStale } from './update.ts';

const patch: Interaction = {
  code: 'patch',
  method: 'PATCH',
  path: '/:type/:id',
  letters: () => ['u'],
  of: isWritten,
  body: patchBody,
  once: true,
  answer: async (records, asked, { base }) =>
    change(records, asked, await records.read(typeOf(asked), idIn(asked)), base),
};

const patchMeant: Interaction = {
  ...patch,
  path: '/:type',
  letters: () => ['u', 's'],
  answer: async (records, asked, { base }) => {
    const known = await meant(records, typeOf(asked), criteriaOf(asked));
    if (known === undefined) throw turnAway(404, 'not-found', 'http.url', text.noneToChange);
    return change(records, asked, known, base);
  },
};

/** What comes of it goes through the same rules as a record that is sent whole. */
async function change(records: Records, asked: Asked, record: Stored, base: string): Promise<Answer> {
  const seen = versionSeen(asked);
  const saved = await refusingStale(asked, () => {
    if (seen !== undefined && seen !== record.meta.versionId) throw stale();
    return records.save(localized(patched(record, asked.body), base));
  });
  return preferred(returnOf(asked), one(saved));
}

export const patching = [patch, patchMeant] as const;
