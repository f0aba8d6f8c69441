import type { JSX } from 'preact';
import type { Issue } from '../kernel/problem.ts';
import { isLanguage, type Sentence } from '../kernel/sentence.ts';
import { assetUrl } from '../web/assets.ts';
import type { Content } from '../web/content.ts';
import { Button, Buttons, Dependent, type EnableWhen } from '../web/form.tsx';
import { Progress } from '../web/parts.tsx';
import { formAgain, type FormState } from '../web/reading.ts';
import { shown } from '../web/ruby.tsx';
import type { View } from '../web/view.ts';
import { closedByExpression, conditionalIn } from './calculate.ts';
import { offeringIn } from './chosen.ts';
import { FilledIn, QuestionField } from './fields.tsx';
import { asksForFiles } from './files/receive.ts';
import {
  questionsIn,
  type Answers,
  type Condition,
  type Enable,
  type FormModel,
  type FormNode,
  type Question,
  type Row,
  type Section,
} from './form.ts';
import { plainId, unrolled } from './rows.ts';
import { rowText } from './row-text.ts';
import { sayAnswers } from './say.ts';
import { withOnly, type Step } from './steps.ts';
import { comfortText } from './comfort-text.ts';
import { text } from './text.ts';
import { fieldName, fieldsOf } from './typed.ts';
import { answersTo, watch } from './visible.ts';

type Asked = Readonly<{
  view: View;
  model: FormModel;
  answers: Answers;
  issues: readonly Issue[];
  /** The address below which files that were given are had. */
  files?: string | undefined;
  /** The body that was sent, when the form is shown again with issues: dates and numbers come back as they were typed. */
  typed?: unknown;
}>;

/** All questions of a form on one page; `aloud`: with a voice, where the person is there and not only their paper. */
export function QuestionFields(asked: Asked & Readonly<{ aloud?: boolean }>): JSX.Element {
  const { sections } = unrolled(asked.model, asked.answers);
  const page = pageOf(asked, sections);
  const { view, model } = asked;
  return (
    <Asking view={view} model={model} aloud={asked.aloud === true}>
      <Answered view={view} />
      {sections.map((section) => (
        <Node key={section.linkId} page={page} node={section} level={2} />
      ))}
    </Asking>
  );
}

/** One section of a form, the others being on pages of their own: for the tablet. Draws nothing for a section that does not exist. */
export function SectionFields(
  asked: Asked & Readonly<{ section: string; only?: string | undefined; steps?: readonly Step[] }>,
): JSX.Element | null {
  const { view, model, only } = asked;
  const steps = asked.steps ?? model.sections.map((section): Step => ({ section }));
  const at = steps.findIndex((one) => one.section.linkId === asked.section && one.only === only);
  const whole = unrolled(model, asked.answers).sections.filter(
    (one) => plainId(one.linkId) === plainId(asked.section),
  );
  const rows = only === undefined ? whole : whole.map((one) => withOnly(one, only));
  if (at < 0) return null;
  const of = steps.length;
  const page = pageOf(asked, rows);
  const says = only === undefined ? text.sectionOf : comfortText.questionOf;
  return (
    <Asking view={view} model={model} aloud>
      <Progress view={view} value={at + 1} max={of} label={says(at + 1, of)} />
      {rows.map((section) => (
        <Node key={section.linkId} page={page} node={section} level={2} />
      ))}
    </Asking>
  );
}

/** Around the questions of a page, for the script that adds comforts to them, such as a voice in their language. */
const Asking = ({
  view,
  model,
  aloud,
  children,
}: Readonly<{ view: View; model: FormModel; aloud: boolean; children: Content }>): JSX.Element => (
  <div
    class="asking"
    data-asking
    data-aloud={aloud ? view.t(rowText.readAloud) : undefined}
    data-silent={aloud ? view.t(rowText.stopReading) : undefined}
    lang={isLanguage(model.language) ? view.language : model.language}
  >
    {/* What the enter key presses: without it, a way to take a file away would come first. */}
    {asksForFiles(model) ? <button type="submit" class="unseen" tabIndex={-1} aria-hidden="true" /> : null}
    {children}
    <script src={assetUrl('asking.js')} defer />
  </div>
);

/** How far somebody has come on a page with many questions: counted by the script, and not there without it. */
const Answered = ({ view }: Readonly<{ view: View }>): JSX.Element => (
  <div class="progress" data-answered hidden>
    <p data-says={view.t(text.answeredOf)} />
    <progress value={0} max={1} aria-label={view.t(text.progress)} />
  </div>
);

type Page = Readonly<{
  view: View;
  state: FormState;
  files: string | undefined;
  /** The questions on this page, whose answers can change while it is open. */
  here: ReadonlyMap<string, Question>;
  given: (condition: Condition) => boolean;
  answers: Answers;
  /** What an expression opens, and what of that it keeps closed at the moment. */
  byExpression: ReadonlySet<string>;
  closed: ReadonlySet<string>;
  /** The questions whose options come from other answers. */
  offering: ReadonlySet<string>;
}>;

