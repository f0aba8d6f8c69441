import type { JSX } from 'preact';
import type { ReadBody } from '../../people/record.ts';
import { showDate, showDateTime } from '../../web/dates.ts';
import {
  Button,
  Buttons,
  DateField,
  ErrorSummary,
  Form,
  LinkButton,
  PhoneLink,
  PrintButton,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Confirmation, Facts, Notice, Panel, Table } from '../../web/parts.tsx';
import { QrCode } from '../../web/qr.tsx';
import type { View } from '../../web/view.ts';
import { Provisions } from '../provided/page.tsx';
import type { Provision } from '../provided/record.ts';
import { text as providedText } from '../provided/text.ts';
import { recipientKinds, type Given } from '../record.ts';
import { itemNames, recipientNames, text as consentText } from '../text.ts';
import type { Looker } from './queries.ts';
import { text } from './text.ts';

/** For the clinic, once: the address to be printed and handed over. */
export function madePage(
  props: Readonly<{
    view: View;
    address: string;
    until: string;
    clinic: ReadBody;
    back: Readonly<{ href: string; label: { ja: string; en: string } }>;
  }>,
): string {
  const { view, address } = props;
  return renderPage(
    <Frame
      view={view}
      title={text.madeTitle}
      lead={text.madeLead}
      back={props.back}
      actions={<PrintButton view={view} />}
    >
      <Panel view={view} title={text.hello}>
        <p>{view.t(text.howTo)}</p>
        <QrCode address={address} label={view.t(text.qr)} />
        <p>
          {view.t(text.address)}: <code>{address}</code>
        </p>
        <p>{view.t(text.validUntil(showDate(props.until, view.language)))}</p>
        <Notice view={view} kind="info" title={text.keepSafe} />
      </Panel>
      <Ask view={view} clinic={props.clinic} />
    </Frame>,
  );
}

/** Whoever holds the sheet says first that they are the person. */
export function birthPage(
  props: Readonly<{
    view: View;
    state: FormState;
    base: string;
    clinic: ReadBody | undefined;
    /** Asked once more, after a while. */
    isAgain?: boolean;
  }>,
): string {
  const { view, state } = props;
  return renderPage(
    <Frame view={view} plain title={text.hello} lead={text.helloLead} state={state}>
      <ErrorSummary view={view} state={state} />
      {props.isAgain === true ? <Notice view={view} kind="info" title={text.again} live /> : null}
      <Form view={view} action={props.base}>
        <DateField view={view} state={state} name="birth" label={text.birth} birthday required />
        <Buttons>
          <Button>{view.t(text.open)}</Button>
        </Buttons>
      </Form>
      <Ask view={view} clinic={props.clinic} />
    </Frame>,
  );
}

