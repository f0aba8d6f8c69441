import type { QuestionnaireItem } from '@medplum/fhirtypes';
import { sightOf } from '../access/sight.ts';
import { consentParts } from './consent-words.ts';
import type { Fault } from './fault.ts';
import { optionCodes, placedItems, questionsOf } from './items.ts';
import { needOf } from './needs.ts';
import { scoresOf } from './domains.ts';
import {
  urgencies,
  type Answered,
  type CarryOver,
  type Danger,
  type NeedRule,
  type Program,
} from './program.ts';

type Check = (program: Program) => Fault[];

const checks: readonly Check[] = [
  ({ needs, screening }) =>
    needs.flatMap((rule, i) => checkRule(rule, `needs[${String(i)}]`, questionsOf(screening))),
  ({ carryOver, screening, assessment }) =>
    checkCarryOver(carryOver, questionsOf(screening), questionsOf(assessment)),
  (program) =>
    program.dangers.flatMap((danger, i) =>
      checkDanger(danger, `dangers[${String(i)}]`, program, questionsOf(program.assessment)),
    ),
  checkDomains,
  checkRoutes,
  checkLinkWorkers,
  checkDeadlines,
  checkConsent,
];

/** What `program.json` says about its forms that the forms do not bear out. */
export const checkProgram = (program: Program): Fault[] => checks.flatMap((check) => check(program));

/**
 * The same for a program of which a part is known to be wrong already, so that its other mistakes are told, too: a check
 * that stumbles over that part is left out.
 */
export const checkPartly = (program: Program): Fault[] =>
  checks.flatMap((check) => {
    try {
      return check(program);
    } catch {
      return [];
    }
  });

