import type { Provenance } from '@medplum/fhirtypes';
import { concept } from './codes.ts';
import { reference } from './references.ts';

export type Trace = Readonly<{
  id: string;
  targets: readonly { reference: string }[];
  patient: string;
  organization: string;
  by: string | undefined;
  /** Whom somebody entered it for: a group that answered by telephone, or by its link. */
  onBehalfOf?: string;
  /** The person did it themselves, by a link. */
  themselves?: boolean;
  /** The version of a record on another server that says so. */
  source?: Readonly<{ system: string; value: string }>;
  at: string;
  activity: 'CREATE' | 'UPDATE';
}>;

/** Who did it, for which organization, and for whom. */
export const buildProvenance = (trace: Trace): Provenance => ({
  resourceType: 'Provenance',
  id: trace.id,
  target: [...trace.targets, reference('Patient', trace.patient)],
  recorded: trace.at,
  activity: concept('http://terminology.hl7.org/CodeSystem/v3-DataOperation', trace.activity),
  agent: [
    {
      who:
        trace.themselves === true
          ? reference('Patient', trace.patient)
          : trace.by === undefined
            ? reference('Organization', trace.organization)
            : reference('PractitionerRole', trace.by),
      onBehalfOf: reference('Organization', trace.onBehalfOf ?? trace.organization),
    },
  ],
  ...(trace.source ? { entity: [{ role: 'source', what: { identifier: trace.source } }] } : {}),
});
