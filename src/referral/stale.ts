import type { Task } from '@medplum/fhirtypes';
import type { Stored } from '../fhir/types.ts';
import { conflict } from '../kernel/problem.ts';

/** Refuses to act on a version that is no longer the one there. */
export function refuseStale(task: Stored<Task>, seen: string | undefined): void {
  if (seen !== undefined && seen !== task.meta.versionId)
    throw conflict(
      'ほかの人が先にこの紹介を進めました。今の状態を確かめてから、もう一度選んでください。',
      'Someone else has moved this referral. Look at how it stands now and choose again.',
    );
}
