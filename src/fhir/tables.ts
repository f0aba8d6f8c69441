import { recordTypes, type RecordType } from './types.ts';

/** The table of a type: its name in snake_case. `binary` is a reserved word of SQL. */
export const tableOf = (type: RecordType): string => (type === 'Binary' ? '"binary"' : snakeCase(type));
export const historyOf = (type: RecordType): string => `${snakeCase(type)}_history`;

/** The view through which a search finds records about persons: the table under the same row rule, open to its indexes. */
export const foundIn = (type: RecordType): string => `${snakeCase(type)}_found`;

const names = new Map(
  recordTypes.map((type) => [type, type.replaceAll(/(?<=[a-z])[A-Z]/g, (c) => `_${c}`).toLowerCase()]),
);
const snakeCase = (type: RecordType): string => names.get(type) ?? '';

/** Types without a patient: bodies, places, posts, forms. */
export const directoryTypes = [
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Location',
  'HealthcareService',
  'Questionnaire',
] as const satisfies readonly RecordType[];

export const isAboutPerson = (type: RecordType): boolean =>
  !(directoryTypes as readonly RecordType[]).includes(type);
