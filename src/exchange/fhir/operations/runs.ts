import type { Letters } from '../documents/letters.ts';
import type { Definitions } from '../../../fhir/defined.ts';
import type { OpenRecords } from '../../../fhir/records.ts';
import type { RecordType } from '../../../fhir/types.ts';
import type { ValidateResource } from '../../../fhir/validate.ts';
import { everything } from '../everything.ts';
import { outsideScope } from '../refusal.ts';
import { extracting, populating, type Forms } from './forms.ts';
import { exporting } from '../export/start.ts';
import type { Run, SystemRun } from './operation.ts';
import type { OperationName, SystemOperationName } from './registry.ts';
import { validating } from './validate.ts';

export type OperationNeeds = Readonly<{
  open: OpenRecords;
  validate: ValidateResource;
  definitions: Definitions;
  forms: Forms;
  letters: Letters;
  base: string;
}>;

/** A document holds all of these, so a token that reads only some of them gets none. */
const lettersRead: readonly RecordType[] = [
  'Task',
  'Patient',
  'Coverage',
  'Consent',
  'QuestionnaireResponse',
  'Observation',
  'Condition',
  'Communication',
  'DocumentReference',
  'Binary',
];

/** What each operation of the registry does. */
export const makeRuns = (needs: OperationNeeds): Readonly<Record<OperationName, Run>> => ({
  validate: validating(needs),
  everything: async ({ bearer, id = '', given, turn }) => {
    const asked = { given, mayRead: (type: RecordType) => bearer.may(type, 'r'), base: needs.base, turn };
    return { body: await needs.open(bearer.actor, (records) => everything(records, id, asked)) };
  },
  document: async ({ bearer, id = '' }) => {
    const outside = lettersRead.find((type) => !bearer.may(type, 'r'));
    if (outside !== undefined) throw outsideScope(outside, 'r');
    // Drawn when the transaction is over: a sheet takes longer to draw than all of it to read.
    const compose = await needs.open(bearer.actor, (records) => needs.letters.give(records, id));
    return { body: await compose() };
  },
  populate: populating(needs),
  extract: extracting(needs),
  export: exporting(needs, 'Patient'),
});

export const makeSystemRuns = (needs: OperationNeeds): Readonly<Record<SystemOperationName, SystemRun>> => ({
  export: exporting(needs, 'system'),
});
