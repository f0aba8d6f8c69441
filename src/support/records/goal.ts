import type { Goal } from '@medplum/fhirtypes';
import { codeOf, codesOf, concept, systems } from '../../fhir/codes.ts';
import { idOf, idsOf, reference } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import type { NeedCode } from '../../referral/record.ts';

/** Where a goal stands, in few words: FHIR's lifecycle status and achievement go together. */
export const achievements = {
  'in-progress': { ja: '取り組み中', en: 'Working on it' },
  improving: { ja: '近づいている', en: 'Getting closer' },
  achieved: { ja: '届いた', en: 'Reached' },
  'not-achieved': { ja: '届かなかった', en: 'Not reached' },
  dropped: { ja: '目標から外した', en: 'No longer a goal' },
} as const satisfies Record<string, Sentence>;
export type Achievement = keyof typeof achievements;
export const achievementNames = Object.keys(achievements) as Achievement[];
/** What can be said of a goal when the support ends. */
export const finalAchievements = ['achieved', 'improving', 'not-achieved', 'dropped'] as const;

const achievementSystem = 'http://terminology.hl7.org/CodeSystem/goal-achievement';
/** A goal that was given up stays one that was not attainable; one that is nearer at the end is done with. */
const codes: Readonly<Record<Achievement, string>> = {
  'in-progress': 'in-progress',
  improving: 'improving',
  achieved: 'achieved',
  'not-achieved': 'not-achieved',
  dropped: 'not-attainable',
};

export type GoalGiven = Readonly<{
  patient: string;
  /** The referral's ServiceRequest. */
  requestId: string;
  text: string;
  /** `YYYY-MM-DD` */
  due: string | undefined;
  needs: readonly NeedCode[];
  by: string | undefined;
  /** The day it was set, `YYYY-MM-DD`. */
  on: string;
}>;

export const buildGoal = (given: GoalGiven, id?: string): Goal => ({
  resourceType: 'Goal',
  ...(id === undefined ? {} : { id }),
  ...stateOf('in-progress', 'active'),
  ...(given.needs.length > 0 ? { category: given.needs.map((n) => concept(n.system, n.code)) } : {}),
  description: { text: given.text },
  subject: reference('Patient', given.patient),
  startDate: given.on,
  ...(given.due === undefined ? {} : { target: [{ dueDate: given.due }] }),
  ...(given.by === undefined ? {} : { expressedBy: reference('PractitionerRole', given.by) }),
  addresses: [reference('ServiceRequest', given.requestId)],
});

const stateOf = (achievement: Achievement, status: Goal['lifecycleStatus']) => ({
  lifecycleStatus: status,
  achievementStatus: concept(achievementSystem, codes[achievement], achievements[achievement].ja),
});

const statusOf = (achievement: Achievement, final: boolean): Goal['lifecycleStatus'] =>
  achievement === 'dropped'
    ? 'cancelled'
    : final || achievement === 'achieved' || achievement === 'not-achieved'
      ? 'completed'
      : 'active';

export type GoalChange = Readonly<{
  text?: string;
  /** null takes the date away. */
  due?: string | null;
  needs?: readonly NeedCode[];
  achievement?: Achievement;
  /** The support ends: nothing stays active. */
  final?: boolean;
  /** The day of the change, `YYYY-MM-DD`. */
  on: string;
}>;

export function changeGoal(goal: Stored<Goal>, change: GoalChange): Stored<Goal> {
  const { target, category, ...rest } = goal;
  const due = change.due === undefined ? target?.[0]?.dueDate : (change.due ?? undefined);
  const needs = change.needs ?? needsOf(goal);
  const others = (category ?? []).filter((c) => needsIn([c]).length === 0);
  const categories = [...others, ...needs.map((n) => concept(n.system, n.code))];
  return {
    ...rest,
    ...(change.achievement === undefined
      ? {}
      : {
          ...stateOf(change.achievement, statusOf(change.achievement, change.final === true)),
          statusDate: change.on,
        }),
    ...(categories.length > 0 ? { category: categories } : {}),
    ...(change.text === undefined ? {} : { description: { text: change.text } }),
    ...(due === undefined ? {} : { target: [{ dueDate: due }] }),
  };
}

export type ReadGoal = Readonly<{
  id: string;
  version: string;
  text: string;
  due: string | undefined;
  needs: readonly NeedCode[];
  achievement: Achievement;
  /** Still worked on. */
  open: boolean;
  since: string | undefined;
  by: string | undefined;
}>;

export function readGoal(goal: Stored<Goal>): ReadGoal {
  const code = codeOf(goal.achievementStatus, achievementSystem);
  const open = !['completed', 'cancelled', 'rejected', 'entered-in-error'].includes(goal.lifecycleStatus);
  return {
    id: goal.id,
    version: goal.meta.versionId,
    text: goal.description.text ?? goal.description.coding?.[0]?.display ?? '',
    due: goal.target?.[0]?.dueDate,
    needs: needsOf(goal),
    achievement: achievementNames.find((a) => codes[a] === code) ?? (open ? 'in-progress' : 'achieved'),
    open,
    since: goal.startDate,
    by: idOf(goal.expressedBy, 'PractitionerRole'),
  };
}

const needsOf = (goal: Goal): NeedCode[] => needsIn(goal.category);
const needsIn = (category: Goal['category']): NeedCode[] =>
  [systems.sdohCategory, systems.need].flatMap((system) =>
    codesOf(category, system).map((code) => ({ system, code })),
  );

/** The referral's ServiceRequest that a goal belongs to. */
export const goalOf = (goal: Goal): string | undefined => idsOf(goal.addresses, 'ServiceRequest')[0];
export const isMistake = (goal: Goal): boolean => goal.lifecycleStatus === 'entered-in-error';
