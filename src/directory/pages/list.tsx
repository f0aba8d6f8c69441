import type { JSX } from 'preact';
import { needLabel, needs } from '../../programs/needs.ts';
import {
  Button,
  Buttons,
  emptyForm,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  SelectField,
  SingleCheck,
  TextField,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Pager, Panel, PhoneLink, Status, Table, Tabs, type Row } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { AreaNames } from '../areas.ts';
import { freshnessOf } from '../freshness.ts';
import { interests } from '../interests.ts';
import type { Keeper } from '../keeper.ts';
import { pageSize, type Line } from '../queries.ts';
import { capacities, readResource } from '../record.ts';
import { isNarrow, searchHref, type Search } from '../search.ts';
import { capacityNames, text } from '../text.ts';
import { CapacityMark, FreshnessMark, NeedList, sayAreas } from './parts.tsx';

export type ListGiven = Readonly<{
  view: View;
  keeper: Keeper;
  search: Search;
  lines: readonly Line[];
  areas: AreaNames;
  /** How many wait to be checked, for those who check. */
  old: number | undefined;
  mayAdd: boolean;
}>;

export const listPage = (given: ListGiven): string => {
  const { view, search } = given;
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={search.show === 'old' ? text.oldLead : text.lead}
      wide
      actions={
        given.mayAdd ? (
          <LinkButton href="/resources/new" kind="secondary">
            {view.t(text.add)}
          </LinkButton>
        ) : undefined
      }
    >
      <ListTabs {...given} />
      {search.show === 'own' ? null : <SearchForm {...given} />}
      <Found {...given} />
    </Frame>,
  );
};

function ListTabs({ view, keeper, search, old }: ListGiven): JSX.Element | null {
  const tab = (show: Search['show'], label: (typeof text)['all' | 'own' | 'old'], count?: number) => ({
    href: searchHref({ show }),
    label,
    current: search.show === show,
    count,
  });
  if (keeper.role === 'resource')
    return <Tabs view={view} label={text.views} tabs={[tab('all', text.all), tab('own', text.own)]} />;
  if (old === undefined) return null;
  return <Tabs view={view} label={text.views} tabs={[tab('all', text.all), tab('old', text.old, old)]} />;
}

function SearchForm({ view, search, areas }: ListGiven): JSX.Element {
  const state = emptyForm({
    words: search.typed,
    need: search.need ?? '',
    area: search.area ?? '',
    interest: search.interest ?? '',
    capacity: search.capacity ?? '',
    closed: search.closed ? 'yes' : '',
  });
  const field = { view, state, mark: false } as const;
  return (
    <Panel view={view} title={text.search}>
      <div class="wide-form">
        <Form view={view} action="/resources" method="get">
          <HiddenFields values={{ show: search.show === 'all' ? undefined : search.show }} />
          <div class="inline-form">
            <TextField {...field} name="words" type="search" label={text.words} />
            <SelectField
              {...field}
              name="area"
              label={text.area}
              empty={text.anyArea}
              options={[...areas].map(([value, label]) => ({ value, label }))}
            />
          </div>
          <details>
            <summary>{view.t(text.moreConditions)}</summary>
            <div class="inline-form">
              <SelectField
                {...field}
                name="interest"
                label={text.interest}
                empty={text.anyInterest}
                options={Object.entries(interests).map(([value, label]) => ({ value, label }))}
              />
              <SelectField
                {...field}
                name="capacity"
                label={text.capacity}
                empty={text.anyCapacity}
                options={capacities.map((value) => ({ value, label: capacityNames[value] }))}
              />
              <SingleCheck {...field} name="closed" label={text.withClosed} />
            </div>
            <div class="card-grid">
              <RadioField
                {...field}
                name="need"
                label={text.need}
                options={[
                  { value: '', label: text.anyNeed },
                  ...needs.map((n) => ({ value: n.code, label: n.label, picture: n.picture })),
                ]}
              />
            </div>
          </details>
          <Buttons>
            <Button>{view.t(text.go)}</Button>
            {isNarrow(search) ? (
              <LinkButton href={searchHref({ show: search.show })} kind="quiet">
                {view.t(text.clear)}
              </LinkButton>
            ) : null}
          </Buttons>
        </Form>
      </div>
    </Panel>
  );
}

