import type { Definitions } from '../../../fhir/defined.ts';
import type { OpenRecords } from '../../../fhir/records.ts';
import type { RecordType } from '../../../fhir/types.ts';
import type { ValidateResource } from '../../../fhir/validate.ts';
import { everything } from '../everything.ts';
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
  base: string;
}>;

/** What each operation of the registry does. */
export const makeRuns = (needs: OperationNeeds): Readonly<Record<OperationName, Run>> => ({
  validate: validating(needs),
  everything: async ({ bearer, id = '', given, turn }) => {
    const asked = { given, mayRead: (type: RecordType) => bearer.may(type, 'r'), base: needs.base, turn };
    return { body: await needs.open(bearer.actor, (records) => everything(records, id, asked)) };
  },
  populate: populating(needs),
  extract: extracting(needs),
  export: exporting(needs, 'Patient'),
});

export const makeSystemRuns = (needs: OperationNeeds): Readonly<Record<SystemOperationName, SystemRun>> => ({
  export: exporting(needs, 'system'),
});
