import type { JSX } from 'preact';
import type { Questionnaire } from '@medplum/fhirtypes';
import type { Stored } from '../../fhir/types.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import type { Fault } from '../../programs/fault.ts';
import { worded } from '../../programs/wording.ts';
import {
  Button,
  Buttons,
  ErrorSummary,
  FileField,
  Form,
  HiddenFields,
  SingleCheck,
  TextArea,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Facts, Notice, Panel, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Failing } from '../failing.ts';
import { FailingNotice } from '../failing-notice.tsx';
import { readQuestionnaire } from '../form.ts';
import { QuestionFields } from '../pages.tsx';
import { initialAnswers } from '../begin.ts';
import { text } from './text.ts';

/** The loaded forms in use, and the way to load one more. */
export function formsPage(
  props: Readonly<{ view: View; forms: readonly Stored<Questionnaire>[]; state: FormState }>,
): string {
  const { view, forms, state } = props;
  return renderPage(
    <Frame view={view} title={text.title} lead={text.lead} state={state}>
      <ErrorSummary view={view} state={state} />
      <Panel view={view} title={text.inUse}>
        {forms.length === 0 ? (
          <Empty view={view} title={text.none} />
        ) : (
          <Table
            view={view}
            caption={text.inUse}
            hideCaption
            columns={[{ label: text.title }, { label: text.version }, { label: text.address }]}
            rows={forms.map((form) => ({
              key: form.id,
              cells: [
                <a href={`/forms/${form.id}`}>{view.t(worded(form, 'title'))}</a>,
                form.version,
                <span class="break">{form.url}</span>,
              ],
            }))}
          />
        )}
      </Panel>
      <Panel view={view} title={text.load}>
        <Form view={view} action="/forms/check" multipart>
          <FileField
            view={view}
            state={state}
            name="file"
            label={text.file}
            accept=".json,application/json"
          />
          <TextArea view={view} state={state} name="json" label={text.pasted} rows={6} />
          <Button>{view.t(text.check)}</Button>
        </Form>
      </Panel>
    </Frame>,
  );
}

const back = { href: '/forms', label: text.title } as const;

/** What a checker found: the place in the file, and what is there. */
const Faults = ({ view, faults }: Readonly<{ view: View; faults: readonly Fault[] }>): JSX.Element => (
  <ul class="faults">
    {faults.map(({ place, says, ja = says }, i) => (
      <li key={i}>
        {place === '' ? null : (
          <>
            <code class="break">{place}</code>:{' '}
          </>
        )}
        {view.t({ ja, en: says })}
      </li>
    ))}
  </ul>
);

/** Why a form cannot be used. */
export const unusablePage = (view: View, faults: readonly Fault[]): string =>
  renderPage(
    <Frame view={view} title={text.unusable} lead={text.unusableLead} back={back}>
      <Notice view={view} kind="warning" title={text.unusable} live>
        <Faults view={view} faults={faults} />
      </Notice>
    </Frame>,
  );

const Preview = ({ view, form }: Readonly<{ view: View; form: Questionnaire }>): JSX.Element => {
  const model = readQuestionnaire(form, view.language);
  return (
    <Panel view={view} title={text.preview}>
      <p class="hint">{view.t(text.previewLead)}</p>
      <form class="form preview" noValidate>
        <QuestionFields view={view} model={model} answers={initialAnswers(form)} issues={[]} />
      </form>
    </Panel>
  );
};

const About = ({ view, form }: Readonly<{ view: View; form: Questionnaire }>): JSX.Element => (
  <Facts
    view={view}
    rows={[
      [text.version, form.version],
      [text.address, <span class="break">{form.url}</span>],
    ]}
  />
);

/** A form that can be used, before it is: what of it does not work here, how it looks, and the button. */
export function checkedPage(
  props: Readonly<{
    view: View;
    form: Questionnaire;
    lacking: readonly Fault[];
    json: string;
    state: FormState;
    once: string;
  }>,
): string {
  const { view, form, lacking, state } = props;
  return renderPage(
    <Frame view={view} title={worded(form, 'title')} back={back} state={state}>
      <ErrorSummary view={view} state={state} />
      <About view={view} form={form} />
      {lacking.length === 0 ? null : (
        <Notice view={view} kind="warning" title={text.lacking}>
          <p>{view.t(text.lackingLead)}</p>
          <Faults view={view} faults={lacking} />
        </Notice>
      )}
      <Form view={view} action="/forms" once={props.once}>
        {/* Text of another's making, in letters that every way of sending leaves alone. */}
        <HiddenFields values={{ form: Buffer.from(props.json).toString('base64url') }} />
        {lacking.length === 0 ? null : (
          <SingleCheck view={view} state={state} name="understood" label={text.understood} required />
        )}
        <Button>{view.t(text.use)}</Button>
      </Form>
      <Preview view={view} form={form} />
    </Frame>,
  );
}

/** A form in use, or one that was. */
export function formPage(
  props: Readonly<{
    view: View;
    form: Stored<Questionnaire>;
    lacking: readonly Fault[];
    failing: readonly Failing[];
    once: string;
    said?: Sentence;
  }>,
): string {
  const { view, form, lacking } = props;
  return renderPage(
    <Frame view={view} title={worded(form, 'title')} back={back}>
      <About view={view} form={form} />
      <FailingNotice view={view} form={form} failing={props.failing} keeper />
      {lacking.length === 0 ? null : (
        <Notice view={view} kind="info" title={text.lacking}>
          <Faults view={view} faults={lacking} />
        </Notice>
      )}
      {form.status === 'retired' ? (
        <Notice view={view} kind="info" title={text.retired} />
      ) : (
        <Panel view={view} title={text.retire}>
          <p>{view.t(text.retireLead)}</p>
          <Form view={view} action={`/forms/${form.id}/retire`} once={props.once}>
            <Buttons>
              <Button kind="secondary">{view.t(text.retire)}</Button>
            </Buttons>
          </Form>
        </Panel>
      )}
      <Preview view={view} form={form} />
    </Frame>,
  );
}
