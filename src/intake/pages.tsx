import type { JSX } from 'preact';
import type { Issue } from '../kernel/problem.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { Dependent, type EnableWhen } from '../web/form.tsx';
import { CheckAnswers, Empty, Progress } from '../web/parts.tsx';
import { formAgain, type FormState } from '../web/reading.ts';
import type { View } from '../web/view.ts';
import { fieldName } from './answers.ts';
import { QuestionField } from './fields.tsx';
import {
  questionsIn,
  type Answers,
  type Condition,
  type Enable,
  type FormModel,
  type FormNode,
  type Question,
  type Section,
} from './form.ts';
import { sayAnswers } from './say.ts';
import { text } from './text.ts';
import { answersTo, watch } from './visible.ts';

type Asked = Readonly<{
  view: View;
  model: FormModel;
  answers: Answers;
  issues: readonly Issue[];
  /** The body that was sent, when the form is shown again with issues: dates and numbers come back as they were typed. */
  typed?: unknown;
}>;

/** All questions of a form on one page, for whoever types in a paper sheet or fills in an assessment. */
export function QuestionFields(asked: Asked): JSX.Element {
  const page = pageOf(asked, asked.model.sections);
  return (
    <>
      {asked.model.sections.map((section) => (
        <Node key={section.linkId} page={page} node={section} level={2} />
      ))}
    </>
  );
}

/** One section of a form, the others being on pages of their own: for the tablet. Draws nothing for a section that does not exist. */
export function SectionFields(asked: Asked & Readonly<{ section: string }>): JSX.Element | null {
  const { view, model } = asked;
  const at = model.sections.findIndex((one) => one.linkId === asked.section);
  const section = model.sections[at];
  if (section === undefined) return null;
  const of = model.sections.length;
  return (
    <>
      <Progress view={view} value={at + 1} max={of} label={text.sectionOf(at + 1, of)} />
      <Node page={pageOf(asked, [section])} node={section} level={2} />
    </>
  );
}

/** The sections of a form that have something to ask, given these answers: the pages of the tablet. */
export function sectionsAsked(model: FormModel, answers: Answers): Section[] {
  const { shown } = watch(model, answers);
  return model.sections.filter((one) => shown(one.linkId) && questionsIn([one]).some((q) => shown(q.linkId)));
}

type Page = Readonly<{
  view: View;
  state: FormState;
  /** The questions on this page, whose answers can change while it is open. */
  here: ReadonlyMap<string, Question>;
  given: (condition: Condition) => boolean;
}>;

function pageOf({ view, model, answers, issues, typed }: Asked, sections: readonly Section[]): Page {
  const kept = Object.fromEntries(
    Object.entries(answers).map(([linkId, values]) => [fieldName(linkId), values]),
  );
  const state = typed === undefined ? { values: kept, issues } : formAgain(typed, issues);
  const here = new Map(questionsIn(sections).map((question) => [question.linkId, question]));
  return { view, state, here, given: watch(model, answers).given };
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
  return enable === undefined || enable === true ? drawn : <Dependent when={enable}>{drawn}</Dependent>;
}

function Drawn(
  props: Readonly<{ page: Page; node: FormNode; level: 2 | 3; whom: Sentence | undefined }>,
): JSX.Element {
  const { page, node, level, whom } = props;
  const { view, state } = page;
  if (node.kind === 'question')
    return <QuestionField view={view} state={state} question={node} whom={whom} />;
  if (node.kind === 'prose') return <p>{view.t(node.label)}</p>;
  const Heading = level === 2 ? 'h2' : 'h3';
  const id = `section-${node.linkId}`;
  return (
    <section class="questions" aria-labelledby={id}>
      <Heading id={id}>{view.t(node.label)}</Heading>
      {whom === undefined ? null : <p class="hint whom">{view.t(whom)}</p>}
      {node.hint ? <p class="hint">{view.t(node.hint)}</p> : null}
      {node.nodes.map((child) => (
        <Node key={child.linkId} page={page} node={child} level={3} />
      ))}
    </section>
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
  if (open.some((one) => page.here.get(one.question)?.type === 'date')) return true;
  return {
    behavior,
    conditions: open.map(({ question, operator, answer }) => ({
      question: fieldName(question),
      operator,
      answer: operator === 'exists' ? answer === 'true' : answer,
    })),
  };
}

/** The answers to read, section by section; with `changeHref`, each with a way back to its section. */
export function AnswersRead({
  view,
  model,
  answers,
  changeHref,
}: Readonly<{
  view: View;
  model: FormModel;
  answers: Answers;
  changeHref?: (section: string) => string;
}>): JSX.Element {
  const { shown } = watch(model, answers);
  const sections = sectionsAsked(model, answers);
  if (Object.keys(answers).length === 0 && changeHref === undefined)
    return <Empty view={view} title={text.nothingAnswered} />;
  return (
    <>
      {sections.map((section) => (
        <section key={section.linkId} class="answers-read">
          <h3>{view.t(section.label)}</h3>
          <CheckAnswers
            view={view}
            rows={questionsIn([section])
              .filter((question) => shown(question.linkId))
              .map((question) => {
                const values = answersTo(answers, question.linkId);
                return {
                  label: question.label,
                  value: view.t(values.length === 0 ? text.noAnswer : sayAnswers(question, values)),
                  ...(changeHref ? { changeHref: changeHref(section.linkId) } : {}),
                };
              })}
          />
        </section>
      ))}
    </>
  );
}
