import type { JSX } from 'preact';
import { displayName, readPatient } from '../people/record.ts';
import { statusNames, type Status } from '../referral/workflow.ts';
import { showDate, showDateTime } from '../web/dates.ts';
import {
  Button,
  Buttons,
  ErrorSummary,
  Form,
  LinkButton,
  RadioField,
  TextArea,
  TextField,
  type FormState,
} from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Notice, Panel } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { Picture } from './picture.tsx';
import type { FoundCase, ScanPage } from './queries.ts';
import { text, whats } from './text.ts';
import { whyOf } from './tray-page.tsx';

type Props = Readonly<{
  view: View;
  page: ScanPage;
  state: FormState;
  /** What was searched for, and who was found. */
  typed: string;
  found: readonly FoundCase[] | undefined;
  /** A referral that came by fax can be entered here. */
  mayRegister: boolean;
  insurer: boolean;
  /** Whose it may be, where it belongs into no record: asked instead, or besides. */
  instead: JSX.Element | undefined;
  besides: JSX.Element | undefined;
  newId: () => string;
}>;

/** One page that nobody could file by its code: looked at large, turned, filed, entered as a referral, or thrown away. */
export function lookPage(props: Props): string {
  const { view, page, state } = props;
  const base = `/scans/pages/${page.id}`;
  return renderPage(
    <Frame
      view={view}
      title={text.pageOf(page.name, page.number)}
      lead={{
        ja: `${text.came.ja}：${showDateTime(page.at, 'ja')}`,
        en: `${text.came.en}: ${showDateTime(page.at, 'en')}`,
      }}
      back={{ href: '/scans', label: text.backToTray }}
      state={state}
      wide
    >
      <ErrorSummary view={view} state={state} />
      {page.why === null ? null : <Notice view={view} kind="info" title={whyOf(page.why, props.insurer)} />}
      <div class="beside">
        <Picture view={view} src={`${base}/picture?turn=${String(page.turn)}`}>
          <Form view={view} action={`${base}/turn`} once={props.newId()}>
            <Buttons>
              <Button kind="secondary" small name="by" value="270">
                {view.t(text.turnLeft)}
              </Button>
              <Button kind="secondary" small name="by" value="90">
                {view.t(text.turnRight)}
              </Button>
            </Buttons>
          </Form>
        </Picture>
        <div>
          {props.mayRegister ? (
            <Buttons>
              <LinkButton href={`${base}/referral`}>{view.t(text.register)}</LinkButton>
            </Buttons>
          ) : null}
          {props.instead ?? <Whose {...props} />}
          {props.besides}
          <Panel view={view} title={text.throwAway} id="throw">
            <p>{view.t(text.throwLead)}</p>
            <Form view={view} action={`${base}/throw`} once={props.newId()}>
              <TextArea view={view} state={state} name="reason" label={text.throwWhy} required rows={2} />
              <Button kind="danger">{view.t(text.throwNow)}</Button>
            </Form>
          </Panel>
        </div>
      </div>
    </Frame>,
  );
}

function Whose({ view, page, state, typed, found, newId }: Props): JSX.Element {
  const base = `/scans/pages/${page.id}`;
  return (
    <Panel view={view} title={text.whose} id="whose">
      <Form view={view} action={base} method="get">
        <TextField
          view={view}
          state={{ values: { q: typed }, issues: [] }}
          name="q"
          label={text.search}
          mark={false}
          type="search"
        />
        <Button kind="secondary">{view.t(text.find)}</Button>
      </Form>
      {found === undefined ? null : found.length === 0 ? (
        <p role="status">{view.t(text.nobody)}</p>
      ) : (
        <Form view={view} action={`${base}/file`} once={newId()}>
          <input type="hidden" name="q" value={typed} />
          <RadioField
            view={view}
            state={state}
            name="place"
            label={text.whose}
            required
            options={found.map((one) => optionOf(view, one))}
          />
          <RadioField
            view={view}
            state={state}
            name="what"
            label={text.whatIs}
            required
            options={whats.map((what) => ({ value: what, label: text.whats[what] }))}
          />
          <Button>{view.t(text.file)}</Button>
        </Form>
      )}
    </Panel>
  );
}

/** A person and the referral beside it, as one thing to choose. */
function optionOf(view: View, one: FoundCase) {
  const person = readPatient(one.patient);
  const kana = [person.familyKana, person.givenKana].filter(Boolean).join(' ');
  const born = person.birthDate ? showDate(person.birthDate, view.language, { era: true }) : '';
  const status = one.status === null ? undefined : statusNames[one.status as Status];
  const about =
    one.case_number === null
      ? view.t(text.noCase)
      : `${view.t(text.caseLine(one.case_number))}${status === undefined ? '' : `（${view.t(status)}）`}`;
  return {
    value: `${one.patient_id}.${one.task ?? ''}`,
    label: [displayName(person, view.language), kana, born].filter(Boolean).join('　'),
    hint: about,
  };
}
