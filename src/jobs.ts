import { makeSeal } from './access/seal.ts';
import { makeRestHook } from './exchange/fhir/subscriptions/address.ts';
import type { Telling } from './exchange/fhir/subscriptions/runner.ts';
import type { ConsentNeeds, Scanning } from './exchange/jobs.ts';
import { makeReach, type Reach } from './exchange/reach.ts';
import { bellPath, makeBells, makeOwnKeys } from './exchange/servers/keys.ts';
import type { Partnering } from './exchange/servers/runner.ts';
import type { Reminding } from './exchange/session-reminders.ts';
import type { Config } from './kernel/config.ts';
import { openStore, secretsOf, sessionTelling, type Signing, type StoreNeeds } from './open-store.ts';
import { carryOnPrinting, type PrintNeeds } from './printing/runner.ts';
import type { Program } from './programs/program.ts';
import { hear, mayTell, nameOf, takeReport } from './referral/elsewhere.ts';
import { meetEnd } from './referral/expiry.ts';
import { readWaiting, type ReadingNeeds } from './scans/reading.ts';
import { makeReminding } from './sessions/reminders.ts';

type Sealing = Signing & Pick<Config, 'mode'>;

/** Asks servers of others: ten seconds for an answer, of as much as we take ourselves. */
export const reachFor = ({ mode }: Sealing): Reach =>
  makeReach({ mayBeHere: mode === 'demo', patience: 10_000, mostBytes: 4_000_000 });

/** How the job runner works with servers of others. */
export const partnering = ({ config, now }: Readonly<{ config: Sealing; now: () => Date }>): Partnering => ({
  seal: makeSeal(secretsOf(config)),
  reach: reachFor(config),
  base: `${config.publicUrl}/fhir`,
  elsewhere: { hear, mayTell, nameOf, takeReport },
  keys: makeOwnKeys(secretsOf(config)),
  bell: (server) => `${config.publicUrl}${bellPath(server, makeBells(secretsOf(config)).token(server))}`,
  now,
});

/** How the job runner tells programs of changes. */
export const telling = ({ config }: Readonly<{ config: Sealing }>): Telling => ({
  seal: makeSeal(secretsOf(config)),
  post: makeRestHook({ mayBeHere: config.mode === 'demo' }),
  base: `${config.publicUrl}/fhir`,
});

/** How the job runner reads the files that came in. */
export const scanning =
  (needs: Omit<ReadingNeeds, 'pool' | 'stopped'>): Scanning =>
  (pool, stopped) =>
    readWaiting({ ...needs, pool, stopped });

/** What the job runner does as consents run out. */
export const consentEnds = (needs: StoreNeeds): ConsentNeeds => ({
  now: needs.now,
  meet: meetEnd(openStore(needs), needs.config.publicUrl),
});

/** How the job runner prints for many. */
export const printing =
  (needs: StoreNeeds & Readonly<{ programs: readonly Program[] }>) =>
  (given: Omit<Parameters<typeof carryOnPrinting>[0], keyof PrintNeeds>): Promise<void> =>
    carryOnPrinting({
      ...given,
      open: openStore(needs),
      programs: needs.programs,
      publicUrl: needs.config.publicUrl,
    });

/** How the job runner reminds people of sessions. */
export const reminding = (needs: StoreNeeds): Reminding =>
  makeReminding({ open: openStore(needs), now: needs.now, tell: sessionTelling(needs.config) });
