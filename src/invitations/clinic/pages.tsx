import type { JSX } from 'preact';
import { ConsentFields, Explained } from '../../consent/fields.tsx';
import { AddressFields, InsuranceFields, NameFields } from '../../people/form-page.tsx';
import { displayName, readPost, type ReadBody, type ReadPatient } from '../../people/record.ts';
import { showDate } from '../../web/dates.ts';
import {
  Button,
  Buttons,
  DateField,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { cardOf, memberKana, memberName, reasonName } from '../pages/state.tsx';
import { text as listText } from '../text.ts';
import type { Found } from './find.ts';
import { text } from './text.ts';

const back = { href: '/invited', label: text.title } as const;

/** By what the person brings along. */
export const findPage = ({ view, state }: Readonly<{ view: View; state: FormState }>): string => {
  const field = { view, state };
  return renderPage(
    <Frame view={view} state={state} title={text.title} lead={text.lead}>
      <ErrorSummary view={view} state={state} />
      <Form view={view} action="/invited">
        <DateField {...field} name="birth" label={text.birth} required card />
        <TextField
          {...field}
          name="code"
          label={text.code}
          hint={text.codeHint}
          inputMode="numeric"
          mark={false}
        />
        <h2>{view.t(text.noLetter)}</h2>
        <TextField
          {...field}
          name="symbol"
          label={text.symbol}
          hint={text.symbolHint}
          width="medium"
          mark={false}
          lang="ja"
        />
        <TextField
          {...field}
          name="number"
          label={text.number}
          hint={text.numberHint}
          width="medium"
          mark={false}
        />
        <Buttons>
          <Button>{view.t(text.find)}</Button>
        </Buttons>
      </Form>
    </Frame>,
  );
};

type FoundProps = Readonly<{
  view: View;
  state: FormState;
  found: Found;
  towns: readonly ReadBody[];
  known: readonly ReadPatient[];
  newId: () => string;
}>;

/** Who it is, and what will be registered once they consented. Nothing of it is stored meanwhile. */
export function foundPage(props: FoundProps): string {
  const { view, state, found, towns } = props;
  return renderPage(
    <Frame view={view} state={state} title={text.foundTitle} lead={text.foundLead} back={back}>
      <ErrorSummary view={view} state={state} />
      <Who view={view} found={found} />
      <Known {...props} />
      <h2>{view.t(text.register)}</h2>
      <p>{view.t(text.registerLead)}</p>
      <Form view={view} action="/invited/consent">
        <Which found={found} />
        <NameFields view={view} state={state} />
        <AddressFields view={view} state={state} towns={towns} />
        <InsuranceFields view={view} state={state} />
        <Buttons>
          <Button>{view.t(text.toConsent)}</Button>
        </Buttons>
      </Form>
      <Panel view={view} title={text.refused}>
        <p>{view.t(text.refusedLead)}</p>
        <Buttons>
          <LinkButton href="/invited" kind="secondary">
            {view.t(text.leave)}
          </LinkButton>
        </Buttons>
        <Form view={view} action="/invited/ended">
          <Which found={found} />
          <Buttons>
            <Button kind="secondary">{view.t(text.noMore)}</Button>
          </Buttons>
        </Form>
      </Panel>
    </Frame>,
  );
}

/** The code and the date of birth, by which every step looks the person up again. */
const Which = ({ found: { arrived } }: Pick<FoundProps, 'found'>): JSX.Element => (
  <HiddenFields values={{ of: arrived.code, born: arrived.birth_date }} />
);

const Who = ({ view, found: { arrived, program } }: Pick<FoundProps, 'view' | 'found'>): JSX.Element => (
  <Panel view={view} title={listText.member}>
    <Facts
      view={view}
      rows={[
        [listText.member, [memberName(view, arrived), memberKana(view, arrived)].filter(Boolean).join(' ')],
        [listText.born, showDate(arrived.birth_date, view.language, { era: true })],
        [listText.address, [arrived.postal_code, arrived.address].filter(Boolean).join(' ')],
        [listText.card, cardOf(arrived)],
        [text.invitedBy, arrived.insurer],
        [text.reason, reasonName(view, program, arrived.reason)],
      ]}
    />
  </Panel>
);

const Known = ({ view, found, known }: FoundProps): JSX.Element | null =>
  known.length === 0 ? null : (
    <Panel view={view} title={text.known}>
      <p>{view.t(text.knownLead)}</p>
      {known.map((person) => (
        <Form key={person.id} view={view} action="/invited/consent">
          <Which found={found} />
          <HiddenFields values={{ patient: person.id }} />
          <Buttons>
            <Button kind="secondary">{view.t(text.useKnown(displayName(person, view.language)))}</Button>
          </Buttons>
        </Form>
      ))}
    </Panel>
  );

type ConsentProps = Readonly<{
  view: View;
  state: FormState;
  found: Found;
  /** What will be registered, or the patient that is there; goes along unseen. */
  carried: Readonly<Record<string, string | readonly string[] | undefined>>;
  name: string;
  posts: readonly ReturnType<typeof readPost>[];
  once: string;
}>;

/** The ordinary consent form; what will be registered waits in the page. */
export function arrivedConsentPage(props: ConsentProps): string {
  const { view, state, found, name } = props;
  const { program } = found;
  return renderPage(
    <Frame
      view={view}
      state={state}
      title={text.consentTitle}
      lead={text.consentLead(name)}
      back={back}
      actions={
        <LinkButton href={`/invited/consent-form.pdf?program=${program.id}`} kind="secondary">
          {view.t(text.blank)}
        </LinkButton>
      }
    >
      <ErrorSummary view={view} state={state} />
      <Explained view={view} program={program} />
      <Form view={view} action="/invited/came" once={props.once} multipart>
        <Which found={found} />
        <HiddenFields values={props.carried} />
        <ConsentFields view={view} state={state} program={program} posts={props.posts} />
        <Buttons>
          <Button>{view.t(text.save)}</Button>
          <LinkButton href="/invited" kind="quiet">
            {view.t(text.leave)}
          </LinkButton>
        </Buttons>
      </Form>
    </Frame>,
  );
}
