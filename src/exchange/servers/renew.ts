import { isDeepStrictEqual } from 'node:util';
import type { Consent, HumanName, Patient } from '@medplum/fhirtypes';
import { withdraw, withdrawalUrl } from '../../consent/record.ts';
import type { Stored } from '../../fhir/types.ts';
import { closed, kept } from './limits.ts';
import { takenBack } from './withdrawal.ts';

/** How what was fetched looks here after it has changed where it came from. Pure; `at` is an ISO instant. */

const plain = ({ meta: _meta, text: _text, ...rest }: { meta?: unknown; text?: unknown }): unknown =>
  JSON.parse(JSON.stringify(rest));
const ifChanged = <R extends Stored>(here: R, next: R): R | undefined =>
  isDeepStrictEqual(plain(here), plain(next)) ? undefined : next;

/** As it is there; what limited contact here goes on doing so, and numbers that the person has here stay. */
export const patientNow = (here: Stored<Patient>, said: Patient, at: string): Stored<Patient> | undefined =>
  ifChanged(here, { ...said, ...kept(here, said, at), id: here.id, meta: here.meta });

/** Not shown there any more: here stays who it is, and not how to reach the person. */
export const hiddenPatient = (here: Stored<Patient>, at: string): Stored<Patient> | undefined =>
  ifChanged(here, closed(here, at.slice(0, 10)));

/** Ids are good for one server: what is under one may be somebody else. A name or a birthday may be corrected, not both at once. */
export const isSamePerson = (here: Patient, said: Patient): boolean =>
  (here.birthDate !== undefined && here.birthDate === said.birthDate) ||
  namesOf(here).some((one) => namesOf(said).includes(one));
const namesOf = ({ name = [] }: Patient): string[] =>
  name.map(({ text, family, given = [] }: HumanName) =>
    (text ?? [family, ...given].join(' ')).replaceAll(/\s+/g, ''),
  );

const unsaid = '相手のサーバーで取り消されました。';

/** What was taken back there, whole or in part. Whatever is not in force there is not in force here. */
export function consentNow(here: Stored<Consent>, said: Consent, at: string): Stored<Consent> | undefined {
  const isOver = said.status !== 'active';
  const next = takenBack(here, { ...said, status: isOver ? 'inactive' : 'active' });
  const isSaid = next.extension?.some((one) => one.url === withdrawalUrl) === true;
  return ifChanged(here, isOver && !isSaid ? withdraw(here, unsaid, at) : next);
}

/** Neither the person nor the consent is shown there any more, which is how a server keeps a withdrawal. */
export const withdrawnUnseen = (here: Stored<Consent>, at: string): Stored<Consent> =>
  withdraw(here, '相手のサーバーで、ご本人と同意書が見られなくなりました（同意の取り消しなど）。', at);
