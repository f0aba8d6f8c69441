import type { FhirRecord, Stored } from '../../../fhir/types.ts';
import type { Records } from '../../../fhir/records.ts';
import { created, preferred } from '../answer.ts';
import { conditionOf, recordOf, returnOf, withVersion } from '../asked.ts';
import { matching } from '../condition.ts';
import { jsonBody } from '../door.ts';
import { localized } from '../links.ts';
import { isWritten, type Interaction } from './interaction.ts';

const create: Interaction = {
  code: 'create',
  method: 'POST',
  path: '/:type',
  // Whether something is there already is an answer to a search.
  letters: (asked) => (asked.get('if-none-exist') === undefined ? ['c'] : ['c', 's']),
  of: isWritten,
  body: jsonBody,
  once: true,
  answer: async (records, asked, { base }) => {
    // The server names what is created with POST (FHIR R4, http.html#create).
    const { id: _id, ...given } = localized(recordOf(asked), base);
    const record = withVersion(given as FhirRecord);
    const known = await knownAlready(records, record, conditionOf(asked));
    const answer = created(base, known ?? (await records.save(record)), known === undefined);
    return preferred(returnOf(asked), answer);
  },
};

const knownAlready = (
  records: Records,
  { resourceType }: FhirRecord,
  condition: string | undefined,
): Promise<Stored | undefined> =>
  condition === undefined ? Promise.resolve(undefined) : matching(records, resourceType, condition);

export const creating = [create] as const;
