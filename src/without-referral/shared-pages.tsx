import { legalBases, legalBasisNames } from '../consent/legal-basis.ts';
import { consentItems } from '../consent/record.ts';
import { itemNames } from '../consent/text.ts';
import { joinSentences, type Sentence } from '../kernel/sentence.ts';
import { LimitsMark } from '../people/danger/marks.tsx';
import { displayName, readOrganization, readPatient } from '../people/record.ts';
import { showDate } from '../web/dates.ts';
import { LinkButton } from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Empty, Facts, Panel, Status, Table } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import type { Opened } from './opened.ts';
import { OpenedPanels } from './opened-panels.tsx';
import type { SharedLine } from './queries.ts';
import { text } from './text.ts';

const groundOf = (line: SharedLine) => {
  const basis = legalBasisNames.find((name) => name === line.basis);
  return basis === undefined ? text.byConsent : legalBases[basis];
};
/** Sights end at midnight: the last day is the one before. */
const lastDay = ({ until }: SharedLine): Date => new Date(until.getTime() - 1);
const itemsOf = (line: SharedLine) =>
  joinSentences(consentItems.filter((item) => line.items.includes(item)).map((item) => itemNames[item]));

/** Persons that were shared with the body, by their consent or by law. */
export const sharedPage = ({ view, lines }: Readonly<{ view: View; lines: readonly SharedLine[] }>): string =>
  renderPage(
    <Frame view={view} title={text.shared} lead={text.sharedLead} wide>
      {lines.length === 0 ? (
        <Empty view={view} title={text.sharedNone} next={<p>{view.t(text.sharedNoneNext)}</p>} />
      ) : (
        <Table
          view={view}
          caption={text.shared}
          hideCaption
          columns={[
            { label: text.name },
            { label: text.ground },
            { label: text.items },
            { label: text.from },
            { label: text.readUntil, kind: 'date' },
          ]}
          rows={lines.map((line, i) => {
            const person = line.patient === null ? undefined : readPatient(line.patient);
            return {
              key: `${line.patient_id} ${String(i)}`,
              cells: [
                <div class="state">
                  <a href={`/shared/${line.patient_id}`}>
                    {person === undefined ? view.t(text.hiddenPerson) : displayName(person, view.language)}
                  </a>
                  <LimitsMark view={view} person={person} />
                </div>,
                view.t(groundOf(line)),
                view.t(itemsOf(line)),
                line.from_body === null ? '' : readOrganization(line.from_body).name,
                showDate(lastDay(line), view.language),
              ],
            };
          })}
        />
      )}
    </Frame>,
  );

/** One of them, to be read. */
export function sharedPersonPage(
  props: Readonly<{
    view: View;
    lines: readonly SharedLine[];
    opened: Opened;
    /** What the sheet is called that the reader's body shares with the doctor. */
    sheet: Sentence | undefined;
  }>,
): string {
  const { view, lines, opened } = props;
  const [first] = lines;
  return renderPage(
    <Frame
      view={view}
      title={opened.person === undefined ? text.shared : displayName(opened.person, view.language)}
      back={{ href: '/shared', label: text.backToShared }}
      actions={
        props.sheet === undefined || first === undefined || opened.person === undefined ? undefined : (
          <LinkButton href={`/shared/${first.patient_id}/sheet`} kind="secondary">
            {view.t(props.sheet)}
          </LinkButton>
        )
      }
    >
      <Panel view={view} title={text.ground}>
        <Facts
          view={view}
          rows={lines.map((line) => [
            groundOf(line),
            <span class="state">
              <Status shape="full" tone="info">
                {view.t(text.until(showDate(lastDay(line), view.language)))}
              </Status>
              <small>{view.t(itemsOf(line))}</small>
            </span>,
          ])}
        />
      </Panel>
      <OpenedPanels view={view} opened={opened} />
    </Frame>,
  );
}
