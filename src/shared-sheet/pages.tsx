import type { JSX } from 'preact';
import type { Answers } from '../intake/answers.ts';
import { readQuestionnaire } from '../intake/form.ts';
import { AnswersRead } from '../intake/answers-read.tsx';
import { QuestionFields } from '../intake/pages.tsx';
import { asIs, joinSentences, type Sentence } from '../kernel/sentence.ts';
import { LimitsNotice } from '../people/danger/marks.tsx';
import { displayName } from '../people/record.ts';
import { showDateTime } from '../web/dates.ts';
import {
  Button,
  Buttons,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  TextArea,
  type FormState,
} from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Empty, Notice, Panel, Table } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import type { SharedSheet, Writer } from './read.ts';
import { text } from './text.ts';

type Props = Readonly<{
  view: View;
  state: FormState;
  shared: SharedSheet;
  /** Where its pages begin: `/patients/:id/sheet` for the doctor, `/shared/:id/sheet` for the insurer. */
  base: string;
  mayWrite: boolean;
  once: string;
}>;

const backOf = (base: string) => ({
  href: base.replace(/\/sheet$/, ''),
  label: base.startsWith('/shared') ? text.backToShared : text.backToPerson,
});
const sayWriter = (view: View, { name, body }: Writer): string =>
  [name ?? view.t(text.somebody), body].filter(Boolean).join(' ');

/** The sheet as both sides read it: what it says, who wrote which version, and the notes beside it. */
export function sheetPage(props: Props): string {
  const { view, state, shared, base } = props;
  const { program, person, sheet } = shared;
  return renderPage(
    <Frame
      view={view}
      state={state}
      title={program.sharedSheet.title}
      lead={displayName(person, view.language)}
      back={backOf(base)}
      actions={
        <>
          {props.mayWrite ? (
            <LinkButton href={`${base}/edit`}>
              {view.t(sheet === undefined ? text.write : text.change)}
            </LinkButton>
          ) : null}
          {sheet === undefined ? null : (
            <LinkButton href={`${base}.pdf`} kind="secondary">
              {view.t(text.print)}
            </LinkButton>
          )}
        </>
      }
    >
      <LimitsNotice view={view} person={person} />
      <ErrorSummary view={view} state={state} />
      <p>{view.t(program.sharedSheet.lead)}</p>
      {props.mayWrite ? <Readers view={view} shared={shared} /> : null}
      {sheet === undefined ? (
        <Empty
          view={view}
          title={text.none}
          next={<p>{view.t(props.mayWrite ? text.noneDoctor : text.noneNext)}</p>}
        />
      ) : (
        <>
          {sheet.meta.versionId === shared.newest ? null : (
            <Notice view={view} kind="warning" title={text.older}>
              <p>
                <a href={base}>{view.t(text.showNewest)}</a>
              </p>
            </Notice>
          )}
          <Panel view={view} title={text.sheet}>
            <AnswersRead
              view={view}
              model={readQuestionnaire(program.assessment, view.language)}
              answers={shared.answers}
            />
          </Panel>
          <Versions view={view} shared={shared} base={base} />
        </>
      )}
      <Remarks {...props} />
    </Frame>,
  );
}

const Readers = ({ view, shared }: Pick<Props, 'view' | 'shared'>): JSX.Element => (
  <p class="soft">
    {view.t(
      shared.others.length === 0
        ? text.nobody
        : text.readers(view.t(joinSentences(shared.others.map(({ name }) => asIs(name))))),
    )}
  </p>
);

const Versions = ({ view, shared, base }: Pick<Props, 'view' | 'shared' | 'base'>): JSX.Element => (
  <Panel view={view} title={text.versions}>
    <Table
      view={view}
      caption={text.versions}
      hideCaption
      columns={[{ label: text.sheet }, { label: text.who }, { label: text.when, kind: 'date' }]}
      rows={shared.versions.map((one) => ({
        key: one.version,
        cells: [
          <a href={`${base}?version=${one.version}`}>{view.t(text.version(one.version))}</a>,
          sayWriter(view, one.by),
          showDateTime(one.at, view.language),
        ],
      }))}
    />
  </Panel>
);

function Remarks({ view, state, shared, base, once }: Props): JSX.Element {
  const { remarks, others } = shared;
  return (
    <Panel view={view} id="remarks" title={text.remarks}>
      {remarks.length === 0 ? (
        <p class="soft">{view.t(text.remarksNone)}</p>
      ) : (
        remarks.map((one) => (
          <div key={one.id} class="state">
            <p class="pre-line">{one.text}</p>
            <small>
              {sayWriter(view, one.writer)} {showDateTime(one.at, view.language)}
            </small>
          </div>
        ))
      )}
      {others.map(({ id, name }) => (
        <Form key={id} view={view} action={`${base}/remarks`} once={`${once}-${id}`} kept>
          <HiddenFields values={{ to: id }} />
          <TextArea
            view={view}
            state={state}
            name="text"
            label={text.remark}
            hint={text.remarkHint}
            required
            rows={3}
            maxLength={1000}
          />
          <Buttons>
            <Button kind="secondary">{view.t(text.sendTo(name))}</Button>
          </Buttons>
        </Form>
      ))}
    </Panel>
  );
}

type EditProps = Readonly<{
  view: View;
  state: FormState;
  shared: SharedSheet;
  base: string;
  seen: string;
  /** What was typed and not saved. */
  typed?: Readonly<{ answers: Answers; body: unknown }> | undefined;
  trouble?: Sentence | undefined;
  once: string;
}>;

/** The doctor writes the sheet; it begins with what the questionnaire told. */
export function editPage(props: EditProps): string {
  const { view, state, shared, base, typed } = props;
  const model = readQuestionnaire(shared.program.assessment, view.language);
  return renderPage(
    <Frame
      view={view}
      state={state}
      form="sheet"
      title={shared.program.sharedSheet.title}
      lead={displayName(shared.person, view.language)}
      back={{ href: base, label: text.sheet }}
    >
      {props.trouble === undefined ? null : <Notice view={view} kind="error" title={props.trouble} live />}
      <ErrorSummary view={view} state={state} />
      <Readers view={view} shared={shared} />
      <Form view={view} action={base} once={props.once} id="sheet" kept>
        <HiddenFields values={{ seen: props.seen }} />
        <QuestionFields
          view={view}
          model={model}
          answers={typed?.answers ?? shared.answers}
          issues={state.issues}
          {...(typed === undefined ? {} : { typed: typed.body })}
        />
        <Buttons>
          <Button>{view.t(text.save)}</Button>
          <LinkButton href={base} kind="quiet">
            {view.t(text.cancel)}
          </LinkButton>
        </Buttons>
      </Form>
    </Frame>,
  );
}
