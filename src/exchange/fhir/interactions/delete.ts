import { idIn } from '../../../access/request.ts';
import type { Records } from '../../../fhir/records.ts';
import { removableTypes } from '../../../fhir/removing.ts';
import type { RecordType } from '../../../fhir/types.ts';
import { isStale } from '../../../fhir/writing.ts';
import { Refused } from '../../../kernel/problem.ts';
import { preferred, type Answer } from '../answer.ts';
import { criteriaOf, returnOf, typeOf, versionSeen, type Asked } from '../asked.ts';
import { meant } from '../condition.ts';
import { turnAway } from '../refusal.ts';
import { text } from '../text.ts';
import type { Interaction } from './interaction.ts';

const remove: Interaction = {
  code: 'delete',
  method: 'DELETE',
  path: '/:type/:id',
  letters: () => ['d'],
  of: (type) => (removableTypes as readonly string[]).includes(type),
  once: true,
  answer: (records, asked) => take(records, asked, typeOf(asked), idIn(asked)),
};

const removeMeant: Interaction = {
  ...remove,
  path: '/:type',
  letters: () => ['d', 's'],
  answer: async (records, asked) => {
    const known = await meant(records, typeOf(asked), criteriaOf(asked));
    return known ? take(records, asked, typeOf(asked), known.id) : done(asked);
  },
};

/** What is not there, or was deleted before, is as good as deleted (FHIR R4, http.html#delete). */
async function take(records: Records, asked: Asked, type: RecordType, id: string): Promise<Answer> {
  const version = versionSeen(asked);
  try {
    await records.remove([{ type, id, version }]);
  } catch (error) {
    if (version !== undefined && isStale(error))
      throw turnAway(412, 'conflict', 'http.If-Match', text.overtaken);
    if (!isMissing(error)) throw error;
    if (version !== undefined) throw turnAway(412, 'conflict', 'http.If-Match', text.noneToChange);
  }
  return done(asked);
}

const isMissing = (error: unknown): boolean =>
  error instanceof Refused && ['not-found', 'gone'].includes(error.problem.kind);

const done = (asked: Asked): Answer => preferred(returnOf(asked), { status: 204 });

export const deleting = [remove, removeMeant] as const;
