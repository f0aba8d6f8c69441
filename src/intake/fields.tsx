import type { JSX } from 'preact';
import { Button, CheckField, DateField, RadioField, TextArea, TextField } from '../web/form.tsx';
import { typedIn, type FormState } from '../web/reading.ts';
import { shown } from '../web/ruby.tsx';
import type { View } from '../web/view.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { GivenFiles } from './files/kept-files.tsx';
import type { Question } from './form.ts';
import { rowText } from './row-text.ts';
import { fieldName, fieldsSent, hasFields } from './typed.ts';
import { openMark } from './values.ts';

type Drawing = Readonly<{
  view: View;
  state: FormState;
  question: Question;
  whom?: Sentence | undefined;
  /** The address below which files that were given are had. */
  files?: string | undefined;
}>;

/**
 * One question as the control that fits its type. Its name is `q.<linkId>`. Who is asked (`whom`) stands in the hint of a
 * question that not everybody on this page is asked: without script, all questions are there.
 */
export function QuestionField(props: Drawing): JSX.Element | null {
  const { view, state, question } = props;
  if (question.hidden) return null;
  if (!hasFields(question)) return <OneField {...props} name={fieldName(question.linkId)} />;
  const many = Math.max(fieldsSent(question, state.values), question.minOccurs ?? 1);
  const names = Array.from({ length: many }, (_, i) => fieldName(question.linkId, i + 1));
  return (
    <div class="several">
      {names.map((name, i) => (
        <OneField
          key={name}
          {...props}
          name={name}
          question={
            i === 0
              ? question
              : { ...question, required: false, label: rowText.numbered(question.label, i + 1) }
          }
        />
      ))}
      {many >= (question.maxOccurs ?? 20) ? null : (
        <Button kind="quiet" name="_row" value={`more:${question.linkId}`}>
          {view.t(rowText.anotherAnswer(question.label))}
        </Button>
      )}
    </div>
  );
}

function OneField(props: Drawing & Readonly<{ name: string }>): JSX.Element {
  const { view, state, question, whom, name } = props;
  const { hint, options } = question;
  const field = {
    view,
    state,
    name,
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
    case 'open-choice':
      return <OpenChoice {...field} question={question} />;
    case 'integer':
      return <TextField {...field} inputMode="numeric" width="short" unit={question.unit} />;
    case 'decimal':
      return <TextField {...field} inputMode="decimal" width="short" unit={question.unit} />;
    case 'quantity':
      return (
        <TextField
          {...field}
          inputMode="decimal"
          width="short"
          {...(question.units.length > 1 ? { units: question.units } : { unit: question.units[0]?.label })}
        />
      );
    case 'date':
      return <DateField {...field} />;
    case 'dateTime':
      return <DateField {...field} time />;
    case 'time':
      return <TextField {...field} type="time" width="short" />;
    case 'url':
      return <TextField {...field} inputMode="url" />;
    case 'reference':
    case 'string':
      return <TextField {...field} />;
    case 'text':
      return <TextArea {...field} />;
    case 'attachment':
      return (
        <GivenFiles
          {...field}
          question={question}
          values={[state.values[name] ?? []].flat()}
          files={props.files}
        />
      );
  }
}

/** The options, one more that says none of them fits, and a line for what does. */
function OpenChoice(
  props: Readonly<{ view: View; state: FormState; question: Question; name: string; label: Sentence }>,
): JSX.Element {
  const { view, question, state, name } = props;
  const options = [...question.options, { value: openMark, label: rowText.other, exclusive: false }];
  const other = `${name}-other`;
  return (
    <div class="open-choice">
      {question.repeats ? (
        <CheckField {...props} options={options} />
      ) : (
        <RadioField {...props} options={options} />
      )}
      <TextField
        view={view}
        state={{ values: { [other]: typedIn(state, other) }, issues: [] }}
        name={other}
        label={rowText.inOwnWords(question.label)}
        mark={false}
      />
    </div>
  );
}

/** What the form filled in by itself: to read, and what is sent in its place counts for nothing. */
export function FilledIn({
  view,
  question,
  says,
}: Readonly<{ view: View; question: Question; says: Sentence }>): JSX.Element | null {
  if (question.hidden) return null;
  const name = fieldName(question.linkId);
  return (
    <div class="field filled-in">
      <p class="label" id={`${name}-label`}>
        {shown(view, question.label)}
      </p>
      {question.hint ? <p class="hint">{shown(view, question.hint)}</p> : null}
      <p>
        <output aria-labelledby={`${name}-label`} data-filled-in={name}>
          {view.t(says)}
        </output>
      </p>
    </div>
  );
}

/** A long list of short answers goes beside each other, so that all of it can be seen at once. */
const areManyShort = ({ options }: Question, view: View): boolean =>
  options.length > 8 && options.every((option) => view.t(option.label).length <= 24);

const areShort = ({ options }: Question, view: View): boolean =>
  options.length <= 4 && options.every((option) => view.t(option.label).length <= 8);
