import type { Records } from '../../../fhir/records.ts';
import type { Given } from '../../../fhir/search.ts';
import { isRecordType, type RecordType } from '../../../fhir/types.ts';
import type { Answer } from '../answer.ts';
import { parametersOf, typeOf } from '../asked.ts';
import { searchBundle } from '../bundles.ts';
import { formBody } from '../door.ts';
import { shapeParameters } from '../shape.ts';
import type { Interaction } from './interaction.ts';

const counting = ['_count', '_total'];
const justCount = [
  ['_count', '0'],
  ['_total', 'accurate'],
] as const;

const found = async (records: Records, type: RecordType, given: Given, base: string): Promise<Answer> => {
  const asked = given.filter(([name]) => !shapeParameters.includes(name));
  // A count alone: no record is wanted, and all are counted.
  const counted = given.some(([name, value]) => name === '_summary' && value === 'count');
  const which = counted ? [...asked.filter(([name]) => !counting.includes(name)), ...justCount] : asked;
  return { body: searchBundle(base, type, given, await records.page(type, which)) };
};

const search: Interaction = {
  code: 'search-type',
  method: 'GET',
  path: '/:type',
  letters: () => ['s'],
  of: isRecordType,
  answer: (records, asked, { base }) => found(records, typeOf(asked), parametersOf(asked), base),
};

/** Names of persons do not belong into addresses, which proxies write down. */
const searchByForm: Interaction = {
  ...search,
  method: 'POST',
  path: '/:type/_search',
  body: formBody,
  answer: (records, asked, { base }) => {
    const form = typeof asked.body === 'string' ? asked.body : '';
    return found(records, typeOf(asked), [...parametersOf(asked), ...new URLSearchParams(form)], base);
  },
};

export const searching = [search, searchByForm] as const;
