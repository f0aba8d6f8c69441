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
  /** Somebody of another body entered it for them: that post and its body, and the picture of the paper it was typed from. */
  entered?: Readonly<{ by: string | undefined; organization: string; document?: string }>;
  /** DocumentReference of the paper that it was typed in from. */
  document?: string;
  /** QuestionnaireResponse of the answers that it was made of. */
  answers?: string;
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
    ...(trace.entered ? [enterer(trace.entered)] : []),
  ],
  ...sourcesOf(trace),
});

function sourcesOf({
  source,
  entered,
  answers,
  document = entered?.document,
}: Trace): Pick<Provenance, 'entity'> {
  const what = [
    ...(document === undefined ? [] : [reference('DocumentReference', document)]),
    ...(answers === undefined ? [] : [reference('QuestionnaireResponse', answers)]),
    ...(source === undefined ? [] : [{ identifier: source }]),
  ];
  return what.length === 0 ? {} : { entity: what.map((one) => ({ role: 'source', what: one })) };
}

const enterer = ({ by, organization }: NonNullable<Trace['entered']>) => ({
  type: concept('http://terminology.hl7.org/CodeSystem/provenance-participant-type', 'enterer'),
  who: by === undefined ? reference('Organization', organization) : reference('PractitionerRole', by),
  onBehalfOf: reference('Organization', organization),
});
