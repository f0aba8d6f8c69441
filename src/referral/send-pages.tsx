import type { JSX } from 'preact';
import { RecipientList } from '../consent/state.tsx';
import { text as consentText } from '../consent/text.ts';
import type { Concern } from '../intake/concerns.ts';
import { consentWords } from '../programs/consent-words.ts';
import { needOf } from '../programs/needs.ts';
import { LimitsNotice } from '../people/danger/marks.tsx';
import { displayName } from '../people/record.ts';
import { showDate } from '../web/dates.ts';
import {
  Button,
  Buttons,
  CheckField,
  Dependent,
  ErrorSummary,
  Form,
  LinkButton,
  RadioField,
  SelectField,
  TextArea,
  TextField,
  type CardOption,
  type FormState,
} from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Empty, Facts, Notice, Panel } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { sayDays } from './deadlines.ts';
import { urgencies } from './record.ts';
import { elsewhere } from './send-form.ts';
import type { OfficeChoice, SendingChoices } from './sending.ts';
import { sendText as text } from './send-text.ts';
import { urgencyText } from './text.ts';

const formId = 'sending';

export const sendAddress = (patient: string, verb: '' | '/new' | '/check' = ''): string =>
  `/patients/${patient}/referrals${verb}`;

type Props = Readonly<{ view: View; choices: SendingChoices; state: FormState }>;

/** The form in which a clinic puts a referral together; without a consent or an office, the way to one. */
export function sendPage({ view, choices, state }: Props): string {
  const { patient, consents, offices } = choices;
  const ready = consents.length > 0 && offices.some((o) => o.open);
  return renderPage(
    <Frame
      view={view}
      title={text.title(displayName(patient, view.language))}
      lead={text.lead}
      back={{ href: `/patients/${patient.id}`, label: text.backToPatient }}
      state={state}
      form={ready ? formId : undefined}
    >
      <LimitsNotice view={view} person={patient} />
      {ready ? (
        <SendForm view={view} choices={choices} state={state} />
      ) : (
        <NotReady view={view} choices={choices} />
      )}
    </Frame>,
  );
}

function NotReady({ view, choices }: Omit<Props, 'state'>): JSX.Element {
  const none = choices.consents.length === 0;
  return (
    <Empty
      view={view}
      title={none ? text.noConsent : text.noOffice}
      next={
        <>
          <p>{view.t(none ? text.noConsentNext : text.noOfficeNext)}</p>
          <LinkButton href={`/patients/${choices.patient.id}/consents/new`}>
            {view.t(text.toConsent)}
          </LinkButton>
        </>
      }
    />
  );
}

function SendForm({ view, choices, state }: Props): JSX.Element {
  const { patient, program, concerns, consents, route } = choices;
  const field = { view, state };
  const noteOpen = consents.some((c) => c.items.includes('medical-note'));
  return (
    <>
      <ErrorSummary view={view} state={state} />
      {choices.open === undefined ? null : (
        <Notice view={view} kind="warning" title={text.already(choices.open.caseNumber)}>
          <a href={`/referrals/${choices.open.id}`}>{view.t(text.openCase)}</a>
        </Notice>
      )}
      {route?.note === undefined ? null : <Notice view={view} kind="warning" title={route.note} />}
      <ConsentPanel view={view} choices={choices} />
      <Form view={view} action={sendAddress(patient.id, '/check')} id={formId} kept>
        {concerns.length === 0 ? (
          <Notice view={view} kind="info" title={text.noNeeds} />
        ) : (
          <CheckField
            {...field}
            name="needs"
            label={text.needs}
            hint={text.needsHint}
            required
            options={concerns.map((c) => needOption(view, c))}
          />
        )}
        <OfficeFields {...field} choices={choices} />
        <RadioField
          {...field}
          name="urgency"
          label={text.urgency}
          required
          hint={route?.urgency === undefined ? undefined : text.suggested(view.t(urgencyText[route.urgency]))}
          options={urgencies.map((urgency) => ({
            value: urgency,
            label: urgencyText[urgency],
            hint: text.urgencyDays(
              view.t(sayDays(program.deadlines[urgency].accept)),
              view.t(sayDays(program.deadlines[urgency].firstContact)),
            ),
          }))}
        />
        <TextArea
          {...field}
          name="reason"
          label={text.reason}
          hint={concerns.length === 0 ? text.reasonHint : text.reasonProposed}
          required
          rows={5}
        />
        {noteOpen ? (
          <TextArea {...field} name="note" label={text.note} hint={text.noteHint} rows={5} />
        ) : (
          <Notice view={view} kind="info" title={text.noteClosed} />
        )}
        <Buttons>
          <Button>{view.t(text.toCheck)}</Button>
          <LinkButton href={`/patients/${patient.id}`} kind="quiet">
            {view.t(text.backToPatient)}
          </LinkButton>
        </Buttons>
      </Form>
    </>
  );
}

