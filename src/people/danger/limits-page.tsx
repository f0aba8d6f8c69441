import type { JSX } from 'preact';
import { showDate } from '../../web/dates.ts';
import {
  Button,
  Buttons,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  SingleCheck,
  TextArea,
  type FormState,
} from '../../web/form.tsx';
import { renderPage } from '../../web/frame.tsx';
import { Facts, Notice, Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { limitReasons, type ReadPatient } from '../record.ts';
import { DangerFrame, fromReferral } from './frame.tsx';
import { LimitsNotice } from './marks.tsx';
import { dangerText as text } from './text.ts';

type Props = Readonly<{
  view: View;
  state: FormState;
  person: ReadPatient;
  /** The version that the forms are drawn from. */
  seen: string;
  /** Who recorded the limits, by name. */
  by: string | undefined;
  /** The referral that a link worker comes from. */
  referral: string | undefined;
  newId: () => string;
}>;

export const limitsAddress = (patient: string): string => `/patients/${patient}/contact-limits`;

/** That somebody must not be contacted at home: recorded, changed, lifted. */
export function limitsPage(props: Props): string {
  const { view, state, person, referral } = props;
  const { limits } = person;
  return renderPage(
    <DangerFrame view={view} state={state} title={text.page} person={person} referral={referral}>
      {limits === undefined ? (
        <Notice view={view} kind="info" title={text.page}>
          <p>{view.t(text.explain)}</p>
        </Notice>
      ) : (
        <>
          <LimitsNotice view={view} person={person} />
          <Panel view={view} title={text.page}>
            <Facts
              view={view}
              rows={[
                [text.why, view.t(text[limits.why])],
                [text.allowedLabel, limits.how],
                [text.since, limits.since && showDate(limits.since, view.language)],
                [text.by, props.by],
              ]}
            />
          </Panel>
        </>
      )}
      <SetForm {...props} />
      {limits === undefined ? null : <LiftForm {...props} />}
    </DangerFrame>,
  );
}

function SetForm({ view, state, person, seen, referral, newId }: Props): JSX.Element {
  const known = person.limits !== undefined;
  const values = {
    why: person.limits?.why ?? '',
    how: person.limits?.how ?? '',
    ...state.values,
  };
  const field = { view, state: { ...state, values } };
  return (
    <Panel view={view} title={known ? text.changeTitle : text.set}>
      <Form view={view} action={limitsAddress(person.id)} once={newId()}>
        <HiddenFields values={{ seen, referral }} />
        <RadioField
          {...field}
          name="why"
          label={text.why}
          required
          options={limitReasons.map((value) => ({ value, label: text[value] }))}
        />
        <TextArea
          {...field}
          name="how"
          label={text.allowedLabel}
          hint={text.howHint}
          required
          rows={3}
          maxLength={300}
        />
        <Buttons>
          <Button>{view.t(known ? text.change : text.set)}</Button>
        </Buttons>
      </Form>
    </Panel>
  );
}

function LiftForm({ view, state, person, seen, referral, newId }: Props): JSX.Element {
  return (
    <Panel view={view} title={text.liftTitle}>
      <Form view={view} action={`${limitsAddress(person.id)}/lift`} once={newId()}>
        <HiddenFields values={{ seen, referral }} />
        <SingleCheck view={view} state={state} name="sure" label={text.liftSure} required />
        <Buttons>
          <Button kind="danger">{view.t(text.lift)}</Button>
        </Buttons>
      </Form>
    </Panel>
  );
}

/** The quiet way to this page from wherever the person is met. */
export const LimitsLink = ({
  view,
  person,
  referral,
}: Readonly<{ view: View; person: ReadPatient; referral?: string }>): JSX.Element => (
  <LinkButton href={fromReferral(limitsAddress(person.id), referral)} kind="quiet" small>
    {view.t(person.limits === undefined ? text.setLink : text.toLimits)}
  </LinkButton>
);
