import type { JSX } from 'preact';
import { displayName } from '../../people/record.ts';
import { Status, type ShapeName, type Tone } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Status as TaskStatus } from '../workflow.ts';
import type { Asked } from './asked.ts';
import { groupStates } from './moves.ts';
import { text } from './text.ts';

const looks: Readonly<Record<TaskStatus, readonly [ShapeName, Tone]>> = {
  draft: ['circle', 'neutral'],
  requested: ['circle', 'info'],
  accepted: ['check', 'good'],
  rejected: ['cross', 'neutral'],
  'in-progress': ['half', 'good'],
  'on-hold': ['pause', 'warn'],
  completed: ['full', 'neutral'],
  failed: ['square', 'neutral'],
  cancelled: ['cross', 'neutral'],
  'entered-in-error': ['cross', 'neutral'],
};

/** How a request stands, in the words of the group. */
export const StateMark = ({ view, status }: Readonly<{ view: View; status: TaskStatus }>): JSX.Element => {
  const [shape, tone] = looks[status];
  return (
    <Status shape={shape} tone={tone}>
      {view.t(groupStates[status])}
    </Status>
  );
};

/** The person's name, as long as the group may know it. */
export const nameOf = (view: View, { told: { person, withheld } }: Asked): string =>
  person ? displayName(person.name, view.language) : view.t(withheld ? text.withheld : text.hidden);
