import { legalBases, readLawful } from '../consent/legal-basis.ts';
import type { PersonPart } from '../people/part.ts';
import { showDate, showDateTime } from '../web/dates.ts';
import { LinkButton } from '../web/form.tsx';
import { Panel, Status, Table } from '../web/parts.tsx';
import { DisclosureState, disclosuresAddress } from './disclose-pages.tsx';
import { withoutConsent, type WithoutConsent } from './queries.ts';
import { text } from './text.ts';
import type { View } from '../web/view.ts';

/** What was opened of a person without consent, on their page: beside the consents and unlike them. */
export const withoutReferralPart: PersonPart = async (records, person) => {
  const lines = await withoutConsent(records, person.id);
  const mayDisclose = records.actor.role === 'doctor';
  return {
    steps: [],
    beside: (view) =>
      lines.length === 0 && !mayDisclose ? null : (
        <Panel
          view={view}
          id="without-consent"
          title={text.panel}
          aside={
            mayDisclose ? (
              <LinkButton href={disclosuresAddress(person.id, '/new')} kind="quiet" small>
                {view.t(text.discloseTitle)}
              </LinkButton>
            ) : undefined
          }
        >
          {lines.length === 0 ? (
            <p class="soft">{view.t(text.panelNone)}</p>
          ) : (
            <Table
              view={view}
              caption={text.panel}
              hideCaption
              columns={[
                { label: text.kind },
                { label: text.state },
                { label: text.by },
                { label: text.why },
                { label: text.at, kind: 'date' },
              ]}
              rows={lines.map((line) => ({ key: line.id, cells: cellsOf(view, line) }))}
            />
          )}
        </Panel>
      ),
  };
};

function cellsOf(view: View, line: WithoutConsent) {
  const at = showDateTime(line.at, view.language);
  if (line.consent === null)
    return [
      view.t(text.emergencyMark),
      <Status
        shape={line.until !== null && line.until > view.now ? 'alert' : 'square'}
        tone={line.until !== null && line.until > view.now ? 'bad' : 'neutral'}
      >
        {line.until === null ? '' : view.t(text.until(showDateTime(line.until, view.language)))}
      </Status>,
      line.body ?? '',
      `${line.because === null ? '' : view.t(text[line.because])} ${line.note ?? ''}`,
      at,
    ];
  const lawful = readLawful(line.consent);
  return [
    <a href={`/disclosures/${line.id}`}>{view.t(text.withoutConsent)}</a>,
    <div class="state">
      <DisclosureState view={view} active={lawful.active} />
      <small>{view.t(text.until(showDate(lawful.end, view.language)))}</small>
    </div>,
    line.body ?? '',
    view.t(legalBases[lawful.basis]),
    at,
  ];
}