/** Each with what tells it from another: when it was signed, how long it holds, and whom it names. */
function ConsentPanel({ view, choices }: Omit<Props, 'state'>): JSX.Element {
  const { items } = consentWords(choices.program);
  const { consents, bodyNames } = choices;
  return (
    <Panel view={view} title={text.consent} kind="quiet">
      {consents.map((consent, i) => (
        <div key={consent.id}>
          {consents.length > 1 ? <h3>{view.t(consentText.several(i + 1))}</h3> : null}
          <Facts
            view={view}
            rows={[
              [consentText.given, consent.at === '' ? '' : showDate(consent.at, view.language)],
              [
                consentText.period,
                view.t(
                  consentText.span(
                    showDate(consent.from, view.language),
                    showDate(consent.until, view.language),
                  ),
                ),
              ],
              [
                consentText.recipients,
                <RecipientList
                  view={view}
                  consent={consent}
                  bodies={consent.recipientIds.map(
                    (id) => bodyNames.get(id) ?? view.t(consentText.namedBody),
                  )}
                />,
              ],
              [
                text.consentItems,
                consent.items
                  .flatMap((item) => items.find((one) => one.code === item)?.label ?? [])
                  .map(view.t)
                  .join(view.language === 'ja' ? '、' : ', '),
              ],
            ]}
          />
        </div>
      ))}
    </Panel>
  );
}

function needOption(view: View, concern: Concern): CardOption {
  const known = needOf(concern.need.code);
  const because = concern.because.map(({ question, answer }) => `${view.t(question)} → ${view.t(answer)}`);
  return {
    value: concern.id,
    label: known?.label ?? concern.need.code,
    picture: known?.picture ?? 'question',
    ...(because.length > 0 ? { hint: because.join(' ／ ') } : {}),
  };
}

function OfficeFields({ view, state, choices }: Props): JSX.Element {
  const open = choices.offices.filter((o) => o.open);
  const [near, far] = [open.filter((o) => o.local), open.filter((o) => !o.local)];
  const shut = choices.offices.filter((o) => !o.open && o.local);
  const field = { view, state };
  const outside = { value: elsewhere, label: text.outside, hint: text.outsideHint };
  return (
    <>
      <RadioField
        {...field}
        name="office"
        label={text.office}
        hint={
          near.length === 0
            ? text.noLocalOffice
            : choices.route?.to.serving === 'medical-area' && choices.medicalArea !== undefined
              ? text.officeHintArea(choices.medicalArea)
              : text.officeHint
        }
        required
        options={[...near.map((o) => officeOption(view, o)), ...(far.length > 0 ? [outside] : [])]}
      />
      {shut.length === 0 ? null : (
        <p class="hint">
          {view.t(text.closedOffices(shut.map((o) => o.name).join(view.language === 'ja' ? '、' : ', ')))}
        </p>
      )}
      {far.length === 0 ? null : (
        <Dependent
          when={{
            behavior: 'all',
            conditions: [{ question: 'office', operator: '=', answer: elsewhere }],
          }}
        >
          <SelectField
            {...field}
            name="outside"
            label={text.outsideOffice}
            mark={false}
            width="full"
            options={far.map((o) => ({
              value: o.id,
              label: [o.name, ...facts(view, o)].join('｜'),
            }))}
          />
          <TextField
            {...field}
            name="outside_reason"
            label={text.outsideReason}
            mark={false}
            maxLength={200}
          />
        </Dependent>
      )}
    </>
  );
}

/** What an office says of itself, so that nobody sends what it cannot take. */
const facts = (view: View, office: OfficeChoice): string[] => [
  ...(office.areas.length > 0
    ? [view.t(text.serves(office.areas.join(view.language === 'ja' ? '・' : ', ')))]
    : []),
  ...(office.phone === undefined ? [] : [view.t(text.phone(office.phone))]),
];

const officeOption = (view: View, office: OfficeChoice): CardOption => ({
  value: office.id,
  label: office.name,
  hint: facts(view, office).join('　'),
});
