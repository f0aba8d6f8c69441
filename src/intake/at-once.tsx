import type { JSX } from 'preact';
import type { Program } from '../programs/program.ts';
import type { AtOnce } from '../programs/sessions.ts';
import { Dependent, PhoneLink } from '../web/form.tsx';
import { Notice } from '../web/parts.tsx';
import { shown } from '../web/ruby.tsx';
import type { View } from '../web/view.ts';
import { questionsIn, type Answers } from './form.ts';
import { plainId } from './rows.ts';
import type { Step } from './steps.ts';
import { fieldName } from './typed.ts';

/** The questions of a page. */
const askedOn = ({ section, only }: Step): ReadonlySet<string> =>
  new Set((only === undefined ? questionsIn([section]).map(({ linkId }) => linkId) : [only]).map(plainId));

/** What of a program's `atOnce` hangs on questions of those pages; a form made elsewhere has none. */
const on = (program: Program | undefined, steps: readonly Step[]): AtOnce[] => {
  const asked = steps.map(askedOn);
  return (program?.atOnce ?? []).filter(({ when }) =>
    when.some(({ question }) => asked.some((names) => names.has(question))),
  );
};

/** What the answers to those pages lead to at once. */
export const atOnceAfter = (
  program: Program | undefined,
  steps: readonly Step[],
  answers: Answers,
): readonly AtOnce[] =>
  on(program, steps).filter(({ when }) =>
    when.some((one) => (answers[one.question] ?? []).some((code) => one.answers.includes(code))),
  );

/** The numbers to call, each to be pressed. */
export function Numbers({ view, atOnce }: Readonly<{ view: View; atOnce: AtOnce }>): JSX.Element {
  return (
    <Notice view={view} kind="error" title={atOnce.says} live>
      <ul class="numbers">
        {atOnce.numbers.map(({ number, name }) => (
          <li key={number}>
            {number.startsWith('#') ? (
              <a href={`tel:${encodeURIComponent('#')}${number.slice(1)}`}>{number}</a>
            ) : (
              <PhoneLink number={number} />
            )}{' '}
            {shown(view, name)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Under the questions of some pages: with script they appear with the answer, without they are there. */
export function NumbersAsked(
  props: Readonly<{ view: View; program: Program | undefined; steps: readonly Step[] }>,
): JSX.Element {
  return (
    <>
      {on(props.program, props.steps).map((one, i) => (
        <Dependent
          key={i}
          when={{
            behavior: 'any',
            conditions: one.when.flatMap(({ question, answers }) =>
              answers.map((answer) => ({ question: fieldName(question), operator: '=' as const, answer })),
            ),
          }}
        >
          <Numbers view={props.view} atOnce={one} />
        </Dependent>
      ))}
    </>
  );
}
