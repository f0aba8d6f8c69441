import { isStale } from '../../../fhir/writing.ts';
import { brief, one } from '../answer.ts';
import { idIn, recordOf, versionSeen, wantsBody, withVersion } from '../asked.ts';
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
    try {
      const version = seen ?? (await records.read(record.resourceType, id)).meta.versionId;
      const answer = one(await records.save(withVersion(record, version)));
      return wantsBody(asked) ? answer : brief(answer);
    } catch (error) {
      if (seen !== undefined && isStale(error))
        throw turnAway(412, 'conflict', 'http.If-Match', text.overtaken);
      throw error;
    }
  },
};

export const updating = [update] as const;
