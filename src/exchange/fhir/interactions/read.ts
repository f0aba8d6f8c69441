import { idIn } from '../../../access/request.ts';
import { isRecordType, type Stored, type Written } from '../../../fhir/types.ts';
import { one, passed, type Answer } from '../answer.ts';
import { heldSince, typeOf, versionIn, versionsHeld, type Asked } from '../asked.ts';
import type { Interaction } from './interaction.ts';

const read: Interaction = {
  code: 'read',
  method: 'GET',
  path: '/:type/:id',
  letters: () => ['r'],
  of: isRecordType,
  answer: async (records, asked) => unlessHeld(asked, await records.read(typeOf(asked), idIn(asked))),
  pass: async (passing, asked) => {
    const found = await passing.one(typeOf(asked), idIn(asked));
    return found && unlessPassed(asked, found);
  },
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

const unlessHeld = (asked: Asked, record: Stored): Answer =>
  isHeld(asked, record.meta.versionId, new Date(record.meta.lastUpdated))
    ? unchanged(one(record))
    : one(record);

const unlessPassed = (asked: Asked, record: Written): Answer =>
  isHeld(asked, String(record.version), record.lastUpdated) ? unchanged(passed(record)) : passed(record);

const unchanged = ({ headers = {} }: Answer): Answer => ({ status: 304, headers });

/** Whether a reader has this very version (FHIR R4, http.html#cread). A version says more than a moment (RFC 9110). */
function isHeld(asked: Asked, version: string, lastUpdated: Date): boolean {
  const [held, since] = [versionsHeld(asked), heldSince(asked)];
  // A header's moment has no milliseconds.
  const second = (at: Date): number => Math.floor(at.getTime() / 1000);
  return held === undefined
    ? since !== undefined && second(lastUpdated) <= second(since)
    : held === '*' || held.includes(version);
}

export const reading = [read, vread] as const;
