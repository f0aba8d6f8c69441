import type { JSX } from 'preact';
import type { Sentence } from '../kernel/sentence.ts';
import {
  Button,
  Buttons,
  DateField,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  SelectField,
  TextField,
  type FormState,
} from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Notice, Table } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { dangerText } from './danger/text.ts';
import { sexes } from './form.ts';
import type { ReadBody } from './record.ts';
import { text } from './text.ts';

type Props = Readonly<{
  view: View;
  state: FormState;
  towns: readonly ReadBody[];
  once: string;
  /** Set when somebody who is registered is changed. */
  kept?: Readonly<{ id: string; name: string; seen: string; sealed: boolean }>;
  /** What somebody else changed meanwhile. */
  overtaken?: readonly Difference[];
}>;
export type Difference = Readonly<{ label: Sentence; stored: string; typed: string }>;

/** Register a person, or change what is kept of one. */
export function registrationPage(props: Props): string {
  const { view, state, kept, once } = props;
  const to = kept ? `/patients/${kept.id}` : '/patients';
  return renderPage(
    <Frame
      view={view}
      state={state}
      form="registration"
      title={kept ? text.editTitle : text.register}
      lead={kept ? kept.name : text.registerLead}
      back={{ href: to, label: kept ? kept.name : text.patients }}
    >
      <ErrorSummary view={view} state={state} />
      {props.overtaken ? <Overtaken view={view} differences={props.overtaken} /> : null}
      <Form view={view} action={kept ? `${to}/edit` : '/patients'} once={once} id="registration" kept>
        {kept ? <HiddenFields values={{ seen: kept.seen }} /> : null}
        <NameFields {...props} />
        {kept?.sealed === true ? (
          <Notice view={view} kind="info" title={dangerText.sealedInForm} />
        ) : (
          <>
            <h2>{view.t(text.addressSection)}</h2>
            <AddressFields {...props} />
          </>
        )}
        <InsuranceFields {...props} />
        <Buttons>
          <Button>{view.t(kept ? text.saveChange : text.save)}</Button>
          <LinkButton href={to} kind="quiet">
            {view.t(text.cancel)}
          </LinkButton>
        </Buttons>
      </Form>
    </Frame>,
  );
}

/** Who somebody is; see `registrationSchema`. */
export function NameFields({ view, state }: Pick<Props, 'view' | 'state'>): JSX.Element {
  return (
    <>
      <h2>{view.t(text.nameSection)}</h2>
      {(['family', 'given', 'familyKana', 'givenKana'] as const).map((name) => (
        <TextField
          key={name}
          view={view}
          state={state}
          name={name}
          label={text[name]}
          {...(name === 'familyKana' ? { hint: text.kanaHint } : {})}
          width="medium"
          required
          lang="ja"
        />
      ))}
      <DateField view={view} state={state} name="birthDate" label={text.birthDate} required card />
      <RadioField
        view={view}
        state={state}
        name="sex"
        label={text.sex}
        required
        inline
        options={sexes.map((value) => ({ value, label: text[value] }))}
      />
    </>
  );
}

/** Where somebody lives and how to reach them; see `whereaboutsSchema`. */
export function AddressFields({ view, state, towns }: Pick<Props, 'view' | 'state' | 'towns'>): JSX.Element {
  return (
    <>
      <TextField
        view={view}
        state={state}
        name="postalCode"
        label={text.postalCode}
        hint={text.postalHint}
        width="short"
        inputMode="numeric"
      />
      <SelectField
        view={view}
        state={state}
        name="municipality"
        label={text.municipality}
        hint={text.municipalityHint}
        required
        options={towns.flatMap((town) =>
          town.municipalityCode === undefined
            ? []
            : [{ value: town.municipalityCode, label: `${town.address?.prefecture ?? ''}${town.name}` }],
        )}
      />
      <TextField view={view} state={state} name="line" label={text.line} lang="ja" />
      <TextField view={view} state={state} name="phone" label={text.phone} type="tel" width="medium" />
      <TextField view={view} state={state} name="email" label={text.email} type="email" />
    </>
  );
}

export function InsuranceFields({ view, state }: Pick<Props, 'view' | 'state'>): JSX.Element {
  return (
    <>
      <h2>{view.t(text.insuranceSection)}</h2>
      <p class="hint">{view.t(text.insuranceHint)}</p>
      <TextField
        view={view}
        state={state}
        name="insurerNumber"
        label={text.insurerNumber}
        hint={text.insurerHint}
        width="medium"
        inputMode="numeric"
      />
      <TextField
        view={view}
        state={state}
        name="symbol"
        label={text.symbol}
        hint={text.symbolHint}
        width="medium"
        lang="ja"
      />
      <TextField view={view} state={state} name="number" label={text.number} width="medium" />
      <TextField
        view={view}
        state={state}
        name="branch"
        label={text.branch}
        hint={text.branchHint}
        width="short"
        inputMode="numeric"
      />
    </>
  );
}

function Overtaken({
  view,
  differences,
}: Readonly<{ view: View; differences: readonly Difference[] }>): JSX.Element {
  return (
    <Notice view={view} kind="warning" title={text.conflictTitle} live>
      <p>{view.t(differences.length === 0 ? text.conflictSame : text.conflictNext)}</p>
      {differences.length === 0 ? null : (
        <Table
          view={view}
          caption={text.conflictTitle}
          hideCaption
          columns={[{ label: text.field }, { label: text.storedNow }, { label: text.yours }]}
          rows={differences.map((one, i) => ({
            key: String(i),
            cells: [view.t(one.label), one.stored || '—', one.typed || '—'],
          }))}
        />
      )}
    </Notice>
  );
}
