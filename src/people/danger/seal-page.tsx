import type { JSX } from 'preact';
import { showDateTime } from '../../web/dates.ts';
import {
  Button,
  Buttons,
  CheckField,
  ErrorSummary,
  Form,
  HiddenFields,
  PhoneLink,
  PrintButton,
  SingleCheck,
  TextArea,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Notice, Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { addressLine } from '../known-page.tsx';
import { displayName, type ReadPatient, type ReadPost } from '../record.ts';
import { sayNamed } from './marks.tsx';
import type { ShownSeal } from './seal.ts';
import { dangerText as text } from './text.ts';

type Props = Readonly<{
  view: View;
  state: FormState;
  person: ReadPatient;
  seen: string;
  seal: ShownSeal | undefined;
  /** Who may be named besides oneself. */
  posts: readonly ReadPost[];
  /** Whether the actor may seal and unseal: the clinic that keeps the person. */
  keeps: boolean;
  referral: string | undefined;
  once: string;
}>;

export const sealAddress = (patient: string): string => `/patients/${patient}/seal`;

/** Where somebody lives, kept for named people: sealing it, reading it, and showing it to everybody again. */
export function sealPage(props: Props): string {
  const { view, state, person, seal, referral } = props;
  return renderPage(
    <Frame
      view={view}
      state={state}
      title={seal === undefined ? text.sealPage : text.sealedPage}
      lead={text.lead(displayName(person, view.language))}
      back={
        referral === undefined
          ? { href: `/patients/${person.id}`, label: text.backToPerson }
          : { href: `/referrals/${referral}`, label: text.backToCase }
      }
    >
      <ErrorSummary view={view} state={state} />
      {seal === undefined ? <SealForm {...props} /> : <Sealed {...props} seal={seal} />}
    </Frame>,
  );
}

function SealForm({ view, state, person, seen, posts, once }: Props): JSX.Element {
  const field = { view, state };
  return (
    <>
      <Notice view={view} kind="info" title={text.sealPage}>
        <p>{view.t(text.sealExplain)}</p>
      </Notice>
      <Form view={view} action={sealAddress(person.id)} once={once}>
        <HiddenFields values={{ seen }} />
        <CheckField
          {...field}
          name="named"
          label={text.named}
          hint={text.namedHint}
          required
          options={posts.map((post) => ({ value: post.id, label: post.name ?? post.id.slice(0, 8) }))}
        />
        <TextArea
          {...field}
          name="why"
          label={text.sealWhy}
          hint={text.sealWhyHint}
          required
          rows={2}
          maxLength={300}
        />
        <Buttons>
          <Button>{view.t(text.sealNow)}</Button>
        </Buttons>
      </Form>
    </>
  );
}

function Sealed(props: Props & Readonly<{ seal: ShownSeal }>): JSX.Element {
  const { view, seal } = props;
  return (
    <>
      <Notice view={view} kind="warning" title={text.sealed}>
        <p>{view.t(sayNamed(seal.named))}</p>
        {seal.open === undefined ? <p>{view.t(text.notNamed)}</p> : null}
      </Notice>
      {seal.open === undefined ? null : <Open {...props} open={seal.open} />}
    </>
  );
}

function Open({
  view,
  state,
  person,
  seen,
  once,
  keeps,
  open,
}: Props & Readonly<{ open: NonNullable<ShownSeal['open']> }>): JSX.Element {
  return (
    <>
      <Panel view={view} title={text.sealedPage} aside={<PrintButton view={view} />}>
        <Facts
          view={view}
          rows={[
            [text.address, addressLine(open.person)],
            [text.phone, open.person.phone === undefined ? '' : <PhoneLink number={open.person.phone} />],
            [text.email, open.person.email ?? ''],
            ...(open.relatives.length === 0 ? [] : [[text.relatives, open.relatives.join('\n')] as const]),
            [text.sealWhy, open.why],
            [text.since2, showDateTime(open.at, view.language)],
          ]}
        />
        <p class="hint">{view.t(text.forNamed)}</p>
      </Panel>
      {keeps ? (
        <Panel view={view} title={text.unsealTitle}>
          <p>{view.t(text.unsealExplain)}</p>
          <Form view={view} action={`${sealAddress(person.id)}/end`} once={once}>
            <HiddenFields values={{ seen }} />
            <SingleCheck view={view} state={state} name="sure" label={text.unsealSure} required />
            <Buttons>
              <Button kind="danger">{view.t(text.unseal)}</Button>
            </Buttons>
          </Form>
        </Panel>
      ) : null}
    </>
  );
}

/** In the place of an address and a number, where they are sealed. */
export const SealedLine = ({
  view,
  person,
  seal,
  referral,
}: Readonly<{ view: View; person: ReadPatient; seal: ShownSeal; referral?: string }>): JSX.Element => (
  <span class="state">
    <span>{view.t(text.sealed)}</span>
    <small>{view.t(sayNamed(seal.named))}</small>
    {seal.open === undefined ? null : (
      <a href={`${sealAddress(person.id)}${referral === undefined ? '' : `?referral=${referral}`}`}>
        {view.t(text.toSealed)}
      </a>
    )}
  </span>
);
