import type { Database } from '../../database/database.ts';
import type { Surroundings } from '../../kernel/clock.ts';
import type { Attempts } from '../attempts.ts';
import type { Entry } from '../entry.ts';
import type { Issuer } from '../outside/issuer.ts';
import type { Questions } from '../questions.ts';
import type { Seal } from '../seal.ts';
import type { Sessions } from '../sessions.ts';
import type { Devices } from '../devices.ts';
import type { Pages } from '../visit.ts';
import type { Passkeys } from './passkeys.ts';

/** What proving who one is takes. */
export type FactorNeeds = Surroundings &
  Readonly<{
    pages: Pages;
    database: Database;
    sessions: Sessions;
    devices: Devices;
    entry: Entry;
    questions: Questions;
    passkeys: Passkeys;
    /** The sign-in service of a municipality or employer, when there is one. */
    issuer: Issuer | undefined;
    seal: Seal;
    secure: boolean;
    secondFactor: 'required' | 'optional';
    attempts: Attempts;
  }>;
