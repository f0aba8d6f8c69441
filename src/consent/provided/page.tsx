import type { JSX } from 'preact';
import { roleName } from '../../access/roles.ts';
import { joinSentences } from '../../kernel/sentence.ts';
import { displayName, type ReadPatient } from '../../people/record.ts';
import { showDate, showDateTime } from '../../web/dates.ts';
import { LinkButton } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Panel, Status, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Basis, Provision, ProvisionRecord, Seen } from './record.ts';
import { text } from './text.ts';

type Props = Readonly<{
  view: View;
  person: ReadPatient;
  shown: ProvisionRecord;
  /** Whether this reader has the list of single looks, too. */
  mayAskOneByOne: boolean;
}>;

/** To whom a person's information was given, and who looked. */
export function providedPage({ view, person, shown, mayAskOneByOne }: Props): string {
  const name = displayName(person, view.language);
  const [own, others] = [shown.looks.filter((one) => one.own), shown.looks.filter((one) => !one.own)];
  return renderPage(
    <Frame
      view={view}
      wide
      title={text.titleOf(name)}
      lead={text.lead}
      back={{ href: `/patients/${person.id}`, label: { ja: `${name}さんのページへ`, en: `Back to ${name}` } }}
      actions={
        <LinkButton href={`/patients/${person.id}/provided.pdf`} kind="secondary" small>
          {view.t(text.pdf)}
        </LinkButton>
      }
    >
      <Panel view={view} title={text.provided} id="provided">
        <Provisions view={view} provisions={shown.provisions} isLinked />
      </Panel>
      <Panel
        view={view}
        title={text.looked}
        id="looked"
        aside={
          mayAskOneByOne ? <a href={`/patients/${person.id}/access`}>{view.t(text.oneByOne)}</a> : undefined
        }
      >
        {others.length === 0 ? (
          <Empty view={view} title={text.nobody} />
        ) : (
          <Looks view={view} looks={others} />
        )}
        {own.length === 0 ? null : (
          <details class="folded">
            <summary>{view.t(text.own(own.reduce((sum, one) => sum + one.times, 0)))}</summary>
            <div class="folded-body">
              <Looks view={view} looks={own} />
            </div>
          </details>
        )}
      </Panel>
    </Frame>,
  );
}

/** The lines of the record; `isLinked` for whoever may open the consents. */
export function Provisions(
  props: Readonly<{ view: View; provisions: readonly Provision[]; isLinked?: boolean }>,
): JSX.Element {
  const { view, provisions } = props;
  if (provisions.length === 0) return <Empty view={view} title={text.none} />;
  return (
    <Table
      view={view}
      caption={text.provided}
      hideCaption
      columns={[{ label: text.to }, { label: text.when }, { label: text.items }, { label: text.basis }]}
      rows={provisions.map((one) => ({
        key: one.id,
        cells: [
          <div class="state">
            <span>{one.to?.name ?? view.t(text.unknown)}</span>
            <small>{view.t(one.audience)}</small>
          </div>,
          <When view={view} one={one} />,
          <>{view.t(joinSentences(one.items))}</>,
          <BasisWords view={view} basis={one.basis} isLinked={props.isLinked === true} />,
        ],
      }))}
    />
  );
}

function When({ view, one }: Readonly<{ view: View; one: Provision }>): JSX.Element {
  return (
    <div class="state">
      <span>{view.t(text.from(showDateTime(one.from, view.language)))}</span>
      {one.until === undefined ? (
        <Status shape="full" tone="info">
          {view.t(text.still)}
        </Status>
      ) : (
        <>
          <span>{view.t(text.until(showDateTime(one.until, view.language)))}</span>
          {one.because === undefined ? null : <small>{view.t(one.because)}</small>}
        </>
      )}
    </div>
  );
}

function BasisWords(props: Readonly<{ view: View; basis: Basis; isLinked: boolean }>): JSX.Element {
  const { view, basis } = props;
  const words = view.t(basisWords(basis, (at) => showDate(at, view.language)));
  return basis.kind === 'consent' && props.isLinked ? (
    <a href={`/consents/${basis.id}`}>{words}</a>
  ) : (
    <>{words}</>
  );
}

/** A basis in words; `day` shows an instant in the reader's language. */
export function basisWords(basis: Basis, day: (at: string) => string) {
  switch (basis.kind) {
    case 'consent': {
      const [on, by] = [text.consentOn(day(basis.at)), basis.proxy && text.byProxy(basis.proxy)];
      return { ja: `${on.ja}${by ? by.ja : ''}`, en: `${on.en}${by ? by.en : ''}` };
    }
    case 'law':
      return basis.says;
    case 'emergency':
      return {
        ja: `${text.emergency.ja}：${basis.says.ja}`,
        en: `${text.emergency.en}: ${basis.says.en}`,
      };
    case 'unknown':
      return text.unknown;
  }
}

const Looks = ({ view, looks }: Readonly<{ view: View; looks: readonly Seen[] }>): JSX.Element => (
  <Table
    view={view}
    caption={text.looked}
    hideCaption
    columns={[
      { label: text.who },
      { label: text.kind },
      { label: text.does },
      { label: text.last, kind: 'date' },
      { label: text.times },
    ]}
    rows={looks.map((one) => ({
      key: [one.name, one.role, one.kind.ja, one.does.ja].join(),
      cells: [
        <div class="state">
          <span>{one.name}</span>
          <small>{view.t(roleName(one.role))}</small>
        </div>,
        <>{view.t(one.kind)}</>,
        <>{view.t(one.does)}</>,
        <>{showDateTime(one.last, view.language)}</>,
        <>{view.t(text.timesOf(one.times))}</>,
      ],
    }))}
  />
);
