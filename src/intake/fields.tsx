import type { JSX } from 'preact';
import { CheckField, DateField, RadioField, TextArea, TextField } from '../web/form.tsx';
import type { Sentence } from '../kernel/sentence.ts';
import type { FormState } from '../web/reading.ts';
import type { View } from '../web/view.ts';
import { fieldName } from './answers.ts';
import type { Question } from './form.ts';

/**
 * One question as the control that fits its type. Its name is `q.<linkId>`. Who is asked (`whom`) stands in the hint of a
 * question that not everybody on this page is asked: without script, all questions are there.
 */
export function QuestionField({
  view,
  state,
  question,
  whom,
}: Readonly<{
  view: View;
  state: FormState;
  question: Question;
  whom?: Sentence | undefined;
}>): JSX.Element {
  const { hint, options } = question;
  const field = {
    view,
    state,
    name: fieldName(question.linkId),
    label: question.label,
    required: question.required,
    ...(whom === undefined ? {} : { whom }),
    ...(hint === undefined ? {} : { hint }),
  };
  switch (question.type) {
    case 'boolean':
      return <RadioField {...field} options={options} inline />;
    case 'choice':
      return question.repeats ? (
        <CheckField {...field} options={options} inline={areManyShort(question, view)} />
      ) : (
        <RadioField {...field} options={options} inline={areShort(question, view)} />
      );
    case 'integer':
      return <TextField {...field} inputMode="numeric" width="short" unit={question.unit} />;
    case 'date':
      return <DateField {...field} />;
    case 'string':
      return <TextField {...field} />;
    case 'text':
      return <TextArea {...field} />;
  }
}

/** A long list of short answers goes beside each other, so that all of it can be seen at once. */
const areManyShort = ({ options }: Question, view: View): boolean =>
  options.length > 8 && options.every((option) => view.t(option.label).length <= 24);

const areShort = ({ options }: Question, view: View): boolean =>
  options.length <= 4 && options.every((option) => view.t(option.label).length <= 8);
