import type { Condition, Goal, Observation, RelatedPerson } from '@medplum/fhirtypes';
import { codesOf, concept, systems } from '../../fhir/codes.ts';

/** The types of record that answers make by themselves. What else a form describes somebody has to decide. */
export const extractedTypes = ['Observation', 'Condition', 'Goal', 'RelatedPerson'] as const;
export type ExtractedType = (typeof extractedTypes)[number];
export type ExtractedRecord = Observation | Condition | Goal | RelatedPerson;

export const isExtracted = (type: string): type is ExtractedType =>
  (extractedTypes as readonly string[]).includes(type);

/**
 * The elements that a form may fill in. Whose record it is, how far it is confirmed, who says so and what it rests on are
 * not for a form to say. `Patient` is here for what is shown beside the registration, and written by nobody but a person.
 */
const elements: Readonly<Record<ExtractedType | 'Patient', readonly string[]>> = {
  Observation: ['category', 'code', 'value', 'effective', 'dataAbsentReason', 'interpretation', 'note', 'bodySite', 'method', 'referenceRange', 'component', 'status'],
  Condition: ['category', 'code', 'severity', 'bodySite', 'onset', 'note'],
  Goal: ['lifecycleStatus', 'category', 'priority', 'description', 'start', 'target', 'note'],
  RelatedPerson: ['relationship', 'name', 'telecom', 'gender', 'birthDate', 'address', 'communication', 'period'],
  Patient: ['name', 'telecom', 'gender', 'birthDate', 'address'],
}; // prettier-ignore

/** Elements of several types: a definition says `value[x]` or `valueQuantity`. */
const choices: ReadonlySet<string> = new Set(['value', 'effective', 'onset', 'start']);

/** Whether an answer may stand in that element (`valueQuantity`) of a record. */
export const mayFill = (type: string, element: string): boolean =>
  type in elements &&
  elements[type as keyof typeof elements].some(
    (one) => one === element || (choices.has(one) && element.startsWith(one)),
  );

/** Says something: a person who left that open has nothing recorded. */
export function saysSomething(record: ExtractedRecord): boolean {
  switch (record.resourceType) {
    case 'Observation':
      return Object.keys(record).some((key) => /^(?:value[A-Z]|component|dataAbsentReason)/.test(key));
    case 'Condition':
      return record.code !== undefined;
    case 'Goal':
      return (record.description as unknown) !== undefined;
    case 'RelatedPerson':
      return record.name !== undefined || record.telecom !== undefined;
  }
}

/** As a text with its keys in order: the database keeps them in another than they were written in. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([x], [y]) => (x < y ? -1 : 1)))
      : one,
  );

/** What makes two records say the same of the same: a second one would be a double. */
export function keyOf(record: ExtractedRecord): string {
  switch (record.resourceType) {
    case 'Observation':
      return sorted([
        record.code,
        Object.entries(record).find(([key]) => /^value[A-Z]/.test(key)),
        record.component,
      ]);
    case 'Condition':
      return sorted(record.code?.coding?.map(({ system, code }) => [system, code]) ?? record.code?.text);
    case 'Goal':
      return sorted(record.description);
    case 'RelatedPerson':
      return sorted(record.name ?? record.telecom);
  }
}

export const isMistake = (record: ExtractedRecord): boolean =>
  record.resourceType === 'Observation'
    ? record.status === 'entered-in-error'
    : record.resourceType === 'Goal'
      ? record.lifecycleStatus === 'entered-in-error'
      : record.resourceType === 'Condition' &&
        codesOf(record.verificationStatus, systems.conditionVerification).includes('entered-in-error');

/** Still holds. */
export function isOpen(record: ExtractedRecord): boolean {
  if (isMistake(record)) return false;
  switch (record.resourceType) {
    case 'Observation':
      return record.status !== 'cancelled';
    case 'Condition':
      return (
        !codesOf(record.clinicalStatus, systems.conditionClinical).some((code) =>
          ['inactive', 'remission', 'resolved'].includes(code),
        ) && !codesOf(record.verificationStatus, systems.conditionVerification).includes('refuted')
      );
    case 'Goal':
      return !['completed', 'cancelled', 'rejected'].includes(record.lifecycleStatus);
    case 'RelatedPerson':
      return record.active !== false;
  }
}

/**
 * A record whose answers say it no longer. `mistake`: they were corrected, and it should never have been there; `over`:
 * newer answers to the same form leave it out. A RelatedPerson has no way to say either but that it does not count.
 */
export function ended<R extends ExtractedRecord>(record: R, why: 'mistake' | 'over'): R {
  switch (record.resourceType) {
    case 'Observation':
      return why === 'mistake' ? { ...record, status: 'entered-in-error' } : record;
    case 'Condition': {
      if (why === 'over')
        return { ...record, clinicalStatus: concept(systems.conditionClinical, 'inactive') };
      // FHIR's invariant con-5: what never was has no clinical status.
      const { clinicalStatus: _none, ...rest } = record;
      return {
        ...rest,
        verificationStatus: concept(systems.conditionVerification, 'entered-in-error'),
      } as R;
    }
    case 'Goal':
      return { ...record, lifecycleStatus: why === 'mistake' ? 'entered-in-error' : 'cancelled' };
    case 'RelatedPerson':
      return { ...record, active: false };
  }
}
