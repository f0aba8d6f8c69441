import type { JSX } from 'preact';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { showDate, showDateTime } from '../../web/dates.ts';
import {
  Button,
  Buttons,
  CheckField,
  Form,
  HiddenFields,
  PhoneLink,
  PrintButton,
  SingleCheck,
  TextArea,
  type FormState,
} from '../../web/form.tsx';
import { renderPage } from '../../web/frame.tsx';
import { Facts, Notice, Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { whereaboutsOf } from '../form.ts';
import { AddressFields } from '../form-page.tsx';
import { addressLine } from '../known-page.tsx';
import type { ReadBody, ReadPatient, ReadPost } from '../record.ts';
import { DangerFrame, fromReferral } from './frame.tsx';
import { sayNamed } from './marks.tsx';
import type { SealedBefore, ShownSeal } from './seal.ts';
import { dangerText as text } from './text.ts';

type Props = Readonly<{
  view: View;
  state: FormState;
  person: ReadPatient;
  seen: string;
  seal: ShownSeal | undefined;
  /** Who may be named besides oneself. */
  posts: readonly ReadPost[];
  /** Municipalities to choose from where the address is corrected. */
  towns: readonly ReadBody[];
  /** Whether the actor may seal, correct and unseal: the clinic that keeps the person. */
  keeps: boolean;
  referral: string | undefined;
  newId: () => string;
}>;

export const sealAddress = (patient: string): string => `/patients/${patient}/seal`;

/** Where somebody lives, kept for named people: sealing it, reading it, and showing it to everybody again. */
export function sealPage(props: Props): string {
  const { view, state, person, seal, referral } = props;
  return renderPage(
    <DangerFrame
      view={view}
      state={state}
      title={seal === undefined ? text.sealPage : text.sealedPage}
      person={person}
      referral={referral}
    >
      {seal === undefined ? <SealForm {...props} /> : <Sealed {...props} seal={seal} />}
    </DangerFrame>,
  );
}

function SealForm({ view, state, person, seen, posts, newId }: Props): JSX.Element {
  const field = { view, state };
  return (
    <>
      <Notice view={view} kind="info" title={text.sealPage}>
        <p>{view.t(text.sealExplain)}</p>
      </Notice>
      <Form view={view} action={sealAddress(person.id)} once={newId()}>
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

type OpenProps = Props & Readonly<{ open: NonNullable<ShownSeal['open']> }>;

function Open(props: OpenProps): JSX.Element {
  const { view, state, person, seen, newId, keeps, open } = props;
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
            ...(open.before.length === 0
              ? []
              : [[text.sealedBefore, open.before.map((one) => sayBefore(one, view)).join('\n')] as const]),
          ]}
        />
        <p class="hint">{view.t(text.forNamed)}</p>
      </Panel>
      {keeps ? <CorrectForm {...props} /> : null}
      {keeps ? (
        <Panel view={view} title={text.unsealTitle}>
          <p>{view.t(text.unsealExplain)}</p>
          <Form view={view} action={`${sealAddress(person.id)}/end`} once={newId()}>
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

/** Somebody in danger moves: the new address takes the place of the old one, and nobody else sees either. */
function CorrectForm({ view, state, person, towns, newId, open }: OpenProps): JSX.Element {
  const values = { ...whereaboutsOf(open.person), ...state.values };
  return (
    <Panel view={view} title={text.correctTitle}>
      <p>{view.t(text.correctExplain)}</p>
      <Form view={view} action={`${sealAddress(person.id)}/correct`} once={newId()}>
        <HiddenFields values={{ revision: String(open.revision) }} />
        <AddressFields view={view} state={{ ...state, values }} towns={towns} />
        <Buttons>
          <Button>{view.t(text.correct)}</Button>
        </Buttons>
      </Form>
    </Panel>
  );
}

const sayBefore = ({ person, until }: SealedBefore, view: View): string =>
  [addressLine(person), person.phone, view.t(text.untilDay(showDate(dayInTokyo(until), view.language)))]
    .filter(Boolean)
    .join('　');

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
      <a href={fromReferral(sealAddress(person.id), referral)}>{view.t(text.toSealed)}</a>
    )}
  </span>
);
