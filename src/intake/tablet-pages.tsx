import type { Issue } from '../kernel/problem.ts';
import type { Program } from '../programs/program.ts';
import { Button, ErrorSummary, fieldId, Form, HiddenFields, LinkButton } from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Confirmation, Notice } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import type { AtOnce } from '../programs/sessions.ts';
import { fieldName } from './answers.ts';
import { Numbers, NumbersAsked } from './at-once.tsx';
import { questionsIn, type Answers, type FormModel, type Section } from './form.ts';
import { AnswersRead, SectionFields } from './pages.tsx';
import { tabletText as text } from './page-text.ts';

/** `base` is `/a/<secret>`. */
export const sectionPath = (base: string, section: string): string =>
  `${base}/sections/${encodeURIComponent(section)}`;

/** What the tablet shows before the first question: who asks and what for, and nothing about the person. */
export function welcomePage(
  props: Readonly<{
    view: View;
    program: Program;
    model: FormModel;
    clinic: string;
    start: string;
    begun: boolean;
  }>,
): string {
  const { view, model, program } = props;
  return renderPage(
    <Frame view={view} plain title={model.title} lead={text.from(props.clinic)}>
      <div class="prose">
        <p class="pre-line">{view.t(program.wording.beforeAnswering)}</p>
        <ul>
          <li>{view.t(text.pages(model.sections.length))}</li>
          <li>{view.t(text.keeps)}</li>
          <li>{view.t(text.help)}</li>
        </ul>
      </div>
      <LinkButton href={props.start}>{view.t(props.begun ? text.goOn : text.begin)}</LinkButton>
    </Frame>,
  );
}

/** One section of the questionnaire. */
export function sectionPage(
  props: Readonly<{
    view: View;
    program: Program;
    model: FormModel;
    section: Section;
    answers: Answers;
    /** What was answered on the page before leads to telephone numbers. */
    atOnce?: readonly AtOnce[];
    issues: readonly Issue[];
    typed?: unknown;
    action: string;
    /** Answered again from the page that shows all answers. */
    fromCheck: boolean;
    last: boolean;
  }>,
): string {
  const { view, model, section, issues, answers } = props;
  const state = { values: {}, issues };
  return renderPage(
    <Frame view={view} plain title={section.label} heading={false} state={state}>
      <h1 class="unseen">{view.t(model.title)}</h1>
      <ErrorSummary view={view} state={state} />
      {(props.atOnce ?? []).map((one, i) => (
        <Numbers key={i} view={view} atOnce={one} />
      ))}
      <Form view={view} action={props.action}>
        {props.fromCheck ? <HiddenFields values={{ from: 'check' }} /> : null}
        <SectionFields
          view={view}
          model={model}
          section={section.linkId}
          answers={answers}
          issues={issues}
          typed={props.typed}
        />
        <NumbersAsked view={view} program={props.program} section={section} />
        <div class="buttons">
          <Button>{view.t(props.fromCheck || props.last ? text.toCheck : text.next)}</Button>
          {props.fromCheck ? null : (
            <Button kind="secondary" name="go" value="back">
              {view.t(text.back)}
            </Button>
          )}
        </div>
      </Form>
    </Frame>,
  );
}

/** Everything that was answered, to be looked at once more before it goes. */
export function checkPage(
  props: Readonly<{
    view: View;
    model: FormModel;
    answers: Answers;
    atOnce?: readonly AtOnce[];
    issues: readonly Issue[];
    /** `/a/<secret>` */
    base: string;
    once: string;
  }>,
): string {
  const { view, model, answers, issues, base, once } = props;
  return renderPage(
    <Frame view={view} plain title={text.checkTitle} lead={text.checkLead}>
      {(props.atOnce ?? []).map((one, i) => (
        <Numbers key={i} view={view} atOnce={one} />
      ))}
      {issues.length === 0 ? null : (
        <Notice view={view} kind="warning" title={text.stillMissing} live>
          <ul>
            {issues.map((one) => (
              <li key={one.path}>
                <a href={placeOf(model, base, one.path)}>{view.t(one.says)}</a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <h2 class="unseen">{view.t(text.yourAnswers)}</h2>
      <AnswersRead
        view={view}
        model={model}
        answers={answers}
        changeHref={(section) => `${sectionPath(base, section)}?from=check`}
      />
      <Form view={view} action={`${base}/send`} once={once}>
        <p>{view.t(text.sendLead)}</p>
        <Button>{view.t(text.send)}</Button>
      </Form>
    </Frame>,
  );
}

/** The page and field where a question is asked. */
function placeOf(model: FormModel, base: string, path: string): string {
  const section = model.sections.find((one) => questionsIn([one]).some((q) => fieldName(q.linkId) === path));
  return `${sectionPath(base, section?.linkId ?? '')}?from=check#${fieldId(path)}`;
}

/** Nothing personal: the next person may be looking at it already. */
export const thanksPage = (view: View, program: Program | undefined): string =>
  renderPage(
    <Frame view={view} plain title={text.thanks} heading={false}>
      <Confirmation view={view} title={text.thanks}>
        {program ? <p>{view.t(program.wording.afterAnswering)}</p> : null}
      </Confirmation>
      <p class="lead">{view.t(text.giveBack)}</p>
    </Frame>,
  );
