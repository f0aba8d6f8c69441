import type { JSX } from 'preact';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { showDate } from '../web/dates.ts';
import { Button, Form, LinkButton, TextField, emptyForm } from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Empty, Pager, Status, Table } from '../web/parts.tsx';
import { PickBar, PickBox } from '../web/picking.tsx';
import type { View } from '../web/view.ts';
import { LimitsMark } from './danger/marks.tsx';
import { pageSize, type PatientLine } from './queries.ts';
import { ageOn, displayName, readOrganization, readPatient } from './record.ts';
import { answersState, consentState, referralState, resultState, type State } from './steps.ts';
import { text } from './text.ts';

export type BlankSheet = Readonly<{ href: string; label: Sentence }>;

type Props = Readonly<{
  view: View;
  sheets: readonly BlankSheet[];
  lines: readonly PatientLine[];
  typed: string;
  page: number;
  newId: () => string;
  /** Stands above the list. */
  news: JSX.Element | undefined;
}>;

/** The clinic's patients, each with the state of the four steps. */
export function listPage({ view, lines, typed, page, newId, news, sheets }: Props): string {
  const register = <LinkButton href={`/patients/new?form=${newId()}`}>{view.t(text.register)}</LinkButton>;
  const shown = lines.slice(0, pageSize);
  return renderPage(
    <Frame
      view={view}
      wide
      title={text.patients}
      lead={text.patientsLead}
      actions={
        <>
          {register}
          {sheets.map(({ href, label }) => (
            <LinkButton key={href} href={href} kind="secondary">
              {view.t(label)}
            </LinkButton>
          ))}
        </>
      }
    >
      {news}
      <Form view={view} method="get" action="/patients" inline>
        <TextField
          view={view}
          state={emptyForm({ q: typed })}
          name="q"
          label={text.search}
          hint={text.searchHint}
          type="search"
          mark={false}
        />
        <Button kind="secondary">{view.t(text.find)}</Button>
        {typed === '' ? null : (
          <LinkButton href="/patients" kind="quiet">
            {view.t(text.showAll)}
          </LinkButton>
        )}
      </Form>
      {shown.length === 0 ? (
        <Nobody view={view} typed={typed} register={register} />
      ) : (
        <Table
          view={view}
          dense
          caption={typed === '' ? text.newestFirst : text.found(typed)}
          columns={[
            { label: text.name },
            { label: text.answers },
            { label: text.consent },
            { label: text.referral },
            { label: text.result },
            { label: text.activity, kind: 'date' },
            { label: text.print },
          ]}
          rows={shown.map((line) => ({ key: line.patient_id, cells: cellsOf(view, line) }))}
        />
      )}
      {shown.length === 0 ? null : (
        <PickBar
          view={view}
          action="/prints/new"
          list={typed === '' ? {} : { q: typed }}
          ticked={text.printTicked}
          all={text.printAll}
        />
      )}
      <Pager
        view={view}
        previous={page > 1 ? hrefOf(typed, page - 1) : undefined}
        next={lines.length > pageSize ? hrefOf(typed, page + 1) : undefined}
        says={text.pageOf(page)}
      />
    </Frame>,
  );
}

const hrefOf = (typed: string, page: number): string =>
  `/patients?${new URLSearchParams({ ...(typed === '' ? {} : { q: typed }), page: String(page) }).toString()}`;

function Nobody({
  view,
  typed,
  register,
}: Pick<Props, 'view' | 'typed'> & Readonly<{ register: JSX.Element }>): JSX.Element {
  const [title, next] =
    typed === '' ? [text.noneYet, text.noneYetNext] : [text.noneFound, text.noneFoundNext];
  return (
    <Empty
      view={view}
      title={title}
      next={
        <>
          <p>{view.t(next)}</p>
          {register}
        </>
      }
    />
  );
}

function cellsOf(view: View, line: PatientLine): JSX.Element[] {
  const person = readPatient(line.patient);
  const years = ageOn(person.birthDate, dayInTokyo(view.now));
  const name = displayName(person, view.language);
  const kana = [person.familyKana, person.givenKana].filter(Boolean).join(' ');
  const office = line.office ? readOrganization(line.office).name : '';
  return [
    <div class="state">
      <a href={`/patients/${person.id}`}>{name}</a>
      <small>
        {[
          view.language === 'ja' && kana !== name ? kana : '',
          years === undefined ? '' : view.t(text.age(years)),
        ]
          .filter(Boolean)
          .join('　')}
      </small>
      <LimitsMark view={view} person={person} />
    </div>,
    <Answers view={view} line={line} />,
    <Stand view={view} state={consentState(line, view.now)} />,
    <div class="state">
      <Stand view={view} state={referralState(line)} />
      {office === '' ? null : <small>{office}</small>}
    </div>,
    <Stand view={view} state={resultState(line)} />,
    <>{showDate(line.at, view.language)}</>,
    <PickBox view={view} id={person.id} name={displayName(person, view.language)} />,
  ];
}

/** How far the questionnaire is; what has to be seen today leads there. */
function Answers({ view, line }: Readonly<{ view: View; line: PatientLine }>): JSX.Element {
  const stand = <Stand view={view} state={answersState(line)} />;
  if (line.see_today === null) return stand;
  return <a href={`/patients/${line.patient_id}/answers/${line.see_today}`}>{stand}</a>;
}

const Stand = ({ view, state }: Readonly<{ view: View; state: State }>): JSX.Element => (
  <Status shape={state.shape} tone={state.tone}>
    {view.t(state.says)}
  </Status>
);
