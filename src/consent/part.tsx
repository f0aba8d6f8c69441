import type { JSX } from 'preact';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { joinSentences } from '../kernel/sentence.ts';
import type { PersonPart } from '../people/part.ts';
import { showDate } from '../web/dates.ts';
import { LinkButton } from '../web/form.tsx';
import { Empty, Notice, Panel, Table } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { isInForce } from './opening.ts';
import { consentsOf } from './queries.ts';
import { readConsent, type Given } from './record.ts';
import { ConsentState } from './state.tsx';
import { itemNames, recipientNames, text } from './text.ts';

type Kept = Given & Readonly<{ id: string }>;

/** Consent on a person's page: what was agreed to, until when, and whether it holds. */
export const consentPart: PersonPart = async (records, person) => {
  const consents = (await consentsOf(records, person.id)).map(readConsent);
  const today = dayInTokyo(records.now);
  const hasExpired = consents.some((one) => one.status === 'active' && one.until < today);
  const last = consents
    .filter((one) => isInForce(one, today))
    .map((one) => one.until)
    .toSorted()
    .at(-1);
  const isEnding = last !== undefined && last < dayInTokyo(new Date(records.now.getTime() + soon));
  return {
    steps: [
      {
        id: 'consent',
        label: text.consent,
        done: consents.some((one) => isInForce(one, today)),
        next: {
          href: `/patients/${person.id}/consents/new`,
          label: hasExpired ? text.renewConsent : text.nextConsent,
        },
        panel: (view, isNext) => (
          <ConsentPanel view={view} patient={person.id} consents={consents} isNext={isNext} />
        ),
      },
    ],
    ...(isEnding ? { news: (view) => <Ending view={view} patient={person.id} until={last} /> } : {}),
  };
};

/** From then on everybody concerned has been told that it ends (`referral/expiry.ts`). */
const soon = 30 * 86_400_000;

function Ending(props: Readonly<{ view: View; patient: string; until: string }>): JSX.Element {
  const { view, patient } = props;
  return (
    <Notice view={view} kind="info" title={text.ending(showDate(props.until, view.language))}>
      <p>
        <a href={`/patients/${patient}/consents/new`}>{view.t(text.renewConsent)}</a>
      </p>
    </Notice>
  );
}

function ConsentPanel(
  props: Readonly<{ view: View; patient: string; consents: readonly Kept[]; isNext: boolean }>,
): JSX.Element {
  const { view, patient, consents } = props;
  const href = `/patients/${patient}/consents/new`;
  const some = consents.length > 0;
  return (
    <Panel
      view={view}
      id="consent"
      title={text.consent}
      aside={some ? <a href={href}>{view.t(text.another)}</a> : undefined}
    >
      {some ? (
        <Table
          view={view}
          caption={text.consent}
          hideCaption
          columns={[
            { label: text.period },
            { label: text.status },
            { label: text.recipients },
            { label: text.items },
          ]}
          rows={consents.map((consent) => ({ key: consent.id, cells: cellsOf(view, consent) }))}
        />
      ) : (
        <Empty
          view={view}
          title={text.none}
          next={
            <>
              <p>{view.t(text.noneNext)}</p>
              {props.isNext ? null : (
                <LinkButton href={href} kind="secondary">
                  {view.t(text.nextConsent)}
                </LinkButton>
              )}
            </>
          }
        />
      )}
    </Panel>
  );
}

const cellsOf = (view: View, consent: Kept): JSX.Element[] => [
  <a href={`/consents/${consent.id}`}>{view.t(text.validUntil(showDate(consent.until, view.language)))}</a>,
  <ConsentState view={view} consent={consent} />,
  <>
    {view.t(
      joinSentences([
        ...consent.recipients.map((kind) => recipientNames[kind]),
        ...(consent.recipientIds.length > 0 ? [text.namedBody] : []),
      ]),
    )}
  </>,
  <>{view.t(joinSentences(consent.items.map((item) => itemNames[item])))}</>,
];
