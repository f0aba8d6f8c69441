import type { JSX } from 'preact';
import { showDate } from '../../web/dates.ts';
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

export type Known = Readonly<{
  insurer: string;
  phone: string | null;
  agreed: boolean;
  /** They said that they have seen a doctor; perhaps when and where. */
  been: boolean;
  been_on: string | null;
  been_where: string | null;
}>;
/** Both are asked for at every step, so that nothing of them is left in the browser. */
type Who = Readonly<{ code: string; birth: string }>;

/** Yes, already, or no; what follows stands close to its own button, so that it is not read as of the one above. */
export const askPage = ({ view, known, code, birth }: Readonly<{ view: View; known: Known }> & Who): string =>
  renderPage(
    <Frame view={view} plain title={text.ask} lead={text.askLead}>
      {known.been ? (
        <Notice view={view} kind="info" title={text.beenKnown}>
          <BeenShown view={view} known={known} />
          <TakeBack view={view} code={code} birth={birth} />
        </Notice>
      ) : known.agreed ? (
        <Notice view={view} kind="info" title={text.alreadyYes} />
      ) : null}
      <Form view={view} action="/i/answer">
        <HiddenFields values={{ code, birth }} />
        <div>
          <p class="hint">{view.t(text.yesHint)}</p>
          <Buttons>
            <Button name="answer" value="yes">
              {view.t(text.yes)}
            </Button>
          </Buttons>
        </div>
        {known.been ? null : (
          <div>
            <p class="hint">{view.t(text.beenHint)}</p>
            <Buttons>
              <Button name="answer" value="been" kind="secondary">
                {view.t(text.been)}
              </Button>
            </Buttons>
          </div>
        )}
        <div>
          <p class="hint">{view.t(text.noHint)}</p>
          <Buttons>
            <Button name="answer" value="no" kind="secondary">
              {view.t(text.no)}
            </Button>
          </Buttons>
        </div>
      </Form>
      <Asked view={view} known={known} />
    </Frame>,
  );

/** When and where they have been, both left to them. */
export const beenPage = ({
  view,
  state,
  code,
  birth,
}: Readonly<{ view: View; state: FormState }> & Who): string =>
  renderPage(
    <Frame view={view} plain state={state} title={text.beenTitle} lead={text.beenLead}>
      <ErrorSummary view={view} state={state} />
      <Form view={view} action="/i/answer">
        <HiddenFields values={{ code, birth, told: '1' }} />
        <DateField view={view} state={state} name="day" label={text.beenDay} />
        <TextField
          view={view}
          state={state}
          name="place"
          label={text.beenPlace}
          hint={text.beenPlaceHint}
          maxLength={100}
        />
        <Buttons>
          <Button name="answer" value="been">
            {view.t(text.beenSend)}
          </Button>
        </Buttons>
      </Form>
    </Frame>,
  );

const BeenShown = ({ view, known }: Readonly<{ view: View; known: Known }>): JSX.Element | null => {
  const said = [known.been_on === null ? '' : showDate(known.been_on, view.language), known.been_where];
  const shown = said.filter(Boolean).join('　');
  return shown === '' ? null : <p>{shown}</p>;
};

const TakeBack = ({ view, code, birth }: Readonly<{ view: View }> & Who): JSX.Element => (
  <Form view={view} action="/i/answer">
    <HiddenFields values={{ code, birth }} />
    <Buttons>
      <Button name="answer" value="not-been" kind="secondary">
        {view.t(text.beenBack)}
      </Button>
    </Buttons>
  </Form>
);

export const answers = ['yes', 'been', 'not-been', 'no'] as const;
export type Answer = (typeof answers)[number];
const done = {
  yes: [text.doneYes, text.doneYesLead],
  been: [text.doneBeen, text.doneBeenLead],
  'not-been': [text.doneBack, text.doneBackLead],
  no: [text.doneNo, text.doneNoLead],
} as const;

/** It is done; of whoever said no the page knows nothing more than this. */
export const donePage = ({
  view,
  answer,
  known,
  who,
}: Readonly<{ view: View; answer: Answer; known: Known | undefined; who: Who | undefined }>): string => {
  const [title, lead] = done[answer];
  return renderPage(
    <Frame view={view} plain title={title} heading={false}>
      <Confirmation view={view} title={title}>
        <p>{view.t(lead)}</p>
        <p>{view.t(text.close)}</p>
      </Confirmation>
      {answer === 'been' && who !== undefined ? <TakeBack view={view} {...who} /> : null}
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