function checkRule(
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

function checkCarryOver(
  carried: readonly CarryOver[],
  screening: ReadonlyMap<string, QuestionnaireItem>,
  assessment: ReadonlyMap<string, QuestionnaireItem>,
): Fault[] {
  return carried.flatMap((one, i) => {
    const place = `carryOver[${String(i)}]`;
    const from = screening.get(one.from);
    const to = assessment.get(one.to);
    if (from === undefined) return [{ place, says: `the questionnaire has no question "${one.from}"` }];
    if (to === undefined) return [{ place, says: `the assessment sheet has no question "${one.to}"` }];
    const earlier = carried.findIndex((other) => other.to === one.to) < i;
    if (earlier && to.repeats !== true && to.type !== 'text')
      return [{ place, says: `"${one.to}" takes one answer and is filled in twice` }];
    const says = wrongCarry(one, from, to);
    return says === undefined ? [] : [{ place, says }];
  });
}

function wrongCarry(
  { answers = {} }: CarryOver,
  from: QuestionnaireItem,
  to: QuestionnaireItem,
): string | undefined {
  if (to.type === 'string' && from.type === 'text')
    return `several lines ("${from.linkId}") do not fit one ("${to.linkId}")`;
  if (to.type === 'text' || to.type === 'string') return undefined;
  if (to.type !== 'choice')
    return from.type === to.type
      ? undefined
      : `a ${from.type} ("${from.linkId}") cannot become a ${to.type} ("${to.linkId}")`;
  const given = from.type === 'boolean' ? ['true', 'false'] : optionCodes(from);
  const foreign = Object.keys(answers).find((code) => !given.includes(code));
  if (foreign !== undefined) return `"${from.linkId}" does not offer "${foreign}"`;
  if (from.repeats === true && to.repeats !== true)
    return `several answers of "${from.linkId}" cannot become one of "${to.linkId}"`;
  const lost = given.find((code) => !optionCodes(to).includes(answers[code] ?? code));
  return lost === undefined && given.length > 0
    ? undefined
    : `"${lost ?? ''}" of "${from.linkId}" has no counterpart in "${to.linkId}"; name one in answers`;
}

function checkDanger(
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

function checkRoutes({ routing, needs }: Program): Fault[] {
  return routing.flatMap((route, i) => {
    const place = `routing[${String(i)}]`;
    const named = route.when?.needs ?? [];
    const unknown = named.filter((code) => needOf(code) === undefined);
    const unfound =
      named.length > unknown.length && !named.some((code) => needs.some((rule) => rule.code === code));
    const open = route.when?.municipalities === undefined && route.when?.needs === undefined;
    const unreachable = open && i < routing.length - 1;
    return [
      ...unknown.map((code) => ({ place, says: `the need "${code}" is not known (src/programs/needs.ts)` })),
      ...(unfound ? [{ place, says: `no rule finds any of these needs: ${named.join(', ')}` }] : []),
      ...(unreachable ? [{ place, says: 'fits everybody, so the routes after it are never taken' }] : []),
    ];
  });
}

/** Residents are link workers of the post `neighbour`; consent names them as the recipients `resident`. */
function checkLinkWorkers({ linkWorkers, consentTerms }: Program): Fault[] {
  const residents = linkWorkers.some(({ post }) => post === 'neighbour');
  const named = consentTerms.recipients.includes('resident');
  return [
    ...linkWorkers.flatMap(({ post, items }, i) =>
      items
        .filter((item) => !sightOf(post).own.includes(item))
        .map((item) => ({
          place: `linkWorkers[${String(i)}].items`,
          says: `a ${post} may never see "${item}"`,
        })),
    ),
    ...(named && !residents
      ? [
          {
            place: 'consentTerms.recipients',
            says: 'names "resident", but no kind of link worker here is a resident (post "neighbour")',
          },
        ]
      : []),
    ...(residents && !named
      ? [
          {
            place: 'linkWorkers',
            says: 'has residents (post "neighbour"), to whom no consent can be given: consentTerms.recipients lacks "resident"',
          },
        ]
      : []),
  ];
}

function checkDeadlines({ deadlines }: Program): Fault[] {
  return urgencies.flatMap((urgency, i) => {
    const [own, before] = [deadlines[urgency], urgencies[i - 1]];
    const place = `deadlines.${urgency}`;
    const slower = before === undefined ? [] : deadlineKinds.filter((k) => own[k] > deadlines[before][k]);
    return [
      ...(own.accept > own.firstContact
        ? [{ place, says: 'has the first contact due before the referral has to be accepted' }]
        : []),
      ...slower.map((kind) => ({
        place: `${place}.${kind}`,
        says: `gives more days than "${before ?? ''}", which is less urgent`,
      })),
    ];
  });
}

const deadlineKinds = ['accept', 'firstContact'] as const;

/** A chart has three spokes or none, and every question on it has a score. */
function checkDomains({ domains, assessment }: Program): Fault[] {
  const asked = questionsOf(assessment);
  const few =
    domains.length === 1 || domains.length === 2
      ? [{ place: 'domains', says: 'are fewer than three, which no chart can be drawn of' }]
      : [];
  const used = new Map<string, string>();
  return [
    ...few,
    ...domains.flatMap(({ id, questions }, i) => {
      const twice = domains.findIndex((other) => other.id === id) < i;
      return [
        ...(twice
          ? [{ place: `domains[${String(i)}].id`, says: `the domain "${id}" is already there` }]
          : []),
        ...questions.flatMap((question, k) => {
          const place = `domains[${String(i)}].questions[${String(k)}]`;
          const before = used.get(question);
          used.set(question, id);
          const item = asked.get(question);
          if (item === undefined)
            return [{ place, says: `the assessment sheet has no question "${question}"` }];
          if (before !== undefined)
            return [{ place, says: `"${question}" is already scored in the domain "${before}"` }];
          return scoresOf(item).size < 2
            ? [{ place, says: `"${question}" has no scores: two options or more need an ordinalValue` }]
            : [];
        }),
      ];
    }),
  ];
}

function checkConsent({ consent, consentTerms }: Program): Fault[] {
  const byId = new Map(placedItems(consent).map(({ item }) => [item.linkId, item]));
  const missing = [...consentParts.prose, ...consentParts.choices].filter((id) => !byId.has(id));
  return [
    ...missing.map((id) => ({ place: 'consentTerms', says: `the consent form has no part "${id}"` })),
    ...consentParts.choices.flatMap((id) => {
      const offered = optionCodes(byId.get(id) ?? { linkId: id, type: 'choice' });
      const terms: readonly string[] = consentTerms[id];
      const differs =
        terms.some((code) => !offered.includes(code)) || offered.some((code) => !terms.includes(code));
      return differs && byId.has(id)
        ? [
            {
              place: `consentTerms.${id}`,
              says: `says ${terms.join(', ')}, the consent form offers ${offered.join(', ')}`,
            },
          ]
        : [];
    }),
  ];
}
