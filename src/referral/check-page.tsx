import type { JSX } from 'preact';
import { consentBrief } from '../consent/state.tsx';
import { text as consentText } from '../consent/text.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { LimitsNotice } from '../people/danger/marks.tsx';
import { displayName } from '../people/record.ts';
import { showDate } from '../web/dates.ts';
import {
  Button,
  Buttons,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  SingleCheck,
  type FormState,
} from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { CheckAnswers, Confirmation, Notice, Panel, type Content } from '../web/parts.tsx';
import type { View, Words } from '../web/view.ts';
import { dueAt, sayDays, type Deadlines } from './deadlines.ts';
import { Needs, UrgencyMark } from './parts.tsx';
import type { Referral } from './record.ts';
import { elsewhere, isLessUrgent, officeOf, type SendForm } from './send-form.ts';
import { sendAddress } from './send-pages.tsx';
import { consentFor, type SendingChoices } from './sending.ts';
import { sendText as text } from './send-text.ts';
import { urgencyText } from './text.ts';

type CheckProps = Readonly<{
  view: View;
  choices: SendingChoices;
  form: SendForm;
  /** What is still to be ticked here. */
  state: FormState;
  once: string;
}>;

/** Everything that is about to go, each with the way back to the form, which keeps what was entered. `view.path` is the form's page. */
export function checkPage({ view, choices, form, state, once }: CheckProps): string {
  const { patient, concerns, offices, answers, program, route } = choices;
  const office = offices.find((o) => o.id === officeOf(form));
  const chosen = concerns.filter((c) => form.needs.includes(c.id));
  const due = dueAt(program.deadlines, form.urgency, 'accept', view.now);
  const used = consentFor(choices, officeOf(form), form.note !== undefined, dayInTokyo(view.now));
  const rows: readonly (readonly [label: Words, value: Content, field?: string])[] = [
    [text.person, displayName(patient, view.language)],
    [text.needs, <Needs view={view} needs={chosen.map((c) => c.need)} />, 'needs'],
    [text.office, office?.name, 'office'],
    ...(form.office === elsewhere
      ? [[text.outsideReason, form.outside_reason, 'outside_reason'] as const]
      : []),
    [
      text.urgency,
      <div class="state">
        <UrgencyMark view={view} urgency={form.urgency} />
        <small>
          {view.t(text.nextAccept(office?.name ?? '', showDate(due, view.language, { weekday: true })))}
        </small>
      </div>,
      'urgency',
    ],
    [text.reason, form.reason, 'reason'],
    [text.note, form.note ?? view.t(text.noNote), 'note'],
    [consentText.used, used && view.t(consentBrief(used, choices.bodyNames))],
    [text.answers, view.t(answers ? text.answersOf(showDate(answers.on, view.language)) : text.answersNone)],
  ];
  return renderPage(
    <Frame view={view} title={text.check} lead={text.checkLead} state={state}>
      <ErrorSummary view={view} state={state} />
      <LimitsNotice view={view} person={patient} />
      {route?.note === undefined ? null : <Notice view={view} kind="warning" title={route.note} />}
      <Form view={view} action={sendAddress(patient.id)} once={once} kept>
        <HiddenFields values={{ ...form }} />
        <CheckAnswers
          view={view}
          rows={rows.map(([label, value, field]) => ({
            label,
            value,
            ...(field === undefined
              ? {}
              : {
                  changeHref: `${sendAddress(patient.id, '/new')}#field-${field}`,
                }),
          }))}
        />
        <LessUrgent view={view} choices={choices} form={form} state={state} />
        <Buttons>
          <Button>{view.t(text.send)}</Button>
          <LinkButton href={sendAddress(patient.id, '/new')} kind="quiet">
            {view.t(text.backToForm)}
          </LinkButton>
        </Buttons>
      </Form>
    </Frame>,
  );
}

/** A lower urgency than advised may be right; that it was not just left so is said before it goes. */
function LessUrgent({ view, choices, form, state }: Omit<CheckProps, 'once'>): JSX.Element | null {
  const advised = choices.route?.urgency;
  if (advised === undefined || !isLessUrgent(choices, form)) return null;
  const chosen = view.t(urgencyText[form.urgency]);
  return (
    <Notice view={view} kind="warning" title={text.lessUrgent(view.t(urgencyText[advised]), chosen)}>
      <SingleCheck view={view} state={state} name="meant" label={text.lessUrgentMeant(chosen)} required />
    </Notice>
  );
}

type SentProps = Readonly<{
  view: View;
  referral: Referral;
  name: string;
  office: string;
  deadlines: Deadlines;
}>;

/** It went: the case number, and what happens next and when. */
export function sentConfirmation({ view, referral, name, office, deadlines }: SentProps): string {
  const due = referral.due ?? dueAt(deadlines, referral.urgency, 'accept', view.now);
  return renderPage(
    <Frame view={view} title={text.sentTitle} heading={false}>
      <Confirmation view={view} title={text.sentTitle}>
        <p>{name}</p>
        <p>
          {view.t(text.caseNumber)} <strong>{referral.caseNumber}</strong>
        </p>
      </Confirmation>
      <Panel view={view} title={text.next}>
        <ol>
          <li>{view.t(text.nextAccept(office, showDate(due, view.language, { weekday: true })))}</li>
          <li>{view.t(text.nextContact(view.t(sayDays(deadlines[referral.urgency].firstContact))))}</li>
          <li>{view.t(text.nextReport)}</li>
        </ol>
      </Panel>
      <Buttons>
        <LinkButton href={`/referrals/${referral.id}/sheet.pdf`}>{view.t(text.openSheet)}</LinkButton>
        <LinkButton href={`/referrals/${referral.id}`} kind="secondary">
          {view.t(text.openCase)}
        </LinkButton>
        <LinkButton href={`/patients/${referral.patient}`} kind="quiet">
          {view.t(text.backToPatient)}
        </LinkButton>
      </Buttons>
    </Frame>,
  );
}
