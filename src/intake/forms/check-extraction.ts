import type { Questionnaire } from '@medplum/fhirtypes';
import type { Fault } from '../../programs/fault.ts';
import { placedItems } from '../../programs/items.ts';
import { markedWithoutCode } from '../../programs/marked.ts';
import { withOptions } from '../../programs/value-sets.ts';
import { contextOf, definedRecords } from '../extraction/definitions.ts';
import type { Checked } from './check.ts';
import { sampleItems } from './sample.ts';

/**
 * What a form wants recorded of its answers (SDC $extract): that it can be, before anybody answers. A type of record that
 * is not made of answers, a definition that leads nowhere, and an element that no form may fill in stand against its use.
 * What it says of the registration of a person is shown beside it and written by nobody but a person, which is named.
 */
export function checkExtraction(given: Questionnaire): Checked {
  const form = withOptions(given);
  const placed = placedItems(form);
  const lacking = [
    { element: form, place: 'extension' },
    ...placed.map(({ item, place }) => ({ element: item, place: `${place}.extension` })),
  ]
    .filter(({ element }) => contextOf(element) === 'Patient')
    .map(({ place }) => ({
      place,
      says: 'the registration (Patient) is not changed by answers; what differs from it is shown to staff',
      ja: '登録（Patient）は回答では書きかえません。登録と違うところを職員に示します',
    }));
  // Every question answered, by each of its options, to see whether each definition takes it.
  const { faults } = definedRecords(form, sampleItems(form, true));
  const placeOf = new Map(placed.map(({ item, place }) => [item.linkId, place]));
  const told = faults.map(({ item, says }): Fault => ({
    place: placeOf.get(item.split('~')[0] ?? '') ?? 'extension',
    says: says.en,
    ja: says.ja,
  }));
  return {
    faults: [
      ...markedWithoutCode(form),
      ...told.filter((one, i) => told.findIndex((other) => other.says === one.says) === i),
    ],
    lacking,
  };
}
