import type { Records } from '../../../fhir/records.ts';
import type { Given } from '../../../fhir/search.ts';
import { isRecordType, type RecordType } from '../../../fhir/types.ts';
import type { Answer } from '../answer.ts';
import { handlingOf, languageOf, parametersOf, typeOf, type Asked } from '../asked.ts';
import { passedBundle, searchBundle } from '../bundles.ts';
import { formBody } from '../door.ts';
import { outsideScope } from '../refusal.ts';
import type { Interaction, Served } from './interaction.ts';

const counting = ['_count', '_total'];
const justCount = [
  ['_count', '0'],
  ['_total', 'accurate'],
] as const;

/** What a token is not for is neither looked into nor brought along. */
const found = async (
  records: Records,
  asked: Asked,
  given: Given,
  { base, may, passesOn = false }: Served,
): Promise<Answer> => {
  const type = typeOf(asked);
  // A count alone: no record is wanted, and all are counted.
  const counted = given.some(([name, value]) => name === '_summary' && value === 'count');
  const which = counted ? [...given.filter(([name]) => !counting.includes(name)), ...justCount] : given;
  const looking = {
    base,
    isLenient: handlingOf(asked) === 'lenient',
    mayRead: (other: RecordType) => may(other, 'r'),
    mustRead: (other: RecordType) => {
      if (!may(other, 's')) throw outsideScope(other, 's');
    },
  };
  const language = languageOf(asked);
  return {
    body: passesOn
      ? passedBundle(base, type, await records.passPage(type, which, looking), language)
      : searchBundle(base, type, await records.page(type, which, looking), language),
  };
};

const search: Interaction = {
  code: 'search-type',
  method: 'GET',
  path: '/:type',
  letters: () => ['s'],
  of: isRecordType,
  answer: (records, asked, served) => found(records, asked, parametersOf(asked), served),
};

/** Names of persons do not belong into addresses, which proxies write down. */
const searchByForm: Interaction = {
  ...search,
  method: 'POST',
  path: '/:type/_search',
  body: formBody,
  answer: (records, asked, served) => {
    const form = typeof asked.body === 'string' ? asked.body : '';
    return found(records, asked, [...parametersOf(asked), ...new URLSearchParams(form)], served);
  },
};

export const searching = [search, searchByForm] as const;
