import { Router } from 'express';
import type { SliceNeeds } from '../access/slice.ts';
import type { Program } from '../programs/program.ts';
import { disclosingRoutes } from './disclosing-routes.tsx';
import { emergencyRoutes } from './emergency-routes.tsx';
import { reviewRoutes } from './review-routes.tsx';
import { sharedRoutes } from './shared-routes.tsx';

export type WithoutReferralNeeds = SliceNeeds & Readonly<{ programs: readonly Program[] }>;

/** What is opened without a referral: in an emergency, on a legal basis, to insurers and meetings; and its review. */
export const withoutReferralRoutes = (needs: WithoutReferralNeeds): Router =>
  Router().use(emergencyRoutes(needs), disclosingRoutes(needs), sharedRoutes(needs), reviewRoutes(needs));
