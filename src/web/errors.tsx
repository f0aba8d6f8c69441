import type { Problem } from '../kernel/problem.ts';
import type { Sentence } from '../kernel/sentence.ts';
import type { JSX } from 'preact';
import { Buttons, LinkButton } from './buttons.tsx';
import type { Content } from './content.ts';
import { Frame, renderPage } from './frame.tsx';
import { text } from './text.ts';
import type { View } from './view.ts';

type Shown = Readonly<{ title: Sentence; says?: Sentence | undefined; next: Sentence | undefined }>;

const ordinary: Readonly<Record<Exclude<Problem['kind'], 'too-many'>, Shown>> = {
  invalid: { title: text.invalidTitle, next: text.invalidNext },
  'signed-out': { title: text.signedOutTitle, next: text.signedOutNext },
  forbidden: { title: text.forbiddenTitle, next: text.forbiddenNext },
  'not-found': { title: text.notFoundTitle, next: text.notFoundNext },
  conflict: { title: text.conflictTitle, next: text.conflictNext },
  // What was refused says what to do next, to somebody who may have no account.
  gone: { title: text.goneTitle, next: undefined },
};

function shownFor(problem: Problem): Shown {
  if (problem.kind === 'too-many') {
    const minutes = Math.max(1, Math.ceil(problem.retryAfterSeconds / 60));
    return { title: text.tooManyTitle, next: text.tooManyNext(minutes) };
  }
  return { ...ordinary[problem.kind], ...('says' in problem ? { says: problem.says } : {}) };
}

function ProblemPage(
  props: Readonly<{ view: View; shown: Shown; requestId: string; children?: Content; ways: Content }>,
): JSX.Element {
  const { view, shown } = props;
  return (
    <Frame view={view} title={shown.title}>
      <div class="prose">
        {shown.says === undefined ? null : <p class="lead">{view.t(shown.says)}</p>}
        {props.children}
        {shown.next === undefined ? null : <p>{view.t(shown.next)}</p>}
        {props.ways}
        <p class="reference">
          {view.t(text.reference)}: <code>{props.requestId}</code>
        </p>
      </div>
    </Frame>
  );
}

/** A page for whatever was refused: what it means and what to do next, without blame or jargon. */
export function problemPage(view: View, problem: Problem, requestId: string): string {
  const home = (
    <LinkButton href="/" kind="secondary">
      {view.t(text.home)}
    </LinkButton>
  );
  const ways =
    problem.kind === 'signed-out' ? (
      <LinkButton href={`/sign-in?to=${encodeURIComponent(view.path)}`}>{view.t(text.signIn)}</LinkButton>
    ) : problem.kind === 'conflict' ? (
      <>
        <LinkButton href={view.path}>{view.t(text.look)}</LinkButton> {home}
      </>
    ) : problem.kind === 'gone' && view.who === undefined ? null : (
      home
    );
  return renderPage(
    <ProblemPage
      view={view}
      shown={shownFor(problem)}
      requestId={requestId}
      ways={ways && <Buttons>{ways}</Buttons>}
    >
      {problem.kind === 'invalid' ? (
        <ul>
          {problem.issues.map((one, i) => (
            <li key={i}>{view.t(one.says)}</li>
          ))}
        </ul>
      ) : null}
    </ProblemPage>,
  );
}

/** A page for a fault of ours: shows nothing of it but the number that finds it in the log. */
export const bugPage = (view: View, requestId: string): string =>
  renderPage(
    <ProblemPage
      view={view}
      shown={{ title: text.bugTitle, next: text.bugNext }}
      requestId={requestId}
      ways={
        <Buttons>
          <LinkButton href="/" kind="secondary">
            {view.t(text.home)}
          </LinkButton>
        </Buttons>
      }
    />,
  );
