import { canonical } from './codes.ts';
import { recordTypes, type RecordType } from './types.ts';

/**
 * What the elements of a parameter are. `code`: a text or truth value; `concept`: CodeableConcept; `coding`: Coding;
 * `identifier`; `contact`: ContactPoint; `reference`; `uri`: an address, a canonical may carry its version; `name`: search
 * keys of names in a column of their own; `part`: one part of a HumanName; `text`: texts and addresses; `date`: dates of
 * any precision and periods; `quantity`; `exists`: whether there is anything; `municipality`: codes in a column;
 * `composite`: two other parameters of the same record.
 */
export type Kind =
  | 'code'
  | 'concept'
  | 'coding'
  | 'identifier'
  | 'contact'
  | 'reference'
  | 'uri'
  | 'name'
  | 'part'
  | 'text'
  | 'date'
  | 'quantity'
  | 'exists'
  | 'municipality'
  | 'composite';

export type Parameter = Readonly<{
  type: 'token' | 'reference' | 'string' | 'date' | 'uri' | 'quantity' | 'composite';
  kind: Kind;
  /** Where the elements are below the resource, arrays passed through: `provision.period`. */
  paths: readonly string[];
  /** FHIRPath, for the CapabilityStatement and for people. */
  expression: string;
  /** Canonical address of the SearchParameter that says what it means. */
  definition: string;
  /** A derived column of its own: a text, a moment or, of a reference, the id of a record of `columnOf`. */
  column?: string;
  columnOf?: RecordType;
  /** Whether its values are among the record's `found` (migration 0031). */
  isHeld: boolean;
  targets?: readonly RecordType[];
  /** The system that an element of type `code` does not say. */
  system?: string;
  /** Of a contact: which kind counts. */
  contact?: 'phone' | 'email';
  /** Of a composite: the names of its two parts. */
  parts?: readonly [string, string];
}>;

export type Parameters = Readonly<Record<string, Parameter>>;
export type Draft = Omit<Parameter, 'expression' | 'definition'> & { expression?: string };

const typeOfKind: Readonly<Record<Kind, Parameter['type']>> = {
  code: 'token',
  concept: 'token',
  coding: 'token',
  identifier: 'token',
  contact: 'token',
  exists: 'token',
  municipality: 'token',
  reference: 'reference',
  uri: 'uri',
  name: 'string',
  part: 'string',
  text: 'string',
  date: 'date',
  quantity: 'quantity',
  composite: 'composite',
};
/** Kinds whose values are held for all records; the others narrow what something else has found. */
const heldKinds: readonly Kind[] = ['concept', 'coding', 'identifier', 'contact', 'reference', 'uri'];

const made = (kind: Kind, paths: string | readonly string[], more: Partial<Draft> = {}): Draft => ({
  type: typeOfKind[kind],
  kind,
  paths: typeof paths === 'string' ? [paths] : paths,
  isHeld: heldKinds.includes(kind) && more.column === undefined,
  ...more,
});

export const concept = (...paths: string[]): Draft => made('concept', paths);
export const coding = (path: string): Draft => made('coding', path);
export const identifier = (...paths: string[]): Draft =>
  made('identifier', paths.length === 0 ? 'identifier' : paths);
/** A code with a column is compared there; without, it is held. */
export const code = (path: string, more: Partial<Draft> = {}): Draft =>
  made('code', path, { isHeld: more.column === undefined, ...more });
export const state = (system: string, column = 'status', path = 'status'): Draft =>
  code(path, { column, system: `http://hl7.org/fhir/${system}` });
const contact = (kind?: 'phone' | 'email'): Draft =>
  made('contact', 'telecom', kind === undefined ? {} : { contact: kind });
export const uri = (path: string, more: Partial<Draft> = {}): Draft => made('uri', path, more);
export const date = (paths: string | readonly string[], column?: string): Draft =>
  made('date', paths, column === undefined ? {} : { column });
