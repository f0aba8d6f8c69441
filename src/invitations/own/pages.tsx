import type { JSX } from 'preact';
import {
  Button,
  Buttons,
  DateField,
  ErrorSummary,
  Form,
  HiddenFields,
  PhoneLink,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Confirmation, Notice, Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { text } from './text.ts';

/** Who they are, by what stands on the letter and what does not. `code`: it came with the square. */
export const enterPage = ({
  view,
  state,
  code,
}: Readonly<{ view: View; state: FormState; code: string | undefined }>): string =>
  renderPage(
    <Frame
      view={view}
      plain
      state={state}
      title={text.title}
      lead={code === undefined ? text.lead : text.leadCode}
    >
      <ErrorSummary view={view} state={state} />
      <Form view={view} action="/i">
        {code === undefined ? (
          <TextField
            view={view}
            state={state}
            name="code"
            label={text.code}
            hint={text.codeHint}
            inputMode="numeric"
            required
          />
        ) : (
          <HiddenFields values={{ code, square: '1' }} />
        )}
        <DateField view={view} state={state} name="birth" label={text.birth} birthday required />
        <Buttons>
          <Button>{view.t(text.next)}</Button>
        </Buttons>
      </Form>
    </Frame>,
  );

export type Known = Readonly<{ insurer: string; phone: string | null; agreed: boolean }>;

/** Yes or no; each says what follows. */
export const askPage = ({
  view,
  known,
  code,
  birth,
}: Readonly<{ view: View; known: Known; code: string; birth: string }>): string =>
  renderPage(
    <Frame view={view} plain title={text.ask} lead={text.askLead}>
      {known.agreed ? <Notice view={view} kind="info" title={text.alreadyYes} /> : null}
      <Form view={view} action="/i/answer">
        <HiddenFields values={{ code, birth }} />
        <p class="hint">{view.t(text.yesHint)}</p>
        <Buttons>
          <Button name="answer" value="yes">
            {view.t(text.yes)}
          </Button>
        </Buttons>
        <p class="hint">{view.t(text.noHint)}</p>
        <Buttons>
          <Button name="answer" value="no" kind="secondary">
            {view.t(text.no)}
          </Button>
        </Buttons>
      </Form>
      <Asked view={view} known={known} />
    </Frame>,
  );

/** It is done; of whoever said no the page knows nothing more than this. */
export const donePage = ({
  view,
  answer,
  known,
}: Readonly<{ view: View; answer: 'yes' | 'no'; known: Known | undefined }>): string => {
  const [title, lead] = answer === 'yes' ? [text.doneYes, text.doneYesLead] : [text.doneNo, text.doneNoLead];
  return renderPage(
    <Frame view={view} plain title={title} heading={false}>
      <Confirmation view={view} title={title}>
        <p>{view.t(lead)}</p>
        <p>{view.t(text.close)}</p>
      </Confirmation>
      {known === undefined ? null : <Asked view={view} known={known} />}
    </Frame>,
  );
};

const Asked = ({ view, known }: Readonly<{ view: View; known: Known }>): JSX.Element => (
  <Panel view={view} title={text.insurer}>
    <p>
      {known.insurer} {known.phone === null ? null : <PhoneLink number={known.phone} />}
    </p>
  </Panel>
);
