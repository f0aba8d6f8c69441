import { isRecordType, type Stored } from '../../../fhir/types.ts';
import { one, type Answer } from '../answer.ts';
import { heldSince, idIn, typeOf, versionIn, versionsHeld, type Asked } from '../asked.ts';
import type { Interaction } from './interaction.ts';

const read: Interaction = {
  code: 'read',
  method: 'GET',
  path: '/:type/:id',
  letters: () => ['r'],
  of: isRecordType,
  answer: async (records, asked) => unlessHeld(asked, await records.read(typeOf(asked), idIn(asked))),
};

const vread: Interaction = {
  code: 'vread',
  method: 'GET',
  path: '/:type/:id/_history/:version',
  letters: () => ['r'],
  of: isRecordType,
  answer: async (records, asked) => {
    const [found] = await records.history(typeOf(asked), idIn(asked), versionIn(asked));
    return unlessHeld(asked, found as Stored);
  },
};

/** 304 for a reader that has this very version (FHIR R4, http.html#cread). A version says more than a moment (RFC 9110). */
function unlessHeld(asked: Asked, record: Stored): Answer {
  const answer = one(record);
  const [held, since] = [versionsHeld(asked), heldSince(asked)];
  // A header's moment has no milliseconds.
  const second = (at: Date): number => Math.floor(at.getTime() / 1000);
  const isHeld =
    held === undefined
      ? since !== undefined && second(new Date(record.meta.lastUpdated)) <= second(since)
      : held === '*' || held.includes(record.meta.versionId);
  return isHeld ? { status: 304, headers: answer.headers ?? {} } : answer;
}

export const reading = [read, vread] as const;