export const text = (...paths: string[]): Draft => made('text', paths);
export const part = (...paths: string[]): Draft => made('part', paths);
export const name = (more: Partial<Draft> = {}): Draft => made('name', 'name', { column: 'name', ...more });
export const quantity = (path: string): Draft => made('quantity', path);
export const composite = (...parts: [string, string]): Draft => made('composite', [], { parts });
export const exists = (expression: string, ...paths: string[]): Draft =>
  made('exists', paths, { expression });
export const serves: Draft = made('municipality', 'extension', {
  column: 'serves',
  expression: "extension('serves').value",
});

/** Any type of record when no target is named. */
export const reference = (paths: string | readonly string[], ...targets: RecordType[]): Draft =>
  made('reference', paths, targets.length === 0 ? {} : { targets });
/** A reference whose only, or most usual, target has a column; what leads to other types is held. */
export const linked = (column: string, path: string, of: RecordType, ...others: RecordType[]): Draft =>
  made('reference', path, { column, columnOf: of, targets: [of, ...others], isHeld: others.length > 0 });
export const otherTypes = (type: RecordType): RecordType[] => recordTypes.filter((other) => other !== type);
export const patient = (path: string): Draft => linked('patient_id', path, 'Patient');

export const address: Readonly<Record<string, Draft>> = {
  address: text('address'),
  'address-city': text('address.city'),
  'address-state': text('address.state'),
  'address-postalcode': text('address.postalCode'),
  'address-country': text('address.country'),
  'address-use': code('address.use', { system: 'http://hl7.org/fhir/address-use' }),
};
export const contacts: Readonly<Record<string, Draft>> = {
  telecom: contact(),
  phone: contact('phone'),
  email: contact('email'),
};

/** Parameters that several types share have one definition in R4; these are their names in it. */
const shared: Readonly<Record<string, readonly [string, string]>> = {
  patient: [
    'clinical',
    'CarePlan Condition Consent DocumentReference Encounter Goal Observation Procedure ServiceRequest',
  ],
  code: ['clinical', 'Condition Observation Procedure ServiceRequest'],
  date: ['clinical', 'CarePlan Consent Encounter Observation Procedure'],
  identifier: [
    'clinical',
    'CarePlan Condition Consent DocumentReference Encounter Goal Observation Procedure ServiceRequest',
  ],
  encounter: ['clinical', 'DocumentReference Observation Procedure ServiceRequest'],
  type: ['clinical', 'DocumentReference Encounter'],
  ...Object.fromEntries(
    [...Object.keys(address), 'gender'].map((key) => [
      key,
      ['individual', 'Patient Practitioner RelatedPerson'] as const,
    ]),
  ),
  ...Object.fromEntries(
    Object.keys(contacts).map((key) => [
      key,
      ['individual', 'Patient Practitioner PractitionerRole RelatedPerson'] as const,
    ]),
  ),
  phonetic: ['individual', 'Patient Practitioner RelatedPerson'],
  birthdate: ['individual', 'Patient RelatedPerson'],
  family: ['individual', 'Patient Practitioner'],
  given: ['individual', 'Patient Practitioner'],
};
/** What base R4 has no parameter for. */
const ours: Readonly<Record<string, readonly string[]>> = {
  HealthcareService: ['serves'],
  Organization: ['serves'],
  Task: ['output', 'due'],
  ServiceRequest: ['supporting-info', 'reason-code'],
  Binary: ['patient'],
};

/** Gives the parameters of one type their expressions and definitions. */
export const parametersOf = (type: RecordType, drafts: Readonly<Record<string, Draft>>): Parameters =>
  Object.fromEntries(
    Object.entries(drafts).map(([key, draft]) => [
      key,
      {
        ...draft,
        expression: `${type}.${draft.expression ?? draft.paths.join(` | ${type}.`)}`.replace(/\.$/, ''),
        definition: definitionOf(type, key),
      },
    ]),
  );

function definitionOf(type: RecordType, key: string): string {
  if (ours[type]?.includes(key) === true) return `${canonical}/SearchParameter/${type}-${key}`;
  const [group, types = ''] = shared[key] ?? [];
  const owner = group !== undefined && types.split(' ').includes(type) ? group : type;
  return `http://hl7.org/fhir/SearchParameter/${owner}-${key}`;
}