function pageOf({ view, model, answers, issues, typed, files }: Asked, sections: readonly Section[]): Page {
  const here = new Map(questionsIn(sections).map((question) => [question.linkId, question]));
  const kept = [...here.values()].map((one) => fieldsOf(one, answersTo(answers, one.linkId)));
  const state =
    typed === undefined
      ? { values: Object.assign({}, ...kept) as FormState['values'], issues }
      : formAgain(typed, issues);
  return {
    view,
    state,
    files,
    here,
    answers,
    given: watch(model, answers).given,
    byExpression: conditionalIn(model.form),
    closed: closedByExpression(model.form, answers),
    offering: offeringIn(model.form),
  };
}

function Node({
  page,
  node,
  level,
}: Readonly<{ page: Page; node: FormNode; level: 2 | 3 }>): JSX.Element | null {
  const enable = node.enable && openOn(page, node.enable);
  if (enable === false) return null;
  const open = node.enable?.conditions.some((one) => page.here.has(one.question));
  const drawn = <Drawn page={page} node={node} level={level} whom={open ? node.enable?.says : undefined} />;
  if (enable !== undefined && enable !== true) return <Dependent when={enable}>{drawn}</Dependent>;
  if (!page.byExpression.has(plainId(node.linkId))) return drawn;
  return (
    <div class="dependent" data-by={node.linkId} data-open={String(!page.closed.has(node.linkId))}>
      {drawn}
    </div>
  );
}

function Drawn(
  props: Readonly<{ page: Page; node: FormNode; level: 2 | 3; whom: Sentence | undefined }>,
): JSX.Element | null {
  const { page, node, whom } = props;
  const { view, state } = page;
  if (node.kind === 'question' && (node.readOnly || node.hidden)) {
    const values = answersTo(page.answers, node.linkId);
    return (
      <FilledIn
        view={view}
        question={node}
        says={values.length > 0 ? sayAnswers(node, values) : text.noAnswer}
      />
    );
  }
  if (node.kind === 'question') {
    const field = <QuestionField view={view} state={state} question={node} whom={whom} files={page.files} />;
    return page.offering.has(plainId(node.linkId)) ? <div data-options-by={node.linkId}>{field}</div> : field;
  }
  if (node.kind === 'prose') return <p>{shown(view, node.label)}</p>;
  return <Group {...props} node={node} />;
}

function Group(
  props: Readonly<{ page: Page; node: Section; level: 2 | 3; whom: Sentence | undefined }>,
): JSX.Element {
  const { page, node, level, whom } = props;
  const { view } = page;
  const { row } = node;
  const Heading = level === 2 ? 'h2' : 'h3';
  const id = `section-${node.linkId}`;
  const bare = view.t(node.label) === '';
  const label = row === undefined || row.of === 1 ? node.label : rowText.numbered(node.label, row.at);
  return (
    <section class="questions" {...(bare ? {} : { 'aria-labelledby': id })}>
      {bare ? null : <Heading id={id}>{shown(view, label)}</Heading>}
      {whom === undefined ? null : <p class="hint whom">{shown(view, whom)}</p>}
      {node.hint ? <p class="hint">{shown(view, node.hint)}</p> : null}
      {node.nodes.map((child) => (
        <Node key={child.linkId} page={page} node={child} level={3} />
      ))}
      {row === undefined ? null : <RowButtons view={view} label={node.label} row={row} />}
    </section>
  );
}

/** Below each row: a way to be rid of it; below the last, a way to another one. */
function RowButtons({ view, label, row }: Readonly<{ view: View; label: Sentence; row: Row }>): JSX.Element {
  const { group, at, of, min, max } = row;
  return (
    <Buttons>
      {at === 1 ? <input type="hidden" name={`rows.${group}`} value={String(of)} /> : null}
      {of > Math.max(1, min) ? (
        <Button kind="quiet" name="_row" value={`remove:${group}~${String(at)}`}>
          {view.t(rowText.removeRow(label, at))}
        </Button>
      ) : null}
      {at === of && of < max ? (
        <Button kind="secondary" name="_row" value={`add:${group}`}>
          {view.t(rowText.anotherRow(label))}
        </Button>
      ) : null}
    </Buttons>
  );
}

/**
 * Whether something is drawn: always, never, or under those of its conditions that can still change on this page. What
 * was answered on another page is settled.
 */
function openOn(page: Page, { behavior, conditions }: Enable): EnableWhen | boolean {
  const settled = conditions.filter((one) => !page.here.has(one.question)).map(page.given);
  const open = conditions.filter((one) => page.here.has(one.question));
  if (behavior === 'any' && settled.includes(true)) return true;
  if (behavior === 'all' && settled.includes(false)) return false;
  if (open.length === 0) return behavior === 'all';
  // A day is typed in parts, which the script does not put together: better asked in vain than not at all.
  const inParts = ['date', 'dateTime', 'quantity'];
  if (open.some((one) => inParts.includes(page.here.get(one.question)?.type ?? ''))) return true;
  return {
    behavior,
    conditions: open.map(({ question, operator, answer }) => ({
      question: fieldName(question),
      operator,
      answer: operator === 'exists' ? answer === 'true' : answer,
    })),
  };
}
