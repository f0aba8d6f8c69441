import type { JSX } from 'preact';
import { Button, Buttons, Form, LinkButton } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Notice, Panel, PhoneLink } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { AreaNames } from '../areas.ts';
import { interests, isInterest } from '../interests.ts';
import { capacities } from '../record.ts';
import type { Entry } from '../service.ts';
import { capacityNames, text, viewNames } from '../text.ts';
import { CapacityMark, FreshnessMark, NeedList, sayAreas } from './parts.tsx';

export type EntryGiven = Readonly<{
  view: View;
  entry: Entry;
  areas: AreaNames;
  /** Whoever looks keeps this entry. */
  kept: boolean;
  /** Where a link worker was looking for a resource for somebody. */
  search?: string | undefined;
  /** Where it is asked for that person. */
  ask?: string | undefined;
  newId: () => string;
}>;

export const entryPage = (given: EntryGiven): string => {
  const { view, entry, kept } = given;
  const { resource: r } = entry;
  return renderPage(
    <Frame
      view={view}
      title={r.name}
      back={
        given.search === undefined
          ? { href: '/resources', label: text.back }
          : { href: given.search, label: text.backToSearch }
      }
      {...(r.summary === '' ? {} : { lead: r.summary })}
      actions={
        <>
          {given.ask === undefined ? null : <LinkButton href={given.ask}>{view.t(text.ask)}</LinkButton>}
          {kept ? (
            <LinkButton href={`/resources/${r.id}/edit`} kind="secondary">
              {view.t(text.edit)}
            </LinkButton>
          ) : null}
          <LinkButton href={`/resources/${r.id}/sheet.pdf`} kind="secondary">
            {view.t(text.sheet)}
          </LinkButton>
        </>
      }
    >
      {r.active ? null : <Notice view={view} kind="warning" title={text.closedLong} />}
      <Panel view={view} title={text.about}>
        <Facts view={view} rows={aboutRows(given)} />
      </Panel>
      {kept ? <Upkeep {...given} /> : null}
      <Panel view={view} title={text.reach}>
        <Facts view={view} rows={reachRows(given)} />
      </Panel>
      <Panel view={view} title={text.forWhom}>
        <Facts view={view} rows={whomRows(given)} />
      </Panel>
    </Frame>,
  );
};

type Rows = Parameters<typeof Facts>[0]['rows'];

const aboutRows = ({ view, entry: { resource: r, provider } }: EntryGiven): Rows => [
  [text.capacity, <CapacityMark view={view} capacity={r.capacity} />],
  [text.checked, <FreshnessMark view={view} resource={r} withDay />],
  [text.availability, r.availability],
  [text.fee, r.fee],
  [text.provider, provider?.name],
  [text.kana, r.kana],
];

const reachRows = ({ view, entry: { resource: r } }: EntryGiven): Rows => [
  [text.phone, r.contact.phone === undefined ? '' : <PhoneLink number={r.contact.phone} />],
  [text.fax, r.contact.fax],
  [
    text.email,
    r.contact.email === undefined ? '' : <a href={`mailto:${r.contact.email}`}>{r.contact.email}</a>,
  ],
  [text.place, r.place?.name],
  [text.address, r.place?.address],
  [
    text.appointment,
    r.appointmentRequired === undefined
      ? ''
      : view.t(r.appointmentRequired ? text.appointmentYes : text.appointmentNo),
  ],
];

const whomRows = ({ view, entry: { resource: r }, areas }: EntryGiven): Rows => {
  const joined = (words: readonly string[]): string => words.join(view.language === 'ja' ? '、' : ', ');
  return [
    [text.needs, <NeedList view={view} needs={r.needs} />],
    [text.interests, joined(r.interests.map((code) => (isInterest(code) ? view.t(interests[code]) : code)))],
    [text.areas, sayAreas(view, r.areas, areas)],
    [text.eligibility, r.eligibility],
    [text.view, joined(r.views.map((v) => view.t(viewNames[v])))],
    [text.kind, view.t(text[r.kind])],
  ];
};

/** The two things that change most often take one click each. */
function Upkeep({ view, entry: { resource: r }, newId }: EntryGiven): JSX.Element {
  return (
    <div class="columns screen-only">
      <Panel view={view} title={text.checking}>
        <p>{view.t(text.stillRightLead)}</p>
        <Form view={view} action={`/resources/${r.id}/assure`} once={newId()}>
          <Button>{view.t(text.stillRight)}</Button>
        </Form>
      </Panel>
      <Panel view={view} title={text.capacityNow}>
        <p>{view.t(text.capacityLead)}</p>
        <Form view={view} action={`/resources/${r.id}/capacity`} once={newId()}>
          <Buttons>
            {capacities.map((capacity) => (
              <Button key={capacity} name="capacity" value={capacity} kind="secondary">
                {view.t(capacityNames[capacity])}
              </Button>
            ))}
          </Buttons>
        </Form>
      </Panel>
    </div>
  );
}
