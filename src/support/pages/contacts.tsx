import type { JSX } from 'preact';
import { addWorkingDays, dayInTokyo } from '../../kernel/japan/calendar.ts';
import { showDate, showDateTime } from '../../web/dates.ts';
import {
  Button,
  DateField,
  Dependent,
  Form,
  HiddenFields,
  RadioField,
  TextArea,
  TextField,
} from '../../web/form.tsx';
import { Empty, Panel, Timeline, type TimelineItem } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { isWritable } from '../case.ts';
import { contactKindNames, contactKinds, isMeeting, type Contact } from '../record.ts';
import { caseWords, contactWords as text } from '../text.ts';
import { caseFrame, Folded, type CaseProps } from './frame.tsx';

type Props = CaseProps &
  Readonly<{
    contacts: readonly Contact[];
    /** Names of those who were in touch, by PractitionerRole id. */
    names: ReadonlyMap<string, string>;
  }>;

/** Working days after which to be in touch again, as buttons to press. */
export const nextDays = [1, 3, 5, 10] as const;

/** Contacts about a case: a form of a few taps, and what there was before. */
export const contactsPage = (props: Props): string =>
  caseFrame({
    ...props,
    page: text.page,
    current: 'contacts',
    form: isWritable(props.one) ? 'contact' : undefined,
    children: (
      <div class="columns">
        {isWritable(props.one) ? <ContactForm {...props} /> : null}
        <Panel view={props.view} title={text.list} kind="quiet">
          {props.contacts.length === 0 ? (
            <Empty view={props.view} title={text.none} next={props.view.t(text.noneNext)} />
          ) : (
            <Timeline items={props.contacts.map((c) => contactItem(props.view, c, props.names))} />
          )}
        </Panel>
      </div>
    ),
  });

function ContactForm({ view, one, state, newId }: Props): JSX.Element {
  const field = { view, state };
  const typed = (name: string): boolean => state.values[name] !== undefined && state.values[name] !== '';
  return (
    <Panel view={view} title={text.write}>
      <Form view={view} action={`/referrals/${one.task.id}/contacts`} once={newId()} id="contact" kept>
        <HiddenFields values={{ seen: one.referral.version }} />
        <RadioField
          {...field}
          name="kind"
          label={text.kind}
          required
          inline
          options={contactKindNames.map((kind) => ({ value: kind, label: contactKinds[kind] }))}
        />
        <TextArea {...field} name="text" label={text.text} hint={text.textHint} rows={3} maxLength={1000} />
        <RadioField
          {...field}
          name="next_in"
          label={text.next}
          hint={text.nextHint}
          inline
          options={[
            { value: '', label: text.nextNone },
            ...nextDays.map((days) => {
              const day = showDate(addWorkingDays(view.now, days), view.language, { weekday: true });
              return { value: String(days), label: text.nextDays(days), hint: short(day) };
            }),
            { value: 'other', label: text.nextOther },
          ]}
        />
        <Dependent
          when={{ behavior: 'all', conditions: [{ question: 'next_in', operator: '=', answer: 'other' }] }}
        >
          <DateField {...field} name="next" label={text.nextOn} era={false} />
        </Dependent>
        <Folded
          label={view.t(text.when)}
          open={
            typed('on-year') ||
            typed('time') ||
            state.issues.some((i) => i.path === 'on' || i.path === 'time')
          }
        >
          <p class="hint">{view.t(text.whenHint)}</p>
          <DateField {...field} name="on" label={text.on} era={false} />
          <TextField
            {...field}
            name="time"
            label={text.time}
            hint={text.timeHint}
            width="short"
            inputMode="numeric"
          />
        </Folded>
        <Button>{view.t(text.save)}</Button>
      </Form>
    </Panel>
  );
}

/** The year is the one now. */
const short = (day: string): string => day.replace(/^\d{4}年/, '').replace(/ \d{4}$/, '');

/** One contact on a timeline: how it went, what was said, who wrote it. */
export function contactItem(view: View, contact: Contact, names: ReadonlyMap<string, string>): TimelineItem {
  const name = contact.by === undefined ? undefined : names.get(contact.by);
  return {
    at: showDateTime(contact.at, view.language),
    datetime: contact.at,
    tone: contact.isWill
      ? 'good'
      : contact.kind !== undefined && isMeeting(contact.kind)
        ? 'info'
        : 'neutral',
    title: [
      view.t(contact.kind === undefined ? text.unknown : contactKinds[contact.kind]),
      ...(contact.isWill ? [view.t(text.will)] : []),
    ].join(' · '),
    body: (
      <>
        {contact.text === '' ? null : <p class="pre-line">{contact.text}</p>}
        <p class="soft">{view.t(text.by(name ?? view.t(caseWords.somebody)))}</p>
      </>
    ),
  };
}

/** The day a form's choice of working days leads to, `YYYY-MM-DD`. */
export const dayAfter = (now: Date, days: number): string => dayInTokyo(addWorkingDays(now, days));
