import { Router } from 'express';
import type { SliceNeeds } from '../../access/slice.ts';
import { limitsRoutes } from './limits-routes.tsx';
import { sealRoutes } from './seal-routes.tsx';

/** Persons in danger: who must not be contacted at home, and whose address is sealed. */
export const dangerRoutes = (needs: SliceNeeds): Router =>
  Router().use(limitsRoutes(needs), sealRoutes(needs));
