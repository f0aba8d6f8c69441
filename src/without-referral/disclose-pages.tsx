import type { JSX } from 'preact';
import { legalBases, legalBasisNames } from '../consent/legal-basis.ts';
import { itemNames } from '../consent/text.ts';
import { asIs, joinSentences } from '../kernel/sentence.ts';
import { displayName } from '../people/record.ts';
import { showDate } from '../web/dates.ts';
import {
  Button,
  Buttons,
  CheckField,
  DateField,
  emptyForm,
  ErrorSummary,
  Form,
  HiddenFields,
  RadioField,
  TextArea,
  TextField,
  type FormState,
} from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { CheckAnswers, Facts, Notice, Panel, Status } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import type { Choices, Disclosing, ShownDisclosure } from './disclose.ts';
import { text } from './text.ts';

export const disclosuresAddress = (patient: string, verb: '' | '/new' | '/check' = ''): string =>
  `/patients/${patient}/disclosures${verb}`;

type FormProps = Readonly<{
  view: View;
  state: FormState;
  choices: Choices;
  search: string;
  referral: string | undefined;
}>;

const backOf = (patient: string, referral: string | undefined) =>
  referral === undefined
    ? { href: `/patients/${patient}`, label: text.backToPerson }
    : { href: `/referrals/${referral}`, label: text.backToCase };

/** To whom, what, on what basis, why and until when a person is disclosed without consent. */
export function disclosePage({ view, state, choices, search, referral }: FormProps): string {
  const { person, bodies, items } = choices;
  const field = { view, state };
  return renderPage(
    <Frame
      view={view}
      state={state}
      title={text.discloseTitle}
      lead={displayName(person, view.language)}
      back={backOf(person.id, referral)}
    >
      <Notice view={view} kind="warning" title={text.discloseLead} />
      <ErrorSummary view={view} state={state} />
      <Form view={view} method="get" action={disclosuresAddress(person.id, '/new')} inline>
        {referral === undefined ? null : <HiddenFields values={{ referral }} />}
        <TextField
          view={view}
          state={emptyForm({ q: search })}
          name="q"
          label={text.findBody}
          hint={text.findBodyHint}
          type="search"
          mark={false}
        />
        <Button kind="secondary">{view.t(text.find)}</Button>
      </Form>
      <Form view={view} action={disclosuresAddress(person.id, '/check')}>
        <HiddenFields values={{ referral }} />
        <CheckField
          {...field}
          name="to"
          label={text.to}
          hint={text.toHint}
          required
          options={bodies.map((body) => ({ value: body.id, label: body.name }))}
        />
        <RadioField
          {...field}
          name="basis"
          label={text.basis}
          required
          options={legalBasisNames.map((value) => ({ value, label: legalBases[value] }))}
        />
        <CheckField
          {...field}
          name="items"
          label={text.what}
          hint={text.whatHint}
          required
          options={items.map((value) => ({ value, label: itemNames[value] }))}
        />
        <DateField {...field} name="end" label={text.end} hint={text.endHint} required />
        <TextArea
          {...field}
          name="why"
          label={text.why}
          hint={text.whyHint}
          required
          rows={4}
          maxLength={1000}
        />
        <Buttons>
          <Button>{view.t(text.toCheck)}</Button>
        </Buttons>
      </Form>
    </Frame>,
  );
}

type CheckProps = Readonly<{
  view: View;
  choices: Choices;
  given: Disclosing;
  referral: string | undefined;
  once: string;
}>;

/** Everything once more before they see the person. */
export function disclosureCheckPage({ view, choices, given, referral, once }: CheckProps): string {
  const { person, bodies } = choices;
  const names = bodies.filter((body) => given.to.includes(body.id)).map((body) => asIs(body.name));
  return renderPage(
    <Frame view={view} title={text.check} lead={text.checkLead}>
      <CheckAnswers
        view={view}
        rows={[
          { label: text.person, value: displayName(person, view.language) },
          { label: text.to, value: view.t(joinSentences(names)) },
          { label: text.basis, value: view.t(legalBases[given.basis]) },
          { label: text.what, value: view.t(joinSentences(given.items.map((item) => itemNames[item]))) },
          { label: text.end, value: showDate(given.end, view.language) },
          { label: text.why, value: given.why },
        ]}
      />
      <Form view={view} action={disclosuresAddress(person.id)} once={once}>
        <HiddenFields
          values={{
            referral,
            to: given.to,
            basis: given.basis,
            items: given.items,
            why: given.why,
            end: given.end,
          }}
        />
        <Buttons>
          <Button kind="danger">{view.t(text.disclose)}</Button>
          <Button kind="quiet" formAction={disclosuresAddress(person.id, '/new')}>
            {view.t(text.correct)}
          </Button>
        </Buttons>
      </Form>
    </Frame>,
  );
}

type ShowProps = Readonly<{
  view: View;
  state: FormState;
  shown: ShownDisclosure;
  referral: string | undefined;
  once: string;
}>;

/** One disclosure, and the way to end it. */
export function disclosurePage({ view, state, shown, referral, once }: ShowProps): string {
  const { lawful, person } = shown;
  const href = `/disclosures/${lawful.id}`;
  return renderPage(
    <Frame
      view={view}
      state={state}
      title={text.shown}
      {...(person === undefined ? {} : { lead: displayName(person, view.language) })}
      back={backOf(lawful.patient, referral)}
    >
      <ErrorSummary view={view} state={state} />
      <Panel view={view} title={text.shown}>
        <Facts
          view={view}
          rows={[
            [text.state, <DisclosureState view={view} active={lawful.active} />],
            [text.basis, view.t(legalBases[lawful.basis])],
            [text.from, shown.from],
            [text.to, view.t(joinSentences(shown.to.map(asIs)))],
            [text.what, view.t(joinSentences(lawful.items.map((item) => itemNames[item])))],
            [text.on, showDate(lawful.at, view.language)],
            [text.end, showDate(lawful.end, view.language)],
            [text.why, lawful.why],
          ]}
        />
      </Panel>
      {lawful.active ? (
        <Panel view={view} title={text.endNow}>
          <Form view={view} action={`${href}/end`} once={once}>
            <HiddenFields values={{ seen: shown.version, referral }} />
            <TextField view={view} state={state} name="reason" label={text.endWhy} required lang="ja" />
            <Buttons>
              <Button kind="danger">{view.t(text.endNow)}</Button>
            </Buttons>
          </Form>
        </Panel>
      ) : null}
    </Frame>,
  );
}

/** Nobody takes it for a consent: another shape and colour, and words. */
export const DisclosureState = ({ view, active }: Readonly<{ view: View; active: boolean }>): JSX.Element => (
  <Status shape={active ? 'alert' : 'square'} tone={active ? 'warn' : 'neutral'}>
    {view.t(active ? text.running : text.ended)}
  </Status>
);
