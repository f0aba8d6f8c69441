import { showDate } from '../web/dates.ts';
import type { View } from '../web/view.ts';
import { valuesOf, type Registration } from './form.ts';
import type { Difference } from './form-page.tsx';
import { personFields, readCoverage, readPatient, type Person } from './record.ts';
import type { Kept } from './service.ts';
import { text } from './text.ts';

const fields = [...personFields, 'insurerNumber', 'symbol', 'number', 'branch'] as const;
type Field = (typeof fields)[number];

/** What is stored now and what somebody typed, where the two differ. */
export function differences(view: View, stored: Kept, typed: Registration): Difference[] {
  const person = readPatient(stored.patient);
  const now = valuesOf(person, stored.coverage && readCoverage(stored.coverage));
  const theirs = valuesOf(typed.person, typed.insurance);
  return fields
    .filter((field) => now[field] !== theirs[field])
    .map((field) => ({
      label: text[field],
      stored: inWords(view, field, now[field] ?? '', person),
      typed: inWords(view, field, theirs[field] ?? '', typed.person),
    }));
}

function inWords(view: View, field: Field, value: string, person: Person): string {
  if (field === 'birthDate') return showDate(value, view.language, { era: true });
  if (field === 'sex') return view.t(text[person.sex]);
  return field === 'municipality' ? person.municipality : value;
}
