import type { Answers } from '../intake/answers.ts';
import type { Language } from '../kernel/sentence.ts';
import type { Program } from '../programs/program.ts';
import { requestStates, type AskedResource } from './requests.ts';
import { resourceKindWords as text } from './text.ts';

export const resourceKinds = ['formal', 'informal', 'inner'] as const;
export type ResourceKind = (typeof resourceKinds)[number];
/** What a person has to go by, of each kind: as the assessment tells it, and whom the link worker asked. */
export type ThreeKinds = Readonly<Record<ResourceKind, readonly string[]>>;

const over = ['rejected', 'failed', 'cancelled', 'entered-in-error'];

/** Undefined where the program's sheet does not ask for them. */
export function threeKinds(
  program: Pick<Program, 'resources'>,
  answers: Answers,
  requests: readonly AskedResource[],
  language: Language,
): ThreeKinds | undefined {
  const { resources } = program;
  if (resources === undefined) return undefined;
  const told = (kind: ResourceKind): string[] =>
    (answers[resources[kind]] ?? [])
      .flatMap((words) => words.split('\n'))
      .filter((line) => line.trim() !== '');
  const asked = (kind: ResourceKind): string[] =>
    requests
      .filter((one) => !over.includes(one.referral.status) && (one.resource?.kind ?? 'formal') === kind)
      .map((one) => text.asked(one.name, requestStates[one.referral.status][language])[language]);
  return {
    formal: [...told('formal'), ...asked('formal')],
    informal: [...told('informal'), ...asked('informal')],
    inner: told('inner'),
  };
}

/** Whether a plan rests on schemes and services alone. */
export const isFormalOnly = ({ formal, informal, inner }: ThreeKinds): boolean =>
  formal.length > 0 && informal.length === 0 && inner.length === 0;
