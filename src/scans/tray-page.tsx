import type { JSX } from 'preact';
import type { Sentence } from '../kernel/sentence.ts';
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
import type { WaitingPaper } from './returned/queries.ts';
import { text as returned } from './returned/text.ts';
import { WaitingPanel } from './returned/waiting.tsx';
import { text, type PageWhy } from './text.ts';

export type Tray = Awaited<ReturnType<typeof readTray>>;

/** What came in: under way, to be sorted, and what became of the rest. */
export function trayPage({
  view,
  tray,
  takes,
  registers,
  papers,
  insurer,
  newId,
}: Readonly<{
  view: View;
  tray: Tray;
  /** Whoever looks enters what comes on request sheets. */
  registers: boolean;
  /** A program of this body takes referrals on paper: its blank sheet can be printed. */
  takes: boolean;
  /** What came back and waits to be typed in; left out for whom nothing of that kind comes. */
  papers: readonly WaitingPaper[] | undefined;
  insurer: boolean;
  newId: () => string;
}>): string {
  const { files, pages, done } = tray;
  const refused = files.filter((one) => one.state === 'refused');
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={insurer ? returned.leadInsurer : text.lead}
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
      {papers === undefined ? null : <WaitingPanel view={view} papers={papers} />}
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
                page.why === null ? '' : view.t(whyOf(page.why, insurer)),
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

/** An insurer's sheets are of people on its lists: one that it does not know is of somebody who is there no more. */
export const whyOf = (why: PageWhy, insurer: boolean): Sentence =>
  insurer && why === 'unseen' ? returned.unseenSlip : text.whys[why];

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
  if (page.returned !== null)
    return (
      <a href={page.returned === 'list' ? `/scans/lists/${page.gathering ?? ''}` : `/scans/slips/${page.id}`}>
        {view.t(page.returned === 'list' ? returned.takenList : returned.takenSlip)}
      </a>
    );
  // What it belonged to is no more.
  if (page.state === 'filed' && page.document === null) return <>{view.t(returned.takenPaper)}</>;
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
