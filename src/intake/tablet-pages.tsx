import type { JSX } from 'preact';
import type { Issue } from '../kernel/problem.ts';
import type { Program } from '../programs/program.ts';
import { assetUrl } from '../web/assets.ts';
import type { Content } from '../web/content.ts';
import {
  Button,
  ErrorSummary,
  fieldId,
  Form,
  HiddenFields,
  LinkButton,
  type FormState,
} from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Confirmation, Notice } from '../web/parts.tsx';
import { shown } from '../web/ruby.tsx';
import type { View, Words } from '../web/view.ts';
import { fieldName } from './answers.ts';
import { atOnceAfter, Numbers, NumbersAsked } from './at-once.tsx';
import { comfortText } from './comfort-text.ts';
import { Tongues } from '../programs/tongues.tsx';
import { Comforts } from './comforts.tsx';
import { asksForFiles } from './files/receive.ts';
import { filesText } from './files/text.ts';
import { questionsIn, type Answers, type FormModel } from './form.ts';
import { AnswersRead } from './answers-read.tsx';
import { SectionFields } from './pages.tsx';
import { tabletText as text } from './page-text.ts';
import { plainId } from './rows.ts';
import { stepsOf, type Step } from './steps.ts';
import type { Opened } from './tablet-open.ts';

/** `base` is `/a/<secret>`. */
export const stepPath = (base: string, { section, only }: Step): string =>
  `${base}/sections/${encodeURIComponent(section.linkId)}${only === undefined ? '' : `?question=${encodeURIComponent(only)}`}`;

