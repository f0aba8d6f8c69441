import type { Actor, Role } from '../kernel/actor.ts';
import type { Transaction } from '../database/database.ts';
import { patientOf } from './patient.ts';
import type { FhirRecord, RecordType, Stored } from './types.ts';

type Action = 'read' | 'search' | 'history' | 'write' | 'delete' | 'print' | 'export';
type Entry = { action: Action; what: string; records: string[]; patients: string[] };

export type Trail = ReturnType<typeof makeTrail>;

/**
 * On what basis a role usually looks: care of the own patient, the person's consent (which one, its history tells), the
 * person's own answers. An actor with another basis, such as an emergency, brings it along.
 */
const basis: Readonly<Record<Role, string>> = {
  doctor: 'care',
  reception: 'care',
  linkworker: 'consent',
  neighbour: 'consent',
  resource: 'consent',
  insurer: 'consent',
  meeting: 'consent',
  patient: 'self',
  coordinator: 'directory',
  council: 'figures',
  admin: 'administration',
  system: 'job',
};

/**
 * The access log of one transaction: who looked at or changed what, whose record it was. Collected while the work runs
 * and written with it, so neither is there without the other. Looks at the directory concern no person and are left out;
 * changes to it are not.
 */
export function makeTrail(tx: Transaction, actor: Actor) {
  const entries: Entry[] = [];
  const add = (action: Action, what: string, records: string[], patients: readonly string[]): void => {
    if (patients.length > 0 || action === 'write' || action === 'delete')
      entries.push({ action, what, records, patients: [...new Set(patients)] });
  };
  return {
    records: (action: Action, type: RecordType, found: readonly (FhirRecord & { id: string })[]): void => {
      add(
        action,
        type,
        found.map((r) => `${type}/${r.id}`),
        found.flatMap((r) => patientOf(r) ?? []),
      );
    },
    /** What was written together is one line. */
    written: (together: readonly Stored[]): void => {
      add(
        'write',
        [...new Set(together.map((record) => record.resourceType))].join(' '),
        together.map((record) => `${record.resourceType}/${record.id}`),
        together.flatMap((record) => patientOf(record) ?? []),
      );
    },
    look: (what: string, patients: readonly string[]): void => {
      add('search', what, [], patients);
    },
    note: (action: 'print' | 'export', what: string, patient: string, record?: string): void => {
      add(action, what, record === undefined ? [] : [record], [patient]);
    },
    /** Hands the entries to the transaction's end. */
    flush: (): void => {
      if (entries.length === 0) return;
      tx.last('add to access log', insert, [...whoLooks(actor), JSON.stringify(entries)]);
      entries.length = 0;
    },
  };
}

/** Who looks, from where and why: the first columns of every line. */
export const whoLooks = (actor: Actor): readonly (string | null)[] => [
  actor.account ?? null,
  actor.post ?? null,
  actor.client ?? null,
  actor.via,
  actor.request,
  actor.from ?? null,
  actor.why ?? basis[actor.role],
];

export const lineColumns =
  'account, post, client, via, request, address, why, action, what, records, patients';

const insert = `insert into access_log (${lineColumns})
  select $1::uuid, $2::uuid, $3, $4, $5, $6, $7, e.action, e.what, e.records, e.patients
  from jsonb_to_recordset($8::jsonb) as e (action text, what text, records text[], patients uuid[])`;
