import type { JSX } from 'preact';
import { readVariant, variantTag } from '../documents/variant.ts';
import type { Role } from '../kernel/actor.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { variantName, type FormVariant } from '../programs/variants.ts';
import { showDateTime } from '../web/dates.ts';
import {
  Button,
  Buttons,
  CheckField,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  type FormState,
} from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Empty, Notice, Panel, Status, Table, type ShapeName, type Tone } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { mostPeople, type SheetName } from './names.ts';
import type { Chosen, Job } from './queries.ts';
import { text } from './text.ts';

type ChoosingProps = Readonly<{
  view: View;
  role: Role;
  offered: readonly SheetName[];
  people: readonly Chosen[];
  /** There are more in the list than can be printed at once. */
  isCut: boolean;
  state: FormState;
  /** Why it was not begun. */
  trouble: Sentence | undefined;
  once: string;
  /** In what other ways the forms can be printed. */
  variants: readonly FormVariant[];
}>;

/** How long a page without script waits before it is asked for again, in seconds. */
const renewAfter = 3;

const homeOf = (role: Role): string => (role === 'linkworker' ? '/inbox' : '/patients');

/** Which sheets for whom. */
export function choosingPage({
  view,
  role,
  people,
  isCut,
  state,
  trouble,
  once,
  offered,
  variants,
}: ChoosingProps): string {
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      state={state}
      back={{ href: homeOf(role), label: text.backToList }}
      {...(people.length === 0 ? {} : { lead: text.lead(people.length) })}
      actions={
        <LinkButton href="/prints" kind="secondary" small>
          {view.t(text.jobs)}
        </LinkButton>
      }
    >
      {trouble === undefined ? null : (
        <Notice view={view} kind="error" title={trouble} live>
          <LinkButton href="/prints" kind="secondary">
            {view.t(text.seeRunning)}
          </LinkButton>
        </Notice>
      )}
      <ErrorSummary view={view} state={state} />
      {people.length === 0 ? (
        <Empty view={view} title={text.peopleMissing} />
      ) : (
        <Form view={view} action="/prints" once={once}>
          <HiddenFields values={{ ids: people.map((one) => one.task ?? one.patient).join(' ') }} />
          <CheckField
            view={view}
            state={state}
            name="sheets"
            label={text.sheets}
            required
            options={offered.map((name) => ({ value: name, label: text[name] }))}
          />
          {variants.length === 0 ? null : (
            <RadioField
              view={view}
              state={state}
              name="variant"
              label={text.variant}
              hint={text.variantHint}
              options={[
                { value: '', label: text.usual },
                ...variants.map((one) => ({ value: variantTag(one), label: variantName(one) })),
              ]}
            />
          )}
          <Panel view={view} title={text.people}>
            {isCut ? <p>{view.t(text.first(mostPeople))}</p> : null}
            <ul class="names">
              {people.map((one, i) => (
                <li key={i}>{one.name}</li>
              ))}
            </ul>
          </Panel>
          <Buttons>
            <Button>{view.t(text.start)}</Button>
          </Buttons>
        </Form>
      )}
    </Frame>,
  );
}

const states: Readonly<
  Record<Job['status'], readonly [ShapeName, Tone, 'stateRunning' | 'stateDone' | 'stateFailed']>
> = {
  running: ['half', 'info', 'stateRunning'],
  done: ['check', 'good', 'stateDone'],
  failed: ['cross', 'bad', 'stateFailed'],
};

const State = ({ view, job }: Readonly<{ view: View; job: Job }>): JSX.Element => {
  const [shape, tone, says] = states[job.status];
  return (
    <Status shape={shape} tone={tone}>
      {view.t(text[says])}
    </Status>
  );
};

/** What this account had printed and is still there. */
export const jobsPage = ({
  view,
  role,
  jobs,
}: Readonly<{ view: View; role: Role; jobs: readonly Job[] }>): string =>
  renderPage(
    <Frame
      view={view}
      title={text.jobs}
      lead={text.kept}
      back={{ href: homeOf(role), label: text.backToList }}
    >
      {jobs.length === 0 ? (
        <Empty view={view} title={text.none} next={view.t(text.noneNext)} />
      ) : (
        <Table
          view={view}
          caption={text.jobs}
          hideCaption
          columns={[
            { label: text.started, kind: 'date' },
            { label: text.sheets },
            { label: text.count, kind: 'number' },
            { label: text.state },
          ]}
          rows={jobs.map((job) => ({
            key: job.id,
            cells: [
              <a href={`/prints/${job.id}`}>{showDateTime(job.started_at, view.language)}</a>,
              sheetsOf(view, job),
              String(job.people),
              <State view={view} job={job} />,
            ],
          }))}
        />
      )}
    </Frame>,
  );

const sheetsOf = (view: View, { sheets, variant }: Job): string => {
  const named = sheets.map((name) => view.t(text[name])).join(view.language === 'ja' ? '、' : ', ');
  return variant === null ? named : view.t(text.inVariant(named, variantName(readVariant(variant))));
};

type JobProps = Readonly<{
  view: View;
  job: Job;
  leftOut: readonly string[];
  closed: boolean;
  newId: () => string;
}>;

/** How far it is, and the file once it is there. Without script the page is asked for again by itself. */
export function jobPage({ view, job, leftOut, closed, newId }: JobProps): string {
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={`${sheetsOf(view, job)}　${view.t(text.lead(job.people))}`}
      back={{ href: '/prints', label: text.back }}
    >
      {closed ? <Notice view={view} kind="warning" title={text.closed} /> : null}
      <section class="panel framed" id="progress" data-renew={job.status === 'running' ? 'yes' : undefined}>
        <p role={job.status === 'running' ? undefined : 'status'}>
          <State view={view} job={job} />
        </p>
        <Progress view={view} job={job} />
      </section>
      {leftOut.length === 0 ? null : (
        <Panel view={view} title={text.leftOut(leftOut.length)}>
          <p>{view.t(text.leftOutWhy)}</p>
          <ul class="names">
            {leftOut.map((name, i) => (
              <li key={i}>{name}</li>
            ))}
          </ul>
        </Panel>
      )}
      <Form view={view} action={`/prints/${job.id}/remove`} once={newId()} inline>
        <Button kind="secondary">{view.t(job.status === 'running' ? text.cancel : text.remove)}</Button>
      </Form>
    </Frame>,
  );
}

function Progress({ view, job }: Readonly<{ view: View; job: Job }>): JSX.Element {
  if (job.status === 'failed') return <p>{view.t(job.fault === null ? text.nobody : text.failed)}</p>;
  if (job.status === 'done')
    return (
      <>
        <p>
          <LinkButton href={`/prints/${job.id}/sheets.pdf`}>
            {view.t(text.download(sizeOf(job.size ?? 0)))}
          </LinkButton>
        </p>
        {job.expires === null ? null : (
          <p class="soft">{view.t(text.until(showDateTime(job.expires, view.language)))}</p>
        )}
      </>
    );
  const says =
    job.gathered < job.people
      ? text.gathering(job.gathered, job.people)
      : text.drawing(job.drawn, job.people);
  return (
    <>
      <progress max={2 * job.people} value={job.gathered + job.drawn} aria-label={view.t(text.progress)} />
      <p>{view.t(says)}</p>
      <p class="soft">{view.t(text.waits)}</p>
      <noscript>
        <meta http-equiv="refresh" content={String(renewAfter)} />
      </noscript>
    </>
  );
}

const sizeOf = (bytes: number): string =>
  bytes < 1_000_000 ? `${String(Math.ceil(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
