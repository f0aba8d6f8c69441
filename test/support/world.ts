import { sightOf } from '../../src/access/sight.ts';
import { consentRules } from '../../src/consent/rules.ts';
import { directoryRules } from '../../src/directory/rules.ts';
import type { OpenRecords, Rule } from '../../src/fhir/records.ts';
import { makeStore } from '../../src/fhir/store.ts';
import { makeValidator } from '../../src/fhir/validate.ts';
import { namesItsPerson } from '../../src/fhir/patient.ts';
import { realSurroundings, type Surroundings } from '../../src/kernel/clock.ts';
import { dangerRules } from '../../src/people/danger/rules.ts';
import { referralRules } from '../../src/referral/rules.ts';
import { endedRule } from '../../src/sessions/ended.ts';
import { makePasses } from '../../src/sessions/pass.ts';
import { makeBodies, type Bodies } from './bodies.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { testSecret } from './template.ts';

/** A database with a few bodies and people in posts, and the store over it with every rule that the product has. */
export type World = TestDatabase &
  Readonly<{ bodies: Bodies; open: OpenRecords; surroundings: Surroundings }>;

const rules: readonly Rule[] = [
  namesItsPerson,
  ...dangerRules,
  ...directoryRules,
  ...consentRules,
  ...referralRules('https://tsunagi.example'),
  endedRule({ publicUrl: 'https://tsunagi.example', passes: makePasses([testSecret]) }),
];
const validate = makeValidator();

export async function makeWorld(surroundings: Surroundings = realSurroundings): Promise<World> {
  const here = await freshDatabase();
  const bodies = await makeBodies(here.owner);
  const open = makeStore({ ...surroundings, database: here.database, validate, rules, sightOf });
  return { ...here, bodies, open, surroundings };
}
