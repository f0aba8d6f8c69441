import type { JSX } from 'preact';
import type { Questionnaire } from '@medplum/fhirtypes';
import type { Stored } from '../fhir/types.ts';
import type { Issue } from '../kernel/problem.ts';
import { LimitsNotice } from '../people/danger/marks.tsx';
import { displayName, type ReadPatient } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { Beside, type TypedFrom } from '../web/beside.tsx';
import { showDateTime } from '../web/dates.ts';
import {
  Button,
  Buttons,
  DateField,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  type FormState,
} from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Notice, Panel, Tabs } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import type { Tongue } from '../programs/languages.ts';
import { variantName, variantQuery, variantsOf } from '../programs/variants.ts';
import { worded } from '../programs/wording.ts';
import { SheetTongues } from '../programs/tongues.tsx';
import { asksForFiles } from './files/receive.ts';
import type { Answers, FormModel } from './form.ts';
import { text as formsText } from './forms/text.ts';
import { QuestionFields } from './pages.tsx';
import { pageText as text } from './page-text.ts';
import { viewIn } from '../programs/speaking.ts';
import { QrCode } from '../web/qr.tsx';

type OfPerson = Readonly<{ view: View; person: ReadPatient; program: Program }>;
const backTo = (view: View, person: ReadPatient) => ({
  href: `/patients/${person.id}`,
  label: displayName(person, view.language),
});

/** Which questionnaire; nothing when there is only one. */
const Programs = (
  props: OfPerson & Readonly<{ programs: readonly Program[]; path: string }>,
): JSX.Element | null =>
  props.programs.length < 2 ? null : (
    <Tabs
      view={props.view}
      label={text.which}
      tabs={props.programs.map((one) => ({
        href: `${props.path}?program=${one.id}`,
        label: one.name,
        current: one.id === props.program.id,
      }))}
    />
  );

/** How the person will answer: with a device of their own or ours, or on paper. */
export function waysPage(
  props: OfPerson & Readonly<{ programs: readonly Program[]; others: readonly Stored<Questionnaire>[] }>,
): string {
  const { view, person, program, others } = props;
  const base = `/patients/${person.id}`;
  return renderPage(
    <Frame view={view} title={text.ways} lead={text.waysLead} back={backTo(view, person)}>
      <LimitsNotice view={view} person={person} />
      <Programs {...props} path={`${base}/answers`} />
      <Panel view={view} title={text.onTablet}>
        <p>{view.t(text.onTabletLead)}</p>
        {/* No key against a double click: it would keep the secret with the answer. A second link does no harm. */}
        <Form view={view} action={`${base}/answer-links`}>
          <HiddenFields values={{ program: program.id }} />
          <Button>{view.t(text.makeLink)}</Button>
        </Form>
      </Panel>
      <Panel view={view} title={text.onPaper}>
        <p>{view.t(text.onPaperLead)}</p>
        <Buttons>
          <LinkButton href={`${base}/answers/new?program=${program.id}`} kind="secondary">
            {view.t(text.typeIn)}
          </LinkButton>
          <LinkButton href={`${base}/questionnaire.pdf?program=${program.id}`} kind="quiet">
            {view.t(text.printBlank)}
          </LinkButton>
        </Buttons>
        <ul class="inline-list">
          {variantsOf(program.screening)
            .filter(({ tongue, furigana }) => furigana || tongue !== view.language)
            .map((one) => (
              <li key={variantQuery(one)}>
                <a href={`${base}/questionnaire.pdf?program=${program.id}&${variantQuery(one)}`}>
                  {view.t(text.printBlankIn(variantName(one)))}
                </a>
              </li>
            ))}
        </ul>
      </Panel>
      {others.length === 0 ? null : (
        <Panel view={view} title={formsText.otherForms}>
          <p>{view.t(formsText.otherFormsLead)}</p>
          <ul>
            {others.map((form) => (
              <li key={form.id}>
                <a href={`${base}/forms/${form.id}`}>
                  {view.t(worded(form, 'title'))} ({form.version})
                </a>{' '}
                <a href={`${base}/forms/${form.id}/blank.pdf`}>
                  {view.t(formsText.blankOf(view.t(worded(form, 'title'))))}
                </a>
                <Form view={view} action={`${base}/answer-links`} inline>
                  <HiddenFields values={{ program: program.id, form: form.id }} />
                  <Button kind="secondary">{view.t(formsText.linkFor(view.t(worded(form, 'title'))))}</Button>
                </Form>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Frame>,
  );
}

/** All questions on one page, in the order of the paper. */
export function typingPage(
  props: OfPerson &
    Readonly<{
      programs: readonly Program[];
      model: FormModel;
      /** The language of the sheet, as it is typed in. */
      tongue: Tongue;
      answers: Answers;
      issues: readonly Issue[];
      typed?: unknown;
      /** The day field beside the questions. */
      state: FormState;
      once: string;
      /** Typed in from a picture of the sheet. */
      from?: TypedFrom | undefined;
    }>,
): string {
  const { view, person, program, model, answers, issues, from } = props;
  const state = { ...props.state, issues };
  const base = `/patients/${person.id}`;
  return renderPage(
    <Frame
      view={view}
      title={text.typeTitle}
      lead={model.title}
      back={{ href: `${base}/answers`, label: text.ways }}
      state={state}
      form="answers"
      wide={from !== undefined}
    >
      {from === undefined ? <Programs {...props} path={`${base}/answers/new`} /> : null}
      <p>{view.t(text.typeLead)}</p>
      <SheetTongues view={view} form={program.screening} tongue={props.tongue} at="answers" />
      <ErrorSummary view={view} state={state} />
      <Beside picture={from?.picture}>
        <Form
          view={view}
          action={from?.action ?? `${base}/answers`}
          once={props.once}
          id="answers"
          kept
          multipart={asksForFiles(model)}
        >
          <HiddenFields values={{ program: program.id, words: props.tongue }} />
          <DateField view={view} state={state} name="filled" label={text.filledOn} required />
          <QuestionFields
            files={`${base}/files`}
            view={viewIn(view, props.tongue)}
            model={model}
            answers={answers}
            issues={issues}
            typed={props.typed}
          />
          <Buttons>
            <Button>{view.t(text.store)}</Button>
            <LinkButton href={base} kind="quiet">
              {view.t(text.cancel)}
            </LinkButton>
          </Buttons>
        </Form>
      </Beside>
    </Frame>,
  );
}

/** The one time the address can be seen: as a QR code, in letters, and as a way to hand this device over. */
export function linkPage(props: OfPerson & Readonly<{ address: string; path: string; until: Date }>): string {
  const { view, person, address } = props;
  return renderPage(
    <Frame view={view} title={text.linkTitle} lead={text.linkLead} back={backTo(view, person)}>
      <Panel view={view} title={text.onTablet}>
        <QrCode address={address} label={view.t(text.qrLabel)} />
        <p>
          {view.t(text.address)}: <code>{address}</code>
        </p>
        <p>{view.t(text.validUntil(showDateTime(props.until, view.language)))}</p>
        <Notice view={view} kind="info" title={text.linkPrivate}>
          <p>{view.t(text.linkPrivateWhy)}</p>
        </Notice>
      </Panel>
      <Panel view={view} title={text.handOverTitle}>
        <p>{view.t(text.handOverLead)}</p>
        <Form view={view} action={`${props.path}/hand-over`}>
          <Button>{view.t(text.handOver)}</Button>
        </Form>
      </Panel>
    </Frame>,
  );
}
