import type { JSX } from 'preact';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { displayName, type ReadPatient } from '../people/record.ts';
import { tongueName } from '../programs/languages.ts';
import { variantName, variantQuery, type FormVariant } from '../programs/variants.ts';
import { showDate, showDateTime } from '../web/dates.ts';
import { Button, Form, LinkButton } from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Facts, Notice, Panel } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { text as ownText } from './own/text.ts';
import { endOfConsent, isInForce, recipientKinds, type Given } from './record.ts';
import { ConsentState, RecipientList } from './state.tsx';
import { alsoNames, howNames, itemNames, recipientNames, text } from './text.ts';

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
  /** The reader can record that the person takes it back. */
  mayWithdraw: boolean;
  /** Names of the bodies named one by one, by id. */
  bodyNames: ReadonlyMap<string, string>;
}>;

/** What a consent opens, to whom and until when, in plain words. */
export function showPage({
  view,
  shown,
  variants,
}: Readonly<{
  view: View;
  shown: ShownConsent;
  /** How else than as it was signed its form can be printed. */
  variants: readonly FormVariant[];
}>): string {
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
      {own ? (
        <ul class="inline-list">
          {variants.map((one) => (
            <li key={variantQuery(one)}>
              <a href={`/consents/${consent.id}/form.pdf?${variantQuery(one)}`}>
                {view.t(text.printIn(variantName(one)))}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      <Ended view={view} consent={consent} />
      <Panel view={view} title={text.opens} aside={<ConsentState view={view} consent={consent} />}>
        <Facts
          view={view}
          rows={[
            [text.whose, name ?? ''],
            [text.recipients, <RecipientList view={view} consent={consent} bodies={shown.bodies} />],
            [text.items, <List says={consent.items.map((item) => itemNames[item])} view={view} />],
            ...consent.also.map(
              (one) =>
                [
                  one.recipient === 'resident' ? alsoNames.resident : alsoNames.resource,
                  <List says={one.items.map((item) => itemNames[item])} view={view} />,
                ] as const,
            ),
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
      {consent.takenBack.length > 0 ? (
        <TakenBack view={view} consent={consent} bodyNames={shown.bodyNames} />
      ) : null}
      {own && isInForce(consent, dayInTokyo(view.now)) ? (
        <Panel view={view} title={ownText.make}>
          <p>{view.t(ownText.makeLead)}</p>
          <Form view={view} action={`/consents/${consent.id}/own-page`}>
            <Button kind="secondary">{view.t(ownText.make)}</Button>
          </Form>
        </Panel>
      ) : null}
      {shown.mayWithdraw && consent.status === 'active' ? (
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
    ...(consent.language === undefined ? [] : [[text.language, tongueName(consent.language)] as const]),
    [text.signedBy, signer],
    [text.evidenceShown, proof],
  ];
}

/** Said first: what follows is what the consent opened, and it opens nothing any more. */
function Ended({ view, consent }: Readonly<{ view: View; consent: Given }>): JSX.Element | null {
  const end = endOfConsent(consent, dayInTokyo(view.now));
  if (!end) return null;
  const day = end.on === undefined ? '' : showDate(end.on, view.language);
  return (
    <Notice
      view={view}
      kind="warning"
      title={end.kind === 'withdrawn' ? text.endedWithdrawn(day) : text.endedExpired(day)}
    >
      {consent.withdrawn ? (
        <p>
          {view.t(text.withdrawnWhy)}：{consent.withdrawn.reason}
        </p>
      ) : null}
    </Notice>
  );
}

/** Parts that were taken back since, each with its day. */
const TakenBack = ({
  view,
  consent,
  bodyNames,
}: Readonly<{ view: View; consent: Given; bodyNames: ReadonlyMap<string, string> }>): JSX.Element => (
  <Notice view={view} kind="info" title={text.takenBack}>
    <ul>
      {consent.takenBack.map((part, i) => {
        const whom = recipientKinds.find((kind) => kind === part.recipient);
        const name = whom ? view.t(recipientNames[whom]) : (bodyNames.get(part.recipient ?? '') ?? '');
        const what = part.item ? view.t(itemNames[part.item]) : '';
        return (
          <li key={i}>
            {[name, what].filter(Boolean).join(view.t(text.partJoin))}（
            {showDate(part.at.slice(0, 10), view.language)} {part.reason}）
          </li>
        );
      })}
    </ul>
  </Notice>
);

const List = ({ view, says }: Readonly<{ view: View; says: readonly Sentence[] }>): JSX.Element => (
  <ul>
    {says.map((one, i) => (
      <li key={i}>{view.t(one)}</li>
    ))}
  </ul>
);
