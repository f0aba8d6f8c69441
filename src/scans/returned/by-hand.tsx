import type { JSX } from 'preact';
import { memberName } from '../../invitations/pages/state.tsx';
import { sayWhen } from '../../sessions/text.ts';
import { showDate } from '../../web/dates.ts';
import { Button, Form, RadioField, SelectField, TextField, type FormState } from '../../web/form.tsx';
import { Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { text as tray } from '../text.ts';
import type { FoundMember, sessionsLately } from './queries.ts';
import { text } from './text.ts';

type At = Readonly<{ view: View; state: FormState; page: string; newId: () => string }>;

/** A slip whose code could not be read: its insurer says whose it is. */
export const WhoseSlip = ({
  view,
  state,
  page,
  typed,
  found,
  newId,
}: At & Readonly<{ typed: string; found: readonly FoundMember[] | undefined }>): JSX.Element => (
  <Panel view={view} title={text.whoseSlip} id="whose">
    <Form view={view} action={`/scans/pages/${page}`} method="get">
      <TextField
        view={view}
        state={{ values: { q: typed }, issues: [] }}
        name="q"
        label={text.searchSlip}
        mark={false}
        type="search"
      />
      <Button kind="secondary">{view.t(tray.find)}</Button>
    </Form>
    {found === undefined ? null : found.length === 0 ? (
      <p role="status">{view.t(text.nobody)}</p>
    ) : (
      <Form view={view} action={`/scans/pages/${page}/slip`} once={newId()}>
        <input type="hidden" name="q" value={typed} />
        <RadioField
          view={view}
          state={state}
          name="invitation"
          label={text.person}
          required
          options={found.map((one) => ({
            value: one.id,
            label: `${memberName(view, one)}　${showDate(one.birth_date, view.language, { era: true })}`,
            hint: one.list,
          }))}
        />
        <Button>{view.t(text.attach)}</Button>
      </Form>
    )}
  </Panel>
);

/** An attendance list whose code could not be read: which session it is of. */
export const WhichSession = ({
  view,
  state,
  page,
  typed,
  sessions,
  newId,
}: At & Readonly<{ typed: string; sessions: Awaited<ReturnType<typeof sessionsLately>> }>): JSX.Element => (
  <Panel view={view} title={text.whichSession} id="session">
    <Form view={view} action={`/scans/pages/${page}/list`} once={newId()}>
      <input type="hidden" name="q" value={typed} />
      <SelectField
        view={view}
        state={state}
        name="session"
        label={text.session}
        required
        options={sessions.map((one) => ({
          value: one.id,
          label: `${sayWhen(one, view.language)}　${one.title}`,
        }))}
      />
      <Button kind="secondary">{view.t(text.attachList)}</Button>
    </Form>
  </Panel>
);
