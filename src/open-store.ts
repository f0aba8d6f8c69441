import { sightOf } from './access/sight.ts';
import { consentRules } from './consent/rules.ts';
import type { Database } from './database/database.ts';
import { directoryRules } from './directory/rules.ts';
import { filesRule } from './fhir/attachments.ts';
import { namesItsPerson } from './fhir/patient.ts';
import type { OpenRecords, Rule } from './fhir/records.ts';
import { tracesStay } from './fhir/removing.ts';
import { makeStore } from './fhir/store.ts';
import { makeValidator } from './fhir/validate.ts';
import { answerFilesRule } from './intake/files/rule.ts';
import { intakeRules } from './intake/rules.ts';
import type { Surroundings } from './kernel/clock.ts';
import type { Config } from './kernel/config.ts';
import { dangerRules } from './people/danger/rules.ts';
import { makeDefinitions } from './profiles/definitions.ts';
import { profileRule } from './profiles/rules.ts';
import type { Log } from './kernel/log.ts';
import type { Program } from './programs/program.ts';
import { referralRules } from './referral/rules.ts';
import { urgentRules } from './referral/urgent.ts';
import { endedRule } from './sessions/ended.ts';
import type { Tell } from './sessions/mails.ts';
import { makePasses } from './sessions/pass.ts';

/** What the slices refuse, in the order in which they are asked, and what follows. `tell`: where mails lead. */
export const rulesFor = (programs: readonly Program[], tell: Tell): readonly Rule[] => [
  namesItsPerson,
  answerFilesRule,
  filesRule,
  tracesStay,
  profileRule(makeDefinitions(programs)),
  ...dangerRules,
  ...directoryRules,
  ...consentRules,
  ...intakeRules(programs),
  ...referralRules(tell.publicUrl),
  ...urgentRules(programs, tell.publicUrl),
  endedRule(tell),
];

/** The address of the service, and the secret by which it makes links and codes; the one before it is still good. */
export type Signing = Pick<Config, 'publicUrl' | 'secret'> & Partial<Pick<Config, 'secretBefore'>>;
export const secretsOf = ({ secret, secretBefore }: Signing): readonly [string, ...string[]] => [
  secret,
  ...(secretBefore === undefined ? [] : [secretBefore]),
];
/** How letters about sessions are made. */
export const sessionTelling = (config: Signing): Tell => ({
  publicUrl: config.publicUrl,
  passes: makePasses(secretsOf(config)),
});

export type StoreNeeds = Surroundings &
  Readonly<{ database: Database; programs: readonly Program[]; config: Signing; log?: Log }>;

/** The store with the rules of all slices. */
export const openStore = ({ config, programs, ...needs }: StoreNeeds): OpenRecords =>
  makeStore({
    ...needs,
    validate: makeValidator(),
    rules: rulesFor(programs, sessionTelling(config)),
    sightOf,
  });
