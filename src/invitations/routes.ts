import { Router } from 'express';
import { arrivalRoutes, type ArrivalNeeds } from './clinic/routes.tsx';
import { insurerRoutes, type InvitationNeeds } from './insurer-routes.tsx';
import { ownInvitationRoutes } from './own/routes.tsx';

/** An insurer invites members to see a doctor: its lists, the answer of whoever was invited, and the clinic they come to. */
export const invitationRoutes = (needs: InvitationNeeds & ArrivalNeeds): Router =>
  Router().use(insurerRoutes(needs), ownInvitationRoutes(needs), arrivalRoutes(needs));
