import type { JSX } from 'preact';
import { showDateTime } from '../web/dates.ts';
import {
  Button,
  Buttons,
  ErrorSummary,
  FileField,
  Form,
  HiddenFields,
  LinkButton,
  type FormState,
} from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Empty, Notice, Panel, Table } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { isReading, type DonePage, type readTray, type WaitingFile } from './queries.ts';
import { text as sheetText } from '../referral/request-sheet/text.ts';
import { text } from './text.ts';

export type Tray = Awaited<ReturnType<typeof readTray>>;

/** What came in: under way, to be sorted, and what became of the rest. */
export function trayPage({
  view,
  tray,
  takes,
  registers,
  newId,
}: Readonly<{
  view: View;
  tray: Tray;
  /** Whoever looks enters what comes on request sheets. */
  registers: boolean;
  /** A program of this body takes referrals on paper: its blank sheet can be printed. */
  takes: boolean;
  newId: () => string;
}>): string {
  const { files, pages, done } = tray;
  const refused = files.filter((one) => one.state === 'refused');
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={text.lead}
      wide
      actions={
        <>
          <LinkButton href="/scans/new">{view.t(text.add)}</LinkButton>
          {takes ? (
            <LinkButton href="/scans/request-sheet.pdf" kind="secondary">
              {view.t(sheetText.blank)}
            </LinkButton>
          ) : null}
        </>
      }
    >
      {isReading(files) ? <UnderWay view={view} files={files} /> : null}
      {refused.length === 0 ? null : (
        <Panel view={view} title={text.refusedFiles} id="refused">
          {refused.map((file) => (
            <Refused key={file.id} view={view} file={file} once={newId()} />
          ))}
        </Panel>
      )}
      <Panel view={view} title={text.toSort} id="sort">
        {pages.length === 0 ? (
          <Empty view={view} title={text.nothing} />
        ) : (
          <Table
            view={view}
            caption={text.toSort}
            hideCaption
            columns={[{ label: text.page }, { label: text.why }, { label: text.came, kind: 'date' }]}
            rows={pages.map((page) => ({
              key: page.id,
              cells: [
                <a href={placeOf(page, registers)}>{view.t(text.pageOf(page.name, page.number))}</a>,
                page.why === null ? '' : view.t(text.whys[page.why]),
                showDateTime(page.at, view.language),
              ],
            }))}
          />
        )}
      </Panel>
      <Panel view={view} title={text.done} id="done">
        {done.length === 0 ? (
          <Empty view={view} title={text.nothingDone} />
        ) : (
          <Table
            view={view}
            caption={text.done}
            hideCaption
            columns={[{ label: text.page }, { label: text.result }, { label: text.came, kind: 'date' }]}
            rows={done.map((page) => ({
              key: page.id,
              cells: [
                view.t(text.pageOf(page.name, page.number)),
                <Result view={view} page={page} />,
                showDateTime(page.done_at, view.language),
              ],
            }))}
          />
        )}
      </Panel>
    </Frame>,
  );
}

/** A request sheet that its code made known is entered at once; any other page is looked at. */
const placeOf = ({ id, why }: Tray['pages'][number], registers: boolean): string =>
  registers && why === 'request' ? `/scans/pages/${id}/referral` : `/scans/pages/${id}`;

function UnderWay({ view, files }: Readonly<{ view: View; files: readonly WaitingFile[] }>): JSX.Element {
  return (
    <Notice view={view} kind="info" title={text.reading}>
      <p>{view.t(text.readingLead)}</p>
      <ul>
        {files
          .filter((one) => one.state !== 'refused')
          .map((one) => (
            <li key={one.id}>{one.name}</li>
          ))}
      </ul>
      <LinkButton href="/scans" kind="secondary" small>
        {view.t(text.renew)}
      </LinkButton>
    </Notice>
  );
}

function Refused({
  view,
  file,
  once,
}: Readonly<{ view: View; file: WaitingFile; once: string }>): JSX.Element {
  return (
    <Notice view={view} kind="error" title={{ ja: file.name, en: file.name }}>
      <p>{view.t(file.fault ?? text.broken)}</p>
      <Form view={view} action="/scans/put-away" once={once}>
        <HiddenFields values={{ file: file.id }} />
        <Button kind="secondary" small>
          {view.t(text.put)}
        </Button>
      </Form>
    </Notice>
  );
}

function Result({ view, page }: Readonly<{ view: View; page: DonePage }>): JSX.Element {
  if (page.state === 'thrown') return <>{view.t(text.thrown(page.reason ?? ''))}</>;
  return (
    <>
      <a href={`/documents/${page.document ?? ''}`}>
        {view.t(page.task === null ? text.filedPerson : text.filedIn)}
      </a>
      {page.by_itself ? <span class="soft">（{view.t(text.byItself)}）</span> : null}
    </>
  );
}

/** Files to be brought in. Stands apart from the tray, which renews itself while files are read. */
export function addPage({
  view,
  state,
  once,
}: Readonly<{ view: View; state: FormState; once: string }>): string {
  return renderPage(
    <Frame view={view} title={text.add} back={{ href: '/scans', label: text.backToTray }} state={state}>
      <ErrorSummary view={view} state={state} />
      <Form view={view} action="/scans" once={once} multipart>
        <FileField
          view={view}
          state={state}
          name="files"
          label={text.files}
          hint={text.filesHint}
          accept=".pdf,.tif,.tiff,.png,.jpg,.jpeg,application/pdf,image/tiff,image/png,image/jpeg"
          multiple
          required
        />
        <Buttons>
          <Button>{view.t(text.send)}</Button>
        </Buttons>
      </Form>
    </Frame>,
  );
}
