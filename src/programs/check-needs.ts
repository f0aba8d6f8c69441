import type { QuestionnaireItem } from '@medplum/fhirtypes';
import type { Fault } from './fault.ts';
import { optionCodes } from './items.ts';
import { needOf } from './needs.ts';
import type { Answered, Danger, NeedRule, Program } from './program.ts';

export function checkRule(
  rule: NeedRule,
  place: string,
  questions: ReadonlyMap<string, QuestionnaireItem>,
): Fault[] {
  const need = needOf(rule.code);
  const known =
    need?.system === rule.system
      ? []
      : [
          {
            place,
            says: `the need "${rule.code}" of system ${rule.system} is not known (src/programs/needs.ts)`,
          },
        ];
  const [key, conditions] =
    'any' in rule.when
      ? ['any', rule.when.any]
      : 'all' in rule.when
        ? ['all', rule.when.all]
        : ['of', rule.when.of];
  const wrong = conditions.flatMap((condition, i) => {
    const says = wrongCondition(condition, questions.get(condition.question));
    return says === undefined
      ? []
      : [{ place: `${place}.when.${key}[${String(i)}]`, says: `need "${rule.code}": ${says}` }];
  });
  const never = 'of' in rule.when && rule.when.atLeast > rule.when.of.length;
  return [
    ...known,
    ...wrong,
    ...(never ? [{ place: `${place}.when`, says: 'asks for more conditions than it lists' }] : []),
  ];
}

function wrongCondition(condition: Answered, asked: QuestionnaireItem | undefined): string | undefined {
  if (asked === undefined) return `the questionnaire has no question "${condition.question}"`;
  switch (condition.operator) {
    case 'exists':
      return undefined;
    case '>=':
    case '<=':
      return asked.type === 'integer'
        ? undefined
        : `"${asked.linkId}" is no number and cannot be compared by size`;
    case '=':
      return notAnAnswer(asked, [condition.answer]);
    case 'in':
      return notAnAnswer(asked, condition.answers);
    case 'count':
      if (asked.repeats !== true) return `"${asked.linkId}" has no boxes to count`;
      if (condition.atLeast > condition.answers.length) return `asks for more answers than it lists`;
      return notAnAnswer(asked, condition.answers);
  }
}

function notAnAnswer(asked: QuestionnaireItem, answers: readonly string[]): string | undefined {
  const offered =
    asked.type === 'choice' ? optionCodes(asked) : asked.type === 'boolean' ? ['true', 'false'] : undefined;
  if (offered === undefined)
    return asked.type === 'integer' && answers.every((answer) => /^-?\d+$/.test(answer))
      ? undefined
      : `"${asked.linkId}" is of type ${asked.type} and has no options to compare with`;
  const unknown = answers.find((answer) => !offered.includes(answer));
  return unknown === undefined
    ? undefined
    : `"${asked.linkId}" does not offer "${unknown}" (${offered.join(', ')})`;
}

export function checkDanger(
  { needs, denied }: Danger,
  place: string,
  program: Program,
  assessment: ReadonlyMap<string, QuestionnaireItem>,
): Fault[] {
  const unfound = needs.filter((code) => needOf(code) === undefined);
  return [
    ...unfound.map((code) => ({ place, says: `the need "${code}" is not known (src/programs/needs.ts)` })),
    ...(needs.some((code) => program.needs.some((rule) => rule.code === code))
      ? []
      : [{ place, says: 'no rule finds any of these needs' }]),
    ...denied.flatMap(({ question, answers }, i) => {
      const asked = assessment.get(question);
      const says =
        asked === undefined
          ? `the assessment sheet has no question "${question}"`
          : notAnAnswer(asked, answers);
      return says === undefined ? [] : [{ place: `${place}.denied[${String(i)}]`, says }];
    }),
  ];
}

export function checkRoutes({ routing, needs }: Program): Fault[] {
  return routing.flatMap((route, i) => {
    const place = `routing[${String(i)}]`;
    const named = route.when?.needs ?? [];
    const unknown = named.filter((code) => needOf(code) === undefined);
    const unfound =
      named.length > unknown.length && !named.some((code) => needs.some((rule) => rule.code === code));
    const open = route.when === undefined || Object.values(route.when).every((one) => one === undefined);
    const unreachable = open && i < routing.length - 1;
    return [
      ...unknown.map((code) => ({ place, says: `the need "${code}" is not known (src/programs/needs.ts)` })),
      ...(unfound ? [{ place, says: `no rule finds any of these needs: ${named.join(', ')}` }] : []),
      ...(unreachable ? [{ place, says: 'fits everybody, so the routes after it are never taken' }] : []),
    ];
  });
}
