import type { SliceNeeds } from '../access/slice.ts';
import type { Program } from '../programs/program.ts';

export type ScanNeeds = SliceNeeds & Readonly<{ programs: readonly Program[] }>;
