import type { JSX } from 'preact';
import type { Program } from '../programs/program.ts';
import type { AtOnce } from '../programs/sessions.ts';
import { Dependent, PhoneLink } from '../web/form.tsx';
import { Notice } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { questionsIn, type Answers, type Section } from './form.ts';
import { fieldName } from './typed.ts';

/** What of `atOnce` hangs on questions of that section. */
const inSection = (program: Program, section: Section): AtOnce[] => {
  const asked = new Set(questionsIn([section]).map(({ linkId }) => linkId));
  return program.atOnce.filter(({ when }) => when.some(({ question }) => asked.has(question)));
};

/** What the answers to that section lead to at once. */
export const atOnceAfter = (
  program: Program,
  section: Section | undefined,
  answers: Answers,
): readonly AtOnce[] =>
  section === undefined
    ? []
    : inSection(program, section).filter(({ when }) =>
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
            {view.t(name)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Under the questions of a section: with script they appear with the answer, without they are there. */
export function NumbersAsked(
  props: Readonly<{ view: View; program: Program; section: Section }>,
): JSX.Element {
  return (
    <>
      {inSection(props.program, props.section).map((one, i) => (
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