function Found({ view, search, lines, areas, mayAdd }: ListGiven): JSX.Element {
  const [first] = lines;
  if (!first) return <Nothing view={view} search={search} mayAdd={mayAdd} />;
  const from = (search.page - 1) * pageSize + 1;
  const says = text.found(from, from + lines.length - 1, first.total);
  return (
    <>
      <p role="status">{sayFound(view, search, first.total, areas)}</p>
      <Table
        view={view}
        caption={text.listed}
        hideCaption
        columns={[
          { label: text.name },
          { label: text.capacity },
          { label: text.needs },
          { label: text.areas },
          { label: text.fee },
          { label: text.phone, kind: 'date' },
          { label: text.checked },
        ]}
        rows={lines.map((line) => rowOf(view, line, areas))}
      />
      <Pager
        view={view}
        says={says}
        previous={search.page > 1 ? searchHref(search, search.page - 1) : undefined}
        next={from + lines.length - 1 < first.total ? searchHref(search, search.page + 1) : undefined}
      />
    </>
  );
}

/** How many there are, and for what: the conditions are folded away once the list is there. */
function sayFound(view: View, search: Search, total: number, areas: AreaNames): string {
  const { need, interest, capacity, area } = search;
  const chosen = [
    ...search.words,
    ...(area === undefined ? [] : [areas.get(area) ?? area]),
    ...[
      ...(need === undefined ? [] : [needLabel(need)]),
      ...(interest === undefined ? [] : [interests[interest]]),
      ...(capacity === undefined ? [] : [capacityNames[capacity]]),
      ...(search.closed ? [text.withClosed] : []),
    ].map(view.t),
  ];
  const number = view.t(text.number(total));
  return chosen.length === 0 ? number : `${number}（${chosen.join(view.language === 'ja' ? '、' : ', ')}）`;
}

function Nothing({ view, search, mayAdd }: Pick<ListGiven, 'view' | 'search' | 'mayAdd'>): JSX.Element {
  if (search.show === 'old' && !isNarrow(search)) return <Empty view={view} title={text.noneOld} />;
  const add = mayAdd ? <LinkButton href="/resources/new">{view.t(text.add)}</LinkButton> : null;
  return search.show === 'own' && !isNarrow(search) ? (
    <Empty view={view} title={text.noneOwn} next={add} />
  ) : (
    <Empty view={view} title={text.none} next={<p>{view.t(text.noneNext)}</p>} />
  );
}

const fewNeeds = 2;
const fewAreas = 3;

function rowOf(view: View, { service, place, provider }: Line, areas: AreaNames): Row {
  const r = readResource(service, place ?? undefined);
  const where = [provider, r.place?.name].filter(Boolean).join('｜');
  return {
    key: r.id,
    ...(freshnessOf(r.assured, view.now).stale ? { tone: 'warn' as const } : {}),
    cells: [
      <span class="state">
        <a href={`/resources/${r.id}`}>{r.name}</a>
        {r.active ? null : (
          <Status shape="pause" tone="neutral">
            {view.t(text.closed)}
          </Status>
        )}
        <small>{where}</small>
      </span>,
      <CapacityMark view={view} capacity={r.capacity} />,
      <NeedList view={view} needs={r.needs} few={fewNeeds} />,
      sayAreas(view, r.areas, areas, fewAreas),
      r.fee ?? '',
      r.contact.phone === undefined ? '' : <PhoneLink number={r.contact.phone} />,
      <FreshnessMark view={view} resource={r} />,
    ],
  };
}
