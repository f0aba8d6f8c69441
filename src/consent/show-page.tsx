import type { JSX } from 'preact';
import type { Sentence } from '../kernel/sentence.ts';
import { displayName, type ReadPatient } from '../people/record.ts';
import { showDate, showDateTime } from '../web/dates.ts';
import { LinkButton } from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Facts, Notice, Panel } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import type { Given } from './record.ts';
import { ConsentState, RecipientList } from './state.tsx';
import { howNames, itemNames, text } from './text.ts';

export type ShownConsent = Readonly<{
  consent: Given & Readonly<{ id: string }>;
  /** Undefined when the reader may not see the person. */
  person: ReadPatient | undefined;
  clinic: string;
  explainer: string | undefined;
  /** Names of bodies named one by one. */
  bodies: readonly string[];
  /** A copy or a drawn signature can be opened. */
  hasScan: boolean;
  /** The reader works for the clinic that took it. */
  own: boolean;
}>;

/** What a consent opens, to whom and until when, in plain words. */
export function showPage({ view, shown }: Readonly<{ view: View; shown: ShownConsent }>): string {
  const { consent, person, own } = shown;
  const name = person && displayName(person, view.language);
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      back={own && person && name ? { href: `/patients/${person.id}`, label: name } : undefined}
      actions={
        own ? (
          <LinkButton href={`/consents/${consent.id}/form.pdf`} kind="secondary">
            {view.t(text.print)}
          </LinkButton>
        ) : undefined
      }
    >
      <Panel view={view} title={text.opens} aside={<ConsentState view={view} consent={consent} />}>
        <Facts
          view={view}
          rows={[
            [text.whose, name ?? ''],
            [text.recipients, <RecipientList view={view} consent={consent} bodies={shown.bodies} />],
            [text.items, <List says={consent.items.map((item) => itemNames[item])} view={view} />],
            [
              text.period,
              view.t(
                text.span(showDate(consent.from, view.language), showDate(consent.until, view.language)),
              ),
            ],
          ]}
        />
        <p class="hint">{view.t(text.whatOthersSee)}</p>
      </Panel>
      <Panel view={view} title={text.evidenceShown}>
        <Facts view={view} rows={proofRows(view, shown)} />
      </Panel>
      {consent.withdrawn ? <Withdrawn view={view} withdrawn={consent.withdrawn} /> : null}
      {own && consent.status === 'active' ? (
        <LinkButton href={`/consents/${consent.id}/withdraw`} kind="danger">
          {view.t(text.withdrawLink)}
        </LinkButton>
      ) : null}
    </Frame>,
  );
}

function proofRows(
  view: View,
  { consent, clinic, explainer, person, hasScan }: ShownConsent,
): (readonly [Sentence, JSX.Element | string])[] {
  const { proxy, evidence } = consent;
  const signer = proxy
    ? view.t(text.signedByProxy(proxy.name, proxy.relation, proxy.why))
    : person
      ? displayName(person, view.language)
      : '';
  const proof =
    evidence.kind === 'paper' && !hasScan ? (
      evidence.title
    ) : evidence.kind === 'drawn' ? (
      <img
        class="signature-shown"
        src={`/consents/${consent.id}/scan`}
        width="300"
        height="100"
        alt={view.t(text.drawnShown)}
      />
    ) : (
      <a href={`/consents/${consent.id}/scan`}>{view.t(text.openScan)}</a>
    );
  return [
    [text.given, showDateTime(consent.at, view.language)],
    [text.taker, clinic],
    [text.explainedBy, explainer ?? ''],
    [text.explainedHow, view.t(howNames[consent.explainedHow])],
    [text.signedBy, signer],
    [text.evidenceShown, proof],
  ];
}

const Withdrawn = ({
  view,
  withdrawn,
}: Readonly<{ view: View; withdrawn: NonNullable<Given['withdrawn']> }>): JSX.Element => (
  <Notice view={view} kind="warning" title={text.withdrawn}>
    <Facts
      view={view}
      rows={[
        [text.withdrawnOn, showDateTime(withdrawn.at, view.language)],
        [text.withdrawnWhy, withdrawn.reason],
      ]}
    />
  </Notice>
);

const List = ({ view, says }: Readonly<{ view: View; says: readonly Sentence[] }>): JSX.Element => (
  <ul>
    {says.map((one, i) => (
      <li key={i}>{view.t(one)}</li>
    ))}
  </ul>
);
