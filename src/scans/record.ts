import type { Binary, DocumentReference } from '@medplum/fhirtypes';
import { codeOf, concept, systems } from '../fhir/codes.ts';
import { idOf, isId, reference } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { whats, type What } from './text.ts';

/** LOINC: consent document, referral note, questionnaire (patient-reported), note. */
const loinc: Readonly<Record<What, string>> = {
  consent: '59284-0',
  referral: '57133-1',
  questionnaire: '74465-6',
  assessment: '51848-0',
  answer: '34109-9',
  other: '34109-9',
};

export type NewDocument = Readonly<{
  patient: string;
  what: What;
  /** What is written over it: the sheet and which of its pages. */
  title: string;
  png: Buffer;
  /** Task and other records it belongs to. */
  about: readonly Readonly<{ reference: string }>[];
  /** Organization that wrote it, where known. */
  author: string | undefined;
  /** Organization that keeps it. */
  custodian: string;
  at: string;
}>;

/** One page that came in: the picture, and the document that says what it is and where it belongs. */
export const buildDocument = (
  given: NewDocument,
  ids: Readonly<{ binary: string; document: string }>,
): [Binary, DocumentReference] => [
  {
    resourceType: 'Binary',
    id: ids.binary,
    contentType: 'image/png',
    securityContext: reference('Patient', given.patient),
    data: given.png.toString('base64'),
  },
  {
    resourceType: 'DocumentReference',
    id: ids.document,
    status: 'current',
    type: {
      coding: [
        ...(concept('http://loinc.org', loinc[given.what]).coding ?? []),
        ...(concept(systems.incomingDocument, given.what).coding ?? []),
      ],
    },
    subject: reference('Patient', given.patient),
    date: given.at,
    ...(given.author === undefined ? {} : { author: [reference('Organization', given.author)] }),
    custodian: reference('Organization', given.custodian),
    description: given.title,
    content: [
      {
        attachment: {
          contentType: 'image/png',
          url: `Binary/${ids.binary}`,
          size: given.png.length,
          title: given.title,
        },
      },
    ],
    ...(given.about.length > 0 ? { context: { related: [...given.about] } } : {}),
  },
];

export type ReadDocument = Readonly<{
  id: string;
  version: string;
  patient: string;
  what: What;
  title: string;
  date: string;
  binary: string | undefined;
  task: string | undefined;
  /** QuestionnaireResponse or Consent that was typed from it, the request that it answered, or the contact that it became. */
  typed: string | undefined;
}>;

export function readDocument(document: Stored<DocumentReference>): ReadDocument {
  const code = codeOf(document.type, systems.incomingDocument);
  const attachment = document.content[0]?.attachment;
  const binary = attachment?.url?.replace(/^Binary\//, '');
  const related = document.context?.related ?? [];
  const of = (type: 'Task' | 'QuestionnaireResponse' | 'Consent' | 'Communication') =>
    related.flatMap((one) => idOf(one, type) ?? []);
  // The referral in which it lies, and the request to a group whose answer it is.
  const [task, answered] = of('Task');
  return {
    id: document.id,
    version: document.meta.versionId,
    patient: idOf(document.subject, 'Patient') ?? '',
    what: whats.find((one) => one === code) ?? 'other',
    title: document.description ?? attachment?.title ?? '',
    date: document.date ?? document.meta.lastUpdated,
    binary: isId(binary) ? binary : undefined,
    task,
    typed: of('QuestionnaireResponse')[0] ?? of('Consent')[0] ?? answered ?? of('Communication')[0],
  };
}

/** The same document, of which it is now known what was made of it. */
export const relatedTo = (
  document: Stored<DocumentReference>,
  made: Readonly<{ reference: string }>,
): Stored<DocumentReference> => ({
  ...document,
  context: { ...document.context, related: [...(document.context?.related ?? []), made] },
});
