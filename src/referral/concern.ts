import type { Condition, Observation, ObservationComponent } from '@medplum/fhirtypes';
import { codesOf, systems } from '../fhir/codes.ts';
import { idsOf } from '../fhir/references.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { asIs } from '../kernel/sentence.ts';
import { needOf, type NeedCode } from './record.ts';

/** A question and what was answered, in the words in which it was asked. */
export type Because = Readonly<{ question: string; answer: Sentence }>;

/** A need that the answers showed, and which answers: a concern to talk about, no diagnosis. */
export type Concern = Readonly<{
  id: string;
  need: NeedCode;
  because: readonly Because[];
  /** The QuestionnaireResponse it was found in. */
  answers: string | undefined;
}>;

/** The concerns among a person's conditions that somebody might act on, each need once, the newest first as given. */
export function readConcerns(
  conditions: readonly Condition[],
  observations: readonly Observation[],
): Concern[] {
  const found = conditions.flatMap((condition): Concern[] => {
    const need = needOf(condition);
    if (!need || condition.id === undefined || isOver(condition)) return [];
    const details = (condition.evidence ?? []).flatMap((e) => e.detail ?? []);
    const seen = idsOf(details, 'Observation');
    const shown = observations.filter((o) => o.id !== undefined && seen.includes(o.id));
    const answers = idsOf(
      [...details, ...shown.flatMap((o) => o.derivedFrom ?? [])],
      'QuestionnaireResponse',
    );
    return [{ id: condition.id, need, because: shown.flatMap(becauseOf), answers: answers[0] }];
  });
  return found.filter((one, i) => found.findIndex((other) => sameNeed(one, other)) === i);
}

const sameNeed = (a: Concern, b: Concern): boolean =>
  a.need.code === b.need.code && a.need.system === b.need.system;

/** Set aside by a professional, or no longer there. */
const isOver = ({ clinicalStatus, verificationStatus }: Condition): boolean =>
  codesOf(clinicalStatus, systems.conditionClinical).some((c) =>
    ['inactive', 'remission', 'resolved'].includes(c),
  ) ||
  codesOf(verificationStatus, systems.conditionVerification).some((c) =>
    ['refuted', 'entered-in-error'].includes(c),
  );

const becauseOf = (observation: Observation): Because[] =>
  (observation.component ?? []).flatMap((component) => {
    const question = component.code.text ?? component.code.coding?.[0]?.display;
    const answer = answerOf(component);
    return question === undefined || answer === undefined ? [] : [{ question, answer }];
  });

function answerOf(component: ObservationComponent): Sentence | undefined {
  const { valueBoolean, valueInteger, valueString, valueCodeableConcept } = component;
  if (valueBoolean !== undefined)
    return valueBoolean ? { ja: 'はい', en: 'Yes' } : { ja: 'いいえ', en: 'No' };
  if (valueInteger !== undefined) return asIs(String(valueInteger));
  const said = valueString ?? valueCodeableConcept?.text ?? valueCodeableConcept?.coding?.[0]?.display;
  return said === undefined ? undefined : asIs(said);
}
