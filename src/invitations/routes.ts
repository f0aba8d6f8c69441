import { Router } from 'express';
import { arrivalRoutes, type ArrivalNeeds } from './clinic/routes.tsx';
import { listRoutes } from './insurer/list-routes.tsx';
import { memberRoutes } from './insurer/member-routes.tsx';
import type { InvitationNeeds } from './insurer/part.ts';
import { uploadRoutes } from './insurer/upload-routes.tsx';
import { ownInvitationRoutes } from './own/routes.tsx';

/** An insurer invites members to see a doctor: its lists, the answer of whoever was invited, and the clinic they come to. */
export const invitationRoutes = (needs: InvitationNeeds & ArrivalNeeds): Router =>
  Router().use(
    uploadRoutes(needs),
    listRoutes(needs),
    memberRoutes(needs),
    ownInvitationRoutes(needs),
    arrivalRoutes(needs),
  );
