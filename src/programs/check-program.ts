import { checkCarryOver } from './check-carry-over.ts';
import { checkDomains } from './check-domains.ts';
import { checkFigures } from './check-figures.ts';
import { checkHandOver, checkInvitations, checkSharedSheet } from './check-invitations.ts';
import { checkDanger, checkRoutes, checkRule } from './check-needs.ts';
import { checkResources } from './check-resources.ts';
import { checkReceived } from './check-received.ts';
import { checkAtOnce, checkSessions } from './check-sessions.ts';
import { checkConsent, checkDeadlines, checkLinkWorkers } from './check-terms.ts';
import type { Fault } from './fault.ts';
import { easyJapanese, tonguesOf } from './languages.ts';
import { questionsOf } from './items.ts';
import type { Program } from './program.ts';

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
  checkResources,
  checkRoutes,
  checkLinkWorkers,
  checkDeadlines,
  checkConsent,
  checkReceived,
  checkInvitations,
  checkSharedSheet,
  checkHandOver,
  checkSessions,
  checkAtOnce,
  checkFigures,
  ({ wording, screening }) =>
    (['beforeAnswering', 'afterAnswering'] as const)
      .filter((key) => wording[key].easy === undefined && tonguesOf(screening).includes(easyJapanese))
      .map((key) => ({
        place: `wording.${key}`,
        says: 'has no words in easy Japanese (easy), in which the questionnaire can be answered',
      })),
  ({ wording, consent }) =>
    (['withdraw', 'notTheProjectsForm'] as const)
      .filter((key) => wording[key].easy === undefined && tonguesOf(consent).includes(easyJapanese))
      .map((key) => ({
        place: `wording.${key}`,
        says: 'has no words in easy Japanese (easy), in which the consent form can be given',
      })),
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
