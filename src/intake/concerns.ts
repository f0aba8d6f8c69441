import type { Condition, Observation, ObservationComponent } from '@medplum/fhirtypes';
import { codesOf, systems } from '../fhir/codes.ts';
import type { Records } from '../fhir/records.ts';
import { idsOf } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { asIs, type Sentence } from '../kernel/sentence.ts';
import { inOrderOfNeeds } from '../programs/needs.ts';
import type { Program } from '../programs/program.ts';
import { rulesMet } from './findings.ts';
import { questionsIn, readQuestionnaire, type Answers } from './form.ts';
import { sayAnswers } from './say.ts';

export type NeedCode = Readonly<{ system: string; code: string }>;

/** A question and what was answered: in both languages where a program here has them, else as they were asked. */
export type Because = Readonly<{ question: Sentence; answer: Sentence }>;

/** A need that answers showed, and which answers: a concern to talk about, no diagnosis. */
export type Concern = Readonly<{
  id: string;
  need: NeedCode;
  /** Why, in the words of the program's rules. */
  says: readonly Sentence[];
  because: readonly Because[];
  /** The QuestionnaireResponse it was found in last. */
  answers: string | undefined;
}>;

/** The need that a concern names, without the guide's code for everything it has no category for. */
export const needOf = ({ category, code }: Pick<Condition, 'category' | 'code'>): NeedCode | undefined => {
  const concepts = [...(category ?? []), ...(code ? [code] : [])];
  return [systems.sdohCategory, systems.need]
    .flatMap((system) => codesOf(concepts, system).map((one) => ({ system, code: one })))
    .find((need) => need.code !== 'sdoh-category-unspecified');
};

/** Set aside by a professional, or no longer there. */
const isOver = ({ clinicalStatus, verificationStatus }: Condition): boolean =>
  codesOf(clinicalStatus, systems.conditionClinical).some((code) =>
    ['inactive', 'remission', 'resolved'].includes(code),
  ) ||
  codesOf(verificationStatus, systems.conditionVerification).some((code) =>
    ['refuted', 'entered-in-error'].includes(code),
  );

/** Names a need that somebody might act on. */
const isActive = (condition: Condition): boolean => needOf(condition) !== undefined && !isOver(condition);

/** Concerns of a person that name a need and that nobody has set aside, newest first. */
export const activeConcerns = async (records: Records, patient: string): Promise<Stored<Condition>[]> =>
  (await records.find('Condition', [['patient', patient]])).filter(isActive);

/** What a person's answers have shown, with the reasons; two statements. */
export async function findConcerns(
  records: Records,
  patient: string,
  programs: readonly Program[],
): Promise<Concern[]> {
  const conditions = await activeConcerns(records, patient);
  const observations = await records.find('Observation', [
    ['patient', patient],
    ['category', 'survey'],
  ]);
  return readConcerns(conditions, observations, programs);
}

/** The concerns among a person's conditions that somebody might act on, each need once, in the order of needs. */
export function readConcerns(
  conditions: readonly Condition[],
  observations: readonly Observation[],
  programs: readonly Program[],
): Concern[] {
  const found = conditions.filter(isActive).flatMap((condition): Concern[] => {
    const need = needOf(condition);
    if (need === undefined || condition.id === undefined) return [];
    const details = (condition.evidence ?? []).flatMap((e) => e.detail ?? []);
    const shown = idsOf(details, 'Observation').flatMap(
      (id) => observations.find((one) => one.id === id) ?? [],
    );
    const answers = idsOf(
      [...details, ...shown.flatMap((one) => one.derivedFrom ?? [])],
      'QuestionnaireResponse',
    );
    return [{ id: condition.id, need, ...reasonsIn(shown, need, programs), answers: answers[0] }];
  });
  const once = found.filter((one, i) => found.findIndex((other) => sameNeed(one, other)) === i);
  return inOrderOfNeeds(once, (one) => one.need.code);
}

const sameNeed = (a: Concern, b: Concern): boolean =>
  a.need.code === b.need.code && a.need.system === b.need.system;

/** Each question once, with its newest answer: the newest evidence comes first. */
function reasonsIn(
  shown: readonly Observation[],
  need: NeedCode,
  programs: readonly Program[],
): Pick<Concern, 'says' | 'because'> {
  const components = shown
    .flatMap((one) => one.component ?? [])
    .filter((one, i, all) => all.findIndex((other) => keyOf(other) === keyOf(one)) === i);
  const forms = new Set(components.flatMap((one) => one.code.coding?.[0]?.system ?? []));
  const known = programs.filter((program) => forms.has(program.screening.url ?? ''));
  return {
    says: known.flatMap((program) =>
      rulesMet(
        program.needs.filter((rule) => rule.code === need.code && rule.system === need.system),
        answersIn(components, program),
      ).map((rule) => rule.because),
    ),
    because: components.flatMap((one) => becauseOf(one, known)),
  };
}

const keyOf = ({ code }: ObservationComponent): string =>
  `${code.coding?.[0]?.system ?? ''} ${code.coding?.[0]?.code ?? code.text ?? ''}`;

const answersIn = (components: readonly ObservationComponent[], program: Program): Answers =>
  Object.fromEntries(
    components.flatMap((one) => {
      const [asked] = one.code.coding ?? [];
      return asked?.code !== undefined && asked.system === program.screening.url
        ? [[asked.code, valuesOf(one)] as const]
        : [];
    }),
  );

function valuesOf({
  valueBoolean,
  valueInteger,
  valueString,
  valueCodeableConcept,
}: ObservationComponent): string[] {
  const value = valueBoolean ?? valueInteger ?? valueString;
  return value === undefined
    ? (valueCodeableConcept?.coding ?? []).flatMap((one) => one.code ?? [])
    : [String(value)];
}

function becauseOf(component: ObservationComponent, known: readonly Program[]): Because[] {
  const [asked] = component.code.coding ?? [];
  const question = component.code.text ?? asked?.display;
  const answer = wordsOf(component);
  if (question === undefined || answer === undefined) return [];
  const form = known.find((program) => program.screening.url === asked?.system)?.screening;
  const now =
    form && questionsIn(readQuestionnaire(form, 'ja').sections).find((one) => one.linkId === asked?.code);
  return [
    {
      question: inBoth(question, now?.label),
      answer:
        typeof answer === 'string' ? inBoth(answer, now && sayAnswers(now, valuesOf(component))) : answer,
    },
  ];
}

/** The form's words in both languages, if they are still those that were asked and kept; a form may have changed since. */
const inBoth = (kept: string, words: Sentence | undefined): Sentence =>
  words !== undefined && (words.ja === kept || words.en === kept) ? words : asIs(kept);

function wordsOf({
  valueBoolean,
  valueInteger,
  valueString,
  valueCodeableConcept,
}: ObservationComponent): string | Sentence | undefined {
  if (valueBoolean !== undefined)
    return valueBoolean ? { ja: 'はい', en: 'Yes' } : { ja: 'いいえ', en: 'No' };
  if (valueInteger !== undefined) return String(valueInteger);
  return valueString ?? valueCodeableConcept?.text ?? valueCodeableConcept?.coding?.[0]?.display;
}