const withFrom = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}from=check`;

/** A page of the tablet: in the language and size wished for, with ways to another. */
export function TabletFrame(
  props: Readonly<{
    opened: Opened;
    title: Words;
    lead?: Words;
    heading?: false;
    state?: FormState;
    /** The id of the form that carries what is typed along to another language or size. */
    at: string;
    children: Content;
  }>,
): JSX.Element {
  const { opened, title, lead, heading, state, at, children } = props;
  const { view, asked, tongue, wishes, base } = opened;
  return (
    <Frame
      view={view}
      plain
      title={title}
      lead={lead}
      heading={heading}
      state={state}
      large={wishes.large}
      languages={Tongues({ view, form: asked.form, tongue, at }) ?? undefined}
    >
      {children}
      <Keeping view={view} base={base} />
    </Frame>
  );
}

/** What the script needs that keeps answers, encrypted, while they cannot be sent (decision 0062). */
const Keeping = ({
  view,
  base,
  done = false,
}: Readonly<{ view: View; base: string; done?: boolean }>): JSX.Element => (
  <div
    data-keeping={base}
    data-done={done ? '' : undefined}
    data-offline={view.t(comfortText.offline)}
    data-alone={view.t(comfortText.offlineAlone)}
    data-online={view.t(comfortText.online)}
    data-restored={view.t(comfortText.restored)}
    data-unsent={view.t(comfortText.unsent)}
    data-see={view.t(comfortText.toUnsent)}
    data-files={view.t(filesText.offline)}
  >
    <div class="notice tone-info" role="status" data-said hidden />
    <script src={assetUrl('keeping.js')} defer />
  </div>
);

/** The form of a page that has nothing typed, for another language or size. */
export const WishForm = ({ opened, from }: Readonly<{ opened: Opened; from: '' | 'check' }>): JSX.Element => (
  <Form view={opened.view} action={`${opened.base}/wishes`} id="wishes">
    <HiddenFields values={{ at: from }} />
    <Comforts
      view={opened.view}
      wishes={opened.wishes}
      form={opened.asked.form}
      tongue={opened.tongue}
      at="wishes"
      pace={from === ''}
    />
  </Form>
);

/** What the tablet shows before the first question: who asks and what for, and nothing about the person. */
export function welcomePage(
  props: Readonly<{ opened: Opened; clinic: string; start: string; pages: number }>,
): string {
  const { opened, clinic, start } = props;
  const { view, model, asked, begun, wishes, base } = opened;
  const { program } = asked;
  return renderPage(
    <TabletFrame opened={opened} title={model.title} lead={text.from(clinic)} at="wishes">
      <WishForm opened={opened} from="" />
      <div class="prose">
        {program ? <p class="pre-line">{shown(view, program.wording.beforeAnswering)}</p> : null}
        <ul>
          <li>{view.t(wishes.single === true ? text.questions(props.pages) : text.pages(props.pages))}</li>
          <li>{view.t(text.keeps)}</li>
          <li>{view.t(text.help)}</li>
        </ul>
      </div>
      <LinkButton href={start}>{view.t(begun ? text.goOn : text.begin)}</LinkButton>
      <p>
        <a href={`${base}/elsewhere`}>{view.t(comfortText.elsewhere)}</a>
      </p>
    </TabletFrame>,
  );
}

/** One page of questions. */
export function stepPage(
  props: Readonly<{
    opened: Opened;
    step: Step;
    steps: readonly Step[];
    answers: Answers;
    issues: readonly Issue[];
    typed?: unknown;
    /** Answered again from the page that shows all answers. */
    fromCheck: boolean;
    last: boolean;
  }>,
): string {
  const { opened, step, issues, answers } = props;
  const at = props.steps.findIndex((one) => one.section === step.section && one.only === step.only);
  const { view, model, base, wishes } = opened;
  const state = { values: {}, issues };
  const path = stepPath(base, step);
  // What the page before led to: without script its numbers are first seen here.
  const earlier = props.steps.slice(Math.max(0, at - 1), at);
  return renderPage(
    <TabletFrame opened={opened} title={step.section.label} heading={false} state={state} at="answers">
      <h1 class="unseen">{view.t(model.title)}</h1>
      <ErrorSummary view={view} state={state} />
      {atOnceAfter(opened.asked.program, earlier, answers).map((one, i) => (
        <Numbers key={i} view={view} atOnce={one} />
      ))}
      <Form view={view} action={path} id="answers" multipart={asksForFiles(model)}>
        {props.fromCheck ? <HiddenFields values={{ from: 'check' }} /> : null}
        <SectionFields
          view={view}
          model={model}
          section={step.section.linkId}
          only={step.only}
          steps={props.steps}
          files={`${base}/files`}
          answers={answers}
          issues={issues}
          typed={props.typed}
        />
        <NumbersAsked view={view} program={opened.asked.program} steps={[step]} />
        <div class="buttons">
          <Button>{view.t(props.fromCheck || props.last ? text.toCheck : text.next)}</Button>
          {props.fromCheck ? null : (
            <Button kind="secondary" name="go" value="back">
              {view.t(text.back)}
            </Button>
          )}
        </div>
        <Comforts
          view={view}
          wishes={wishes}
          form={opened.asked.form}
          tongue={opened.tongue}
          at="answers"
          pace
        />
      </Form>
      <p>
        <a href={`${base}/elsewhere`}>{view.t(comfortText.elsewhere)}</a>
      </p>
    </TabletFrame>,
  );
}

/** Everything that was answered, to be looked at once more before it goes. */
export function checkPage(
  props: Readonly<{ opened: Opened; issues: readonly Issue[]; once: string }>,
): string {
  const { opened, issues, once } = props;
  const { view, model, answers, base, wishes } = opened;
  const stepOf = (section: string, only: string): string => {
    const found = model.sections.find((one) => plainId(one.linkId) === plainId(section));
    const single = wishes.single === true ? { only } : {};
    return found ? withFrom(stepPath(base, { section: found, ...single })) : `${base}/all`;
  };
  return renderPage(
    <TabletFrame opened={opened} title={text.checkTitle} lead={text.checkLead} at="wishes">
      {atOnceAfter(opened.asked.program, stepsOf(model, answers, false), answers).map((one, i) => (
        <Numbers key={i} view={view} atOnce={one} />
      ))}
      {issues.length === 0 ? null : (
        <Notice view={view} kind="warning" title={text.stillMissing} live>
          <ul>
            {issues.map((one) => (
              <li key={one.path}>
                <a href={placeOf(model, one.path, stepOf)}>{view.t(one.says)}</a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <h2 class="unseen">{view.t(text.yourAnswers)}</h2>
      <AnswersRead view={view} model={model} answers={answers} changeHref={stepOf} files={`${base}/files`} />
      <Form view={view} action={`${base}/send`} once={once}>
        <p>{view.t(text.sendLead)}</p>
        <Button>{view.t(text.send)}</Button>
      </Form>
      <WishForm opened={opened} from="check" />
    </TabletFrame>,
  );
}

/** The page and field where a question is asked. */
function placeOf(model: FormModel, path: string, stepOf: (section: string, only: string) => string): string {
  const linkId = path.replace(/^q\./, '');
  const section = model.sections.find((one) =>
    questionsIn([one]).some((q) => fieldName(q.linkId) === path || q.linkId === plainId(linkId)),
  );
  return `${stepOf(section?.linkId ?? '', linkId)}#${fieldId(path)}`;
}

/** Nothing personal: the next person may be looking at it already. */
export const thanksPage = (view: View, program: Program | undefined, base: string): string =>
  renderPage(
    <Frame view={view} plain title={text.thanks} heading={false}>
      <Confirmation view={view} title={text.thanks}>
        {program ? <p>{shown(view, program.wording.afterAnswering)}</p> : null}
      </Confirmation>
      <p class="lead">{view.t(text.giveBack)}</p>
      <Keeping view={view} base={base} done />
    </Frame>,
  );