/** What the person agreed to, who sees it now, who has looked; and the way to take it back. */
export function ownPage(
  props: Readonly<{
    view: View;
    base: string;
    /** In force, each with what of it still stands. */
    consents: readonly (Given & Readonly<{ id: string }>)[];
    bodies: ReadonlyMap<string, string>;
    seers: readonly Readonly<{ name: string; audience: string }>[];
    lookers: readonly Looker[];
    provisions: readonly Provision[];
    clinic: ReadBody | undefined;
  }>,
): string {
  const { view, base, consents, bodies } = props;
  return renderPage(
    <Frame view={view} plain title={text.hello}>
      {consents.length === 0 ? (
        <Panel view={view} title={text.agreed}>
          <p>{view.t(text.none)}</p>
        </Panel>
      ) : null}
      {consents.map((given) => (
        <Panel view={view} title={text.agreed} key={given.id}>
          <Facts view={view} rows={factsOf(view, given, bodies)} />
          <Buttons>
            <LinkButton href={`${base}/consents/${given.id}/withdraw`} kind="secondary">
              {view.t(text.takeBack)}
            </LinkButton>
          </Buttons>
        </Panel>
      ))}
      <Panel view={view} title={text.sees}>
        {props.seers.length === 0 ? (
          <p>{view.t(text.nobodySees)}</p>
        ) : (
          <ul>
            {props.seers.map((one) => (
              <li key={`${one.name} ${one.audience}`}>
                {one.audience === 'resident' ? `${one.name}（${view.t(text.residents)}）` : one.name}
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <details class="folded">
        <summary>{view.t(providedText.provided)}</summary>
        <div class="folded-body">
          <Provisions view={view} provisions={props.provisions} />
        </div>
      </details>
      <details class="folded">
        <summary>{view.t(text.looked)}</summary>
        <div class="folded-body">
          <Lookers view={view} lookers={props.lookers} />
        </div>
      </details>
      <Ask view={view} clinic={props.clinic} />
    </Frame>,
  );
}

const factsOf = (view: View, given: Given, bodies: ReadonlyMap<string, string>) =>
  [
    [
      text.recipients,
      <List
        says={[
          ...given.recipients.map((kind) => view.t(recipientNames[kind])),
          ...given.recipientIds.flatMap((id) => bodies.get(id) ?? []),
        ]}
      />,
    ],
    [text.items, <List says={given.items.map((item) => view.t(itemNames[item]))} />],
    ...(given.takenBack.length === 0
      ? []
      : [[text.takenBefore, <List says={takenNames(view, given, bodies)} />] as const]),
    [text.until, showDate(given.until, view.language)],
  ] as const;

const List = ({ says }: Readonly<{ says: readonly string[] }>): JSX.Element => (
  <ul>
    {says.map((one) => (
      <li key={one}>{one}</li>
    ))}
  </ul>
);

/** What was taken back before, in the words in which it was given. */
const takenNames = (view: View, { takenBack }: Given, bodies: ReadonlyMap<string, string>): string[] =>
  takenBack.map(({ recipient, item }) => {
    const kind = recipientKinds.find((one) => one === recipient);
    const whom = kind ? view.t(recipientNames[kind]) : (bodies.get(recipient ?? '') ?? '');
    return [whom, item ? view.t(itemNames[item]) : ''].filter(Boolean).join(view.t(consentText.partJoin));
  });

const Lookers = ({ view, lookers }: Readonly<{ view: View; lookers: readonly Looker[] }>): JSX.Element => (
  <Table
    view={view}
    caption={text.looked}
    hideCaption
    columns={[{ label: text.body }, { label: text.lookedAt }, { label: text.times }]}
    rows={lookers.map((one) => ({
      key: one.name,
      cells: [
        <>{one.own ? `${one.name}（${view.t(text.ownClinic)}）` : one.name}</>,
        <>{showDateTime(one.at.toISOString(), view.language)}</>,
        <>{String(one.times)}</>,
      ],
    }))}
  />
);

/** `left` leads back to what is left of the person's consents. */
export function donePage(
  props: Readonly<{ view: View; clinic: ReadBody | undefined; left: string | undefined }>,
): string {
  const { view } = props;
  return renderPage(
    <Frame view={view} plain title={text.done} heading={false}>
      <Confirmation view={view} title={text.done}>
        <p>{view.t(text.doneLead)}</p>
      </Confirmation>
      {props.left === undefined ? null : (
        <Buttons>
          <LinkButton href={props.left} kind="secondary">
            {view.t(text.ownAgain)}
          </LinkButton>
        </Buttons>
      )}
      <Ask view={view} clinic={props.clinic} />
    </Frame>,
  );
}

/** For whoever comes back to a sheet that leads nowhere any more. Says nothing of the person. */
export const overPage = ({ view, clinic }: Readonly<{ view: View; clinic: ReadBody | undefined }>): string =>
  renderPage(
    <Frame view={view} plain title={text.over} lead={text.overWhy}>
      <p>{view.t(text.overNext)}</p>
      <Ask view={view} clinic={clinic} />
    </Frame>,
  );

const Ask = ({ view, clinic }: Readonly<{ view: View; clinic: ReadBody | undefined }>): JSX.Element => (
  <Panel view={view} title={text.ask}>
    <p>
      {view.t(text.call(clinic?.name ?? view.t(text.ownClinic)))}{' '}
      {clinic?.phone === undefined ? null : <PhoneLink number={clinic.phone} />}
    </p>
  </Panel>
);
