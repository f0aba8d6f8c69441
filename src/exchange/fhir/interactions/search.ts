import type { Passing } from '../../../fhir/passing.ts';
import type { Records } from '../../../fhir/records.ts';
import type { Looking } from '../../../fhir/search-page.ts';
import type { Given } from '../../../fhir/search.ts';
import { isRecordType, type RecordType } from '../../../fhir/types.ts';
import type { Answer } from '../answer.ts';
import { handlingOf, languageOf, parametersOf, typeOf, type Asked } from '../asked.ts';
import { passedBundle, searchBundle } from '../bundles.ts';
import { formBody } from '../door.ts';
import type { Paged } from '../pages.ts';
import { outsideScope } from '../refusal.ts';
import type { Interaction, Served } from './interaction.ts';

const counting = ['_count', '_total'];
const justCount = [
  ['_count', '0'],
  ['_total', 'accurate'],
] as const;

type Looked = Readonly<{ type: RecordType; which: Given; looking: Looking; links: Paged['links'] }>;

/** What is looked for. What a token is not for is neither looked into nor brought along. */
function lookedFor(asked: Asked, came: Given, { base, may, turn }: Served): Looked {
  const type = typeOf(asked);
  const { given, links } = turn(type, came);
  // A count alone: no record is wanted, and all are counted.
  const counted = given.some(([name, value]) => name === '_summary' && value === 'count');
  const looking: Looking = {
    base,
    isLenient: handlingOf(asked) === 'lenient',
    mayRead: (other) => may(other, 'r'),
    mustRead: (other) => {
      if (!may(other, 's')) throw outsideScope(other, 's');
    },
  };
  const which = counted ? [...given.filter(([name]) => !counting.includes(name)), ...justCount] : given;
  return { type, which, looking, links };
}

const found = async (records: Records, asked: Asked, given: Given, served: Served): Promise<Answer> => {
  const { type, which, looking, links } = lookedFor(asked, given, served);
  const page = await records.page(type, which, looking);
  return { body: searchBundle(served.base, page, links, languageOf(asked)) };
};

const passedOn = async (
  passing: Passing,
  asked: Asked,
  given: Given,
  served: Served,
): Promise<Answer | undefined> => {
  const { type, which, looking, links } = lookedFor(asked, given, served);
  const page = await passing.page(type, which, looking);
  return page && { body: passedBundle(served.base, page, links, languageOf(asked)) };
};

const search: Interaction = {
  code: 'search-type',
  method: 'GET',
  path: '/:type',
  letters: () => ['s'],
  of: isRecordType,
  answer: (records, asked, served) => found(records, asked, parametersOf(asked), served),
  pass: (passing, asked, served) => passedOn(passing, asked, parametersOf(asked), served),
};

/** Names of persons do not belong into addresses, which proxies write down. */
const searchByForm: Interaction = {
  ...search,
  method: 'POST',
  path: '/:type/_search',
  body: formBody,
  answer: (records, asked, served) => found(records, asked, withForm(asked), served),
  pass: (passing, asked, served) => passedOn(passing, asked, withForm(asked), served),
};

const withForm = (asked: Asked): Given => [
  ...parametersOf(asked),
  ...new URLSearchParams(typeof asked.body === 'string' ? asked.body : ''),
];

export const searching = [search, searchByForm] as const;
