import { randomUUID } from 'node:crypto';
import { codesOf, systems } from '../../src/fhir/codes.ts';
import type { Service } from '../support/service.ts';
import { reader, type Reader } from './reader.ts';

/** Somebody of the same post in another body of the demo, with an account made for the occasion. */
export async function colleagueElsewhere(
  service: Service,
  role: 'doctor' | 'linkworker' | 'resource',
): Promise<Reader> {
  const own = service.demo.accounts.find((one) => one.login === role);
  const login = `${role}-elsewhere`;
  const post = service.demo.posts.find(
    (one) =>
      one.code?.some((code) => codesOf(code, systems.post).includes(role)) === true &&
      one.organization?.reference !== `Organization/${own?.organizationId ?? ''}`,
  );
  // The demo has one group with an account; for another one any of its entries will do.
  const organization =
    post?.organization?.reference?.split('/')[1] ??
    service.demo.resources.find((one) => one.organizationId !== own?.organizationId)?.organizationId;
  await service.owner.query(
    `insert into account (id, login, password_hash, name, role, organization_id, post_id)
     select $1, $2, password_hash, $2, role, $3, $4 from account where login = $5 on conflict do nothing`,
    [randomUUID(), login, organization, post?.id ?? null, role],
  );
  return reader(service, login);
}
