import type { Sentence } from '../kernel/sentence.ts';
import { needLabel } from '../programs/needs.ts';
import type { FormState } from '../web/form.tsx';
import { valuesOf } from './draft.ts';
import { interests, isInterest } from './interests.ts';
import type { Resource } from './record.ts';
import { text as form } from './form-text.ts';
import { capacityNames, text, viewNames } from './text.ts';

/** A field in which the entry says something else than what was typed; `now` is what it says, in words. */
export type Difference = Readonly<{ name: string; now: string }>;

type Say = Readonly<{ t: (sentence: Sentence) => string; areas: ReadonlyMap<string, string> }>;

/** Where an entry as it is now differs from a form that somebody filled in meanwhile. */
export function differences(typed: FormState['values'], now: Resource, say: Say): Difference[] {
  return Object.entries(valuesOf(now)).flatMap(([name, value]) => {
    const theirs = [value].flat().filter((v) => v !== '');
    const mine = [typed[name] ?? []].flat().filter((v) => v !== '');
    const same = theirs.toSorted().join('\n') === mine.toSorted().join('\n');
    return same ? [] : [{ name, now: theirs.map((v) => wordFor(name, v, say)).join('、') }];
  });
}

function wordFor(name: string, value: string, { t, areas }: Say): string {
  const words: Readonly<Record<string, Sentence | string | undefined>> = {
    needs: needLabel(value),
    interests: isInterest(value) ? interests[value] : value,
    areas: areas.get(value) ?? value,
    views: Object.hasOwn(viewNames, value) ? viewNames[value as keyof typeof viewNames] : value,
    kind: value === 'formal' ? text.formal : text.informal,
    reach: value === 'these' ? form.these : form.everywhere,
    capacity: Object.hasOwn(capacityNames, value)
      ? capacityNames[value as keyof typeof capacityNames]
      : value,
    active: value === 'yes' ? text.active : text.closed,
    appointment:
      value === 'yes' ? text.appointmentYes : value === 'no' ? text.appointmentNo : text.appointmentUnknown,
  };
  const word = words[name] ?? value;
  return typeof word === 'string' ? word : t(word);
}
