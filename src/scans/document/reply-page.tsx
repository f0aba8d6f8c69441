import type { JSX } from 'preact';
import { z } from 'zod';
import { displayName } from '../../people/record.ts';
import { MoveForm } from '../../support/pages/move-form.tsx';
import type { AskedResource } from '../../support/requests.ts';
import {
  Button,
  Buttons,
  choice,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  optionalText,
  RadioField,
  TextArea,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { Picture } from '../picture.tsx';
import { text } from '../text.ts';
import type { ShownDocument } from './read.ts';

/** What an answer that came on paper may belong to. */
export type Replying = Readonly<{
  /** Id of the referral. */
  task: string;
  /** The case's requests to groups that are open. */
  requests: readonly AskedResource[];
  /** The one that is meant: by the code on the sheet, or as it was chosen. */
  one: AskedResource | undefined;
  /** The sheet handed the person on to another window. */
  handedOn: boolean;
  /** It is a sheet of ours, on which the answer stands at the foot. */
  printed: boolean;
}>;

const handedAnswers = ['taken', 'not-taken'] as const;
export const HandedForm = z.object({
  answer: choice(handedAnswers, text.handedMissing),
  words: optionalText(500),
});

/** The answer of a window, as it stands among the contacts of the case. */
export const handedWords = ({ answer, words }: z.infer<typeof HandedForm>): string =>
  [`${text.handedOn.ja}：${text.handed[answer].ja}`, words].filter(Boolean).join('\n');

type Props = Replying & Readonly<{ view: View; state: FormState; once: string; shown: ShownDocument }>;

/** The sheet that came back beside what can be recorded of it. */
export function replyPage(props: Props): string {
  const { view, state, shown } = props;
  const base = `/documents/${shown.document.id}`;
  return renderPage(
    <Frame
      view={view}
      title={text.reply}
      lead={displayName(shown.person, view.language)}
      back={{ href: base, label: text.document }}
      state={state}
      wide
    >
      <ErrorSummary view={view} state={state} />
      <p>{view.t(text.replyLead)}</p>
      <div class="beside">
        <Picture view={view} src={`${base}/picture`} end={props.printed} />
        <div>
          <What {...props} />
        </div>
      </div>
    </Frame>,
  );
}

function What(props: Props): JSX.Element {
  const { view, state, once, shown, one, requests } = props;
  const action = `/documents/${shown.document.id}/reply`;
  if (one !== undefined)
    return (
      <>
        <h2>{one.name}</h2>
        <MoveForm
          view={view}
          one={one}
          state={state}
          once={once}
          action={`${action}?request=${one.task.id}`}
        />
        {requests.length > 1 ? <Others {...props} /> : null}
      </>
    );
  if (props.handedOn) return <Handed {...props} />;
  return requests.length === 0 ? <Empty view={view} title={text.replyNone} /> : <Others {...props} />;
}

const Others = ({ view, shown, requests, one }: Props): JSX.Element => (
  <Panel view={view} title={text.replyTo}>
    <Buttons>
      {requests
        .filter((other) => other !== one)
        .map(({ task, name }) => (
          <LinkButton
            key={task.id}
            href={`/documents/${shown.document.id}/reply?request=${task.id}`}
            kind="secondary"
          >
            {name}
          </LinkButton>
        ))}
    </Buttons>
  </Panel>
);

const Handed = ({ view, state, once, shown }: Props): JSX.Element => (
  <Form view={view} action={`/documents/${shown.document.id}/reply`} once={once} kept>
    <HiddenFields values={{ as: 'handed-on' }} />
    <RadioField
      view={view}
      state={state}
      name="answer"
      label={text.handedOn}
      required
      options={handedAnswers.map((value) => ({ value, label: text.handed[value] }))}
    />
    <TextArea view={view} state={state} name="words" label={text.handedWords} rows={3} maxLength={500} />
    <Button>{view.t(text.typeIt)}</Button>
  </Form>
);
