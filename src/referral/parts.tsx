import type { JSX } from 'preact';
import { asOrdered, LimitsMark } from '../people/danger/marks.tsx';
import { displayName, ageOn, readPatient } from '../people/record.ts';
import type { Patient } from '@medplum/fhirtypes';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { joinSentences } from '../kernel/sentence.ts';
import { dangersFirst } from '../programs/dangers.ts';
import { needLabel, needOf } from '../programs/needs.ts';
import { showDate } from '../web/dates.ts';
import { NeedPicture, Status, type PictureName, type ShapeName, type Tone } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { sayTimeLeft, timeLeft } from './deadlines.ts';
import type { NeedCode, Referral, Urgency } from './record.ts';
import { caseText } from './case-text.ts';
import { listText } from './list-text.ts';
import { urgencyText } from './text.ts';
import { sentStatusNames, statusNames, steps, type Status as StatusCode } from './workflow.ts';

const urgencyLooks: Readonly<Record<Urgency, readonly [ShapeName, Tone]>> = {
  stat: ['alert', 'bad'],
  asap: ['full', 'warn'],
  urgent: ['half', 'info'],
  routine: ['circle', 'neutral'],
};

export function UrgencyMark({ view, urgency }: Readonly<{ view: View; urgency: Urgency }>): JSX.Element {
  const [shape, tone] = urgencyLooks[urgency];
  return (
    <Status shape={shape} tone={tone}>
      {view.t(urgencyText[urgency])}
    </Status>
  );
}

const statusLooks: Readonly<Record<StatusCode, readonly [ShapeName, Tone]>> = {
  draft: ['square', 'neutral'],
  requested: ['circle', 'info'],
  accepted: ['half', 'info'],
  'in-progress': ['full', 'info'],
  'on-hold': ['pause', 'warn'],
  completed: ['check', 'good'],
  rejected: ['cross', 'neutral'],
  failed: ['cross', 'neutral'],
  cancelled: ['cross', 'neutral'],
  'entered-in-error': ['cross', 'neutral'],
};

/** The status, and below it the finer step while there is work going on. */
export function StateMark({
  view,
  referral,
  sent = false,
}: Readonly<{ view: View; referral: Referral; sent?: boolean }>): JSX.Element {
  const [shape, tone] = statusLooks[referral.status];
  const finer = ['accepted', 'in-progress', 'on-hold'].includes(referral.status);
  return (
    <div class="state">
      <Status shape={shape} tone={tone}>
        {view.t((sent ? sentStatusNames : statusNames)[referral.status])}
      </Status>
      {finer ? <small>{view.t(steps[referral.step])}</small> : null}
    </div>
  );
}

export const isOverdue = (referral: Referral, now: Date): boolean =>
  referral.due !== undefined && isOpen(referral) && new Date(referral.due) < now;

export const isOpen = ({ status }: Pick<Referral, 'status'>): boolean =>
  ['requested', 'accepted', 'in-progress', 'on-hold'].includes(status);

/** What is left of the time, in working days, and the day it ends. */
export function DeadlineMark({ view, referral }: Readonly<{ view: View; referral: Referral }>): JSX.Element {
  if (referral.due === undefined || !isOpen(referral))
    return <span class="soft">{view.t(listText.noDeadline)}</span>;
  const left = timeLeft(referral.due, view.now);
  const says = view.t(sayTimeLeft(left));
  return (
    <div class="state">
      {left.overdue ? (
        <Status shape="alert" tone="bad">
          {says}
        </Status>
      ) : left.unit === 'day' && left.count === 0 ? (
        <Status shape="full" tone="warn">
          {says}
        </Status>
      ) : (
        <span>{says}</span>
      )}
      <small>{showDate(referral.due, view.language, { weekday: true })}</small>
    </div>
  );
}

/** Pictures of the needs, each with its name. */
export function Needs({ view, needs }: Readonly<{ view: View; needs: readonly NeedCode[] }>): JSX.Element {
  if (needs.length === 0) return <span class="soft">{view.t(caseText.noNeeds)}</span>;
  return (
    <ul class="needs">
      {needs.map((need) => (
        <li key={need.code} class="with-picture">
          <NeedPicture name={pictureOf(need)} />
          <span>{view.t(needLabel(need.code))}</span>
        </li>
      ))}
    </ul>
  );
}

const pictureOf = ({ code }: NeedCode): PictureName => needOf(code)?.picture ?? 'question';
const fewPictures = 4;

/**
 * The needs in a line of a list: their pictures beside each other, the first one in words, all of them read out. A danger
 * is always in words.
 */
export function NeedsShort({
  view,
  needs,
  dangers,
}: Readonly<{ view: View; needs: readonly NeedCode[]; dangers: ReadonlySet<string> }>): JSX.Element {
  if (needs.length === 0) return <span class="soft">{view.t(caseText.noNeeds)}</span>;
  const sorted = dangersFirst(needs, dangers);
  const pictures = [...new Set(sorted.map(pictureOf))].slice(0, fewPictures);
  const inWords = Math.max(1, sorted.filter((need) => dangers.has(need.code)).length);
  const others = sorted.slice(inWords);
  return (
    <div class="state">
      <span class="pictures">
        {pictures.map((name) => (
          <NeedPicture key={name} name={name} />
        ))}
      </span>
      <small>
        {view.t(joinSentences(sorted.slice(0, inWords).map((need) => needLabel(need.code))))}
        {others.length === 0 ? null : (
          <>
            {' '}
            <span aria-hidden="true">{view.t(listText.more(others.length))}</span>
            <span class="unseen">{others.map((need) => view.t(needLabel(need.code))).join(', ')}</span>
          </>
        )}
      </small>
    </div>
  );
}

/** Name as a link, with kana, age and municipality below it. */
export function PersonCell(
  props: Readonly<{
    view: View;
    patient: Patient | null;
    /** The order may say by itself that the person must not be contacted. */
    noContact?: boolean;
    href: string;
    caseNumber: string;
  }>,
): JSX.Element {
  const { view, patient, href, caseNumber, noContact } = props;
  if (patient === null)
    return (
      <div class="state">
        <a href={href}>{caseNumber}</a>
        <small>{view.t(listText.hiddenPerson)}</small>
      </div>
    );
  const person = asOrdered(readPatient(patient), noContact);
  const age = ageOn(person.birthDate, dayInTokyo(view.now));
  const name = displayName(person, view.language);
  const kana = [person.familyKana, person.givenKana].filter(Boolean).join(' ');
  const facts = [age === undefined ? '' : view.t(listText.age(age)), person.municipality];
  return (
    <div class="state">
      <a href={href}>{name}</a>
      <small>
        {/* A name in kana needs no reading below it. */}
        <span class="whole">{kana === name ? '' : kana}</span>{' '}
        <span class="whole">{facts.filter(Boolean).join('・')}</span>
      </small>
      <LimitsMark view={view} person={person} />
    </div>
  );
}
