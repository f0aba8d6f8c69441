import type { SliceNeeds } from '../access/slice.ts';
import type { Program } from '../programs/program.ts';

export type IntakeNeeds = SliceNeeds &
  Readonly<{
    programs: readonly Program[];
    /** What the keys are made from with which a browser keeps answers until they are sent. */
    secret: string;
  }>;
