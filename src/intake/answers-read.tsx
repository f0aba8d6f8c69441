import type { JSX } from 'preact';
import { CheckAnswers, Empty } from '../web/parts.tsx';
import { shown } from '../web/ruby.tsx';
import type { View } from '../web/view.ts';
import { FilesRead } from './files/kept-files.tsx';
import { questionsIn, type Answers, type FormModel, type Section } from './form.ts';
import { plainId, unrolled } from './rows.ts';
import { sayAnswers, sayScored } from './say.ts';
import { sectionsAsked } from './steps.ts';
import { text } from './text.ts';
import { answersTo, watch } from './visible.ts';

/** The answers to read, section by section; with `changeHref`, each with a way back to its section. */
export function AnswersRead({
  view,
  model,
  answers,
  changeHref,
  scores = false,
  files,
}: Readonly<{
  /** The address below which files among the answers are had; left out, they are named. */
  files?: string | undefined;
  /** With what each chosen answer counts for: for the staff, not for whoever answers. */
  scores?: boolean;
  view: View;
  model: FormModel;
  answers: Answers;
  changeHref?: (section: string, linkId: string) => string;
}>): JSX.Element {
  const { shown: isShown } = watch(model, answers);
  const sections = sectionsAsked(model, answers);
  const full = unrolled(model, answers).sections;
  const rowsOf = (section: Section): Section[] =>
    full.filter((one) => plainId(one.linkId) === plainId(section.linkId));
  if (Object.keys(answers).length === 0 && changeHref === undefined)
    return <Empty view={view} title={text.nothingAnswered} />;
  return (
    <>
      {sections.map((section) => (
        <section key={section.linkId} class="answers-read">
          {view.t(section.label) === '' ? null : <h3>{shown(view, section.label)}</h3>}
          <CheckAnswers
            view={view}
            rows={questionsIn(rowsOf(section))
              .filter((question) => !question.hidden && isShown(question.linkId))
              .map((question) => {
                const values = answersTo(answers, question.linkId);
                return {
                  label: question.label,
                  value:
                    values.length > 0 && question.type === 'attachment' ? (
                      <FilesRead view={view} values={values} files={files} />
                    ) : (
                      shown(
                        view,
                        values.length === 0
                          ? text.noAnswer
                          : (scores ? sayScored : sayAnswers)(question, values),
                      )
                    ),
                  ...(changeHref ? { changeHref: changeHref(section.linkId, question.linkId) } : {}),
                };
              })}
          />
        </section>
      ))}
    </>
  );
}
