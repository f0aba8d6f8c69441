import type { ServiceRequest } from '@medplum/fhirtypes';
import type { Stored } from '../../fhir/types.ts';
import type { Status } from '../../referral/workflow.ts';

const requestStatus: Readonly<Partial<Record<Status, ServiceRequest['status']>>> = {
  completed: 'completed',
  rejected: 'revoked',
  failed: 'revoked',
  cancelled: 'revoked',
  'on-hold': 'on-hold',
  'in-progress': 'active',
  'entered-in-error': 'entered-in-error',
};

/** The request's own status goes along with its task's; undefined when it stands right already. */
export function followed(
  request: Stored<ServiceRequest>,
  status: Status,
): Stored<ServiceRequest> | undefined {
  const next = requestStatus[status];
  return next === undefined || next === request.status ? undefined : { ...request, status: next };
}
