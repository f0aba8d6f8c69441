import type { Identifier, Resource, Task } from '@medplum/fhirtypes';
import type { Records } from '../../fhir/records.ts';
import type { Sentence } from '../../kernel/sentence.ts';

/** What the slice of referrals does with what another server says (`referral/elsewhere.ts`); the app puts them together. */
export type Elsewhere = Readonly<{
  hear: (
    records: Records,
    task: string,
    said: Task,
    source: Readonly<{ system: string; value: string }>,
  ) => Promise<Readonly<{ did: 'nothing' | 'moved' } | { did: 'kept'; why: Sentence }>>;
  takeReport: (
    records: Records,
    task: string,
    theirs: Resource,
    as: Readonly<{ id: string; source: Identifier }>,
  ) => Promise<void>;
  mayTell: (
    task: Pick<Task, 'partOf'>,
    side: 'sender' | 'receiver',
    from: Task['status'],
    to: Task['status'],
  ) => boolean;
  /** What people call a status. */
  nameOf: (status: Task['status']) => Sentence;
}>;
