import type {
  Condition,
  Observation,
  ObservationComponent,
  Patient,
  Questionnaire,
  QuestionnaireResponse,
  Reference,
} from '@medplum/fhirtypes';
import { coding, concept, systems } from '../fhir/codes.ts';
import type { Language } from '../kernel/sentence.ts';
import { questionsOf } from '../programs/items.ts';
import { worded } from '../programs/wording.ts';
import type { Because, Finding } from './findings.ts';

/** `sdoh` marks whatever belongs to the social determinants, beside the guide's own category. */
const usCoreCategory = 'http://hl7.org/fhir/us/core/CodeSystem/us-core-category';

/** What was screened: whose answers, with which form, in which response. */
export type Screened = Readonly<{
  form: Questionnaire;
  subject: Reference<Patient>;
  /** The QuestionnaireResponse the needs were found in. */
  response: Reference<QuestionnaireResponse>;
  /** ISO 8601 with offset: when the questions were answered. */
  at: string;
  language: Language;
  newId: () => string;
}>;

/** A need's code; what the guide has no category for stands in its `sdoh-category-unspecified` as well. */
const categoryOf = ({ code, system, label }: Finding, language: Language) =>
  system === systems.sdohCategory
    ? [concept(system, code, label[language])]
    : [concept(systems.sdohCategory, 'sdoh-category-unspecified'), concept(system, code, label[language])];

/**
 * One screening response (Observation of the SDOH guide) for each need, so that a referral stays small: that the
 * need was found, with the answers that show it as components.
 */
export const toObservations = (
  findings: readonly Finding[],
  screened: Screened,
): (Observation & { id: string })[] =>
  findings.map((finding) => ({
    resourceType: 'Observation',
    id: screened.newId(),
    status: 'final',
    category: [
      concept(systems.observationCategory, 'survey'),
      concept(systems.observationCategory, 'social-history'),
      concept(usCoreCategory, 'sdoh'),
      ...categoryOf(finding, screened.language),
    ],
    code: {
      coding: [coding(finding.system, finding.code, finding.label[screened.language])],
      text: finding.label[screened.language],
    },
    subject: screened.subject,
    effectiveDateTime: screened.at,
    derivedFrom: [screened.response],
    valueBoolean: true,
    component: finding.because.map((because) => componentOf(because, screened)),
  }));

function componentOf(because: Because, { form, language }: Screened): ObservationComponent {
  const asked = questionsOf(form).get(because.linkId);
  const [value = ''] = because.values;
  const code = {
    coding: [coding(form.url ?? '', because.linkId)],
    text: because.question[language],
  };
  if (asked?.type === 'boolean') return { code, valueBoolean: value === 'true' };
  if (asked?.type === 'integer') return { code, valueInteger: Number(value) };
  if (asked?.type !== 'choice') return { code, valueString: because.answer[language] };
  const options = (asked.answerOption ?? []).flatMap(({ valueCoding: option }) =>
    option?.code !== undefined && because.values.includes(option.code)
      ? [coding(option.system ?? '', option.code, worded(option, 'display')[language])]
      : [],
  );
  return { code, valueCodeableConcept: { coding: options, text: because.answer[language] } };
}

/**
 * One concern (`health-concern`, `unconfirmed`: a hit is never silently a diagnosis) for each need, with its
 * Observation as evidence. `observations` are those made from the same findings.
 */
export const toConditions = (
  findings: readonly Finding[],
  observations: readonly (Observation & { id: string })[],
  screened: Screened,
): (Condition & { id: string })[] =>
  findings.map((finding, i) => {
    const observation = observations[i];
    const evidence =
      observation === undefined ? screened.response : { reference: `Observation/${observation.id}` };
    return {
      resourceType: 'Condition',
      id: screened.newId(),
      clinicalStatus: concept(systems.conditionClinical, 'active'),
      verificationStatus: concept(systems.conditionVerification, 'unconfirmed'),
      category: [
        concept(systems.conditionCategoryUsCore, 'health-concern'),
        ...categoryOf(finding, screened.language),
      ],
      code: {
        coding: [coding(finding.system, finding.code, finding.label[screened.language])],
        text: finding.label[screened.language],
      },
      subject: screened.subject,
      recordedDate: screened.at,
      evidence: [{ detail: [evidence] }],
    };
  });
