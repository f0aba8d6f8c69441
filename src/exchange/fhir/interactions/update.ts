import { idIn } from '../../../access/request.ts';
import type { Records } from '../../../fhir/records.ts';
import { isAboutPerson } from '../../../fhir/tables.ts';
import type { FhirRecord, RecordType, Stored } from '../../../fhir/types.ts';
import { isStale } from '../../../fhir/writing.ts';
import { Refused } from '../../../kernel/problem.ts';
import { created, one, preferred, type Answer } from '../answer.ts';
import { criteriaOf, recordOf, returnOf, typeOf, versionSeen, withVersion, type Asked } from '../asked.ts';
import { meant } from '../condition.ts';
import { jsonBody } from '../door.ts';
import { localized } from '../links.ts';
import { turnAway } from '../refusal.ts';
import { text } from '../text.ts';
import { isWritten, type Interaction } from './interaction.ts';

const update: Interaction = {
  code: 'update',
  method: 'PUT',
  path: '/:type/:id',
  letters: () => ['u'],
  of: isWritten,
  body: jsonBody,
  once: true,
  answer: async (records, asked, { base }) => {
    const [record, id, seen] = [localized(recordOf(asked), base), idIn(asked), versionSeen(asked)];
    if (record.id !== id) throw turnAway(400, 'invalid', `${record.resourceType}.id`, text.otherId);
    const version = seen ?? (await versionNow(records, record.resourceType, id));
    return replace(records, asked, record, version, base);
  },
};

/** `PUT Patient?identifier=…` (FHIR R4, http.html#cond-update). */
const updateMeant: Interaction = {
  ...update,
  path: '/:type',
  letters: () => ['u', 's'],
  answer: async (records, asked, { base }) => {
    const [type, record, seen] = [typeOf(asked), localized(recordOf(asked), base), versionSeen(asked)];
    const known = await meant(records, type, criteriaOf(asked));
    if (known === undefined) {
      if (seen !== undefined) throw turnAway(412, 'conflict', 'http.If-Match', text.noneToChange);
      const version = record.id === undefined ? undefined : await versionNow(records, type, record.id);
      // An id that the criteria do not lead to is another record's.
      if (version !== undefined) throw turnAway(400, 'invalid', `${type}.id`, text.otherId);
      return replace(records, asked, record, undefined, base);
    }
    if (record.id !== undefined && record.id !== known.id)
      throw turnAway(400, 'invalid', `${type}.id`, text.otherId);
    return replace(records, asked, { ...record, id: known.id }, seen ?? known.meta.versionId, base);
  },
};

/** Writes it in the place of that version, or as a new record where there is none. */
async function replace(
  records: Records,
  asked: Asked,
  record: FhirRecord,
  version: string | undefined,
  base: string,
): Promise<Answer> {
  const saved = await refusingStale(asked, () => records.save(withVersion(record, version)));
  return preferred(returnOf(asked), version === undefined ? created(base, saved) : one(saved));
}

/** Whether the sender may choose the id: only where everybody sees every record, since an id that is taken tells that it is. */
export const takesIds = (type: RecordType): boolean => isWritten(type) && !isAboutPerson(type);

/** The version there is; undefined where there is none and a record may be created under that id. */
export async function versionNow(
  records: Records,
  type: RecordType,
  id: string,
): Promise<string | undefined> {
  try {
    return (await records.read(type, id)).meta.versionId;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.problem.kind === 'gone') throw new Refused({ kind: 'gone', says: text.staysDeleted });
    if (error.problem.kind === 'not-found' && takesIds(type)) return undefined;
    throw error;
  }
}

/** Another version than the one in `If-Match` is a failed precondition; without it, a conflict. */
export async function refusingStale(asked: Asked, write: () => Promise<Stored>): Promise<Stored> {
  try {
    return await write();
  } catch (error) {
    if (isStale(error) && versionSeen(asked) !== undefined)
      throw turnAway(412, 'conflict', 'http.If-Match', text.overtaken);
    throw error;
  }
}

export const updating = [update, updateMeant] as const;
