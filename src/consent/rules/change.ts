import { isDeepStrictEqual } from 'node:util';
import type { Consent, ConsentProvision } from '@medplum/fhirtypes';
import type { Stored } from '../../fhir/types.ts';
import type { Issue } from '../../kernel/problem.ts';
import { withdrawalUrl } from '../record.ts';
import { unless } from './unless.ts';

/**
 * What was agreed to stays as it is. It can be taken back, whole or in part, by whoever the person tells; nothing that was
 * taken back comes again.
 */
export function faultsOfChange(before: Stored<Consent>, after: Stored<Consent>): Issue[] {
  const was = partsOf(before);
  const is = partsOf(after);
  const added = is.slice(was.length);
  const whole = before.status === 'active' && after.status === 'inactive';
  const inPart = before.status === 'active' && after.status === 'active' && added.length > 0;
  return [
    ...unless(
      isDeepStrictEqual(lasting(before), lasting(after)) && isDeepStrictEqual(was, is.slice(0, was.length)),
      '',
      '同意の内容は変えられません。取り消して、新しく受けてください。',
      'What was agreed to cannot be changed. Withdraw it and record a new consent.',
    ),
    ...unless(
      whole || inPart,
      'status',
      '有効な同意は、取り消すこと（inactive）か、一部を取り消すこと（deny を加える）だけができます。取り消した同意は戻せません。',
      'An active consent can only become inactive or have parts denied, and an inactive one stays so.',
    ),
    ...unless(
      added.every((part) => part.type === 'deny' && says(part)),
      'provision.provision',
      `一部の取り消しは、わけ（${withdrawalUrl} の reason）を添えた「伝えない」（deny）で加えます。`,
      `A part is taken back by a denial that says why: extension ${withdrawalUrl} with reason.`,
    ),
    ...unless(
      !whole || says(after),
      'extension',
      `取り消しのわけ（${withdrawalUrl} の reason）が必要です。`,
      `A withdrawal says why: extension ${withdrawalUrl} with reason.`,
    ),
  ];
}

const says = (element: Pick<Consent, 'extension'>): boolean =>
  (
    element.extension?.find((e) => e.url === withdrawalUrl)?.extension?.find((e) => e.url === 'reason')
      ?.valueString ?? ''
  ).trim() !== '';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const partsOf = (consent: Consent): ConsentProvision[] =>
  plain(consent.provision?.provision ?? []) as ConsentProvision[];

/** A consent without what a withdrawal changes, as plain data. */
const lasting = ({
  status: _status,
  meta: _meta,
  text: _text,
  extension,
  provision,
  ...rest
}: Stored<Consent>): unknown =>
  plain({
    ...rest,
    provision: { ...provision, provision: undefined },
    extension: (extension ?? []).filter((e) => e.url !== withdrawalUrl),
  });
