import type { Questionnaire } from '@medplum/fhirtypes';
import type { Stored } from '../../fhir/types.ts';
import type { Issue } from '../../kernel/problem.ts';
import { LimitsNotice } from '../../people/danger/marks.tsx';
import { displayName, type ReadPatient } from '../../people/record.ts';
import { Button, Buttons, ErrorSummary, Form, HiddenFields, LinkButton } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Notice } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Tongue } from '../../programs/languages.ts';
import { SheetTongues } from '../../programs/tongues.tsx';
import type { Failing } from '../failing.ts';
import { FailingNotice } from '../failing-notice.tsx';
import { asksForFiles } from '../files/receive.ts';
import type { Answers, FormModel } from '../form.ts';
import { pageText } from '../page-text.ts';
import { QuestionFields } from '../pages.tsx';
import { viewIn } from '../../programs/speaking.ts';
import { text } from './text.ts';

/** A form that was loaded, to be answered for a person; of a version taken out of use, what was typed is still there. */
export function fillingPage(
  props: Readonly<{
    view: View;
    person: ReadPatient;
    form: Stored<Questionnaire>;
    model: FormModel;
    tongue: Tongue;
    answers: Answers;
    issues: readonly Issue[];
    typed?: unknown;
    retired: boolean;
    /** The id of the version in use. */
    newer: string | undefined;
    failing: readonly Failing[];
    once: string;
  }>,
): string {
  const { view, person, form, model, answers, issues, retired, newer } = props;
  const state = { values: {}, issues };
  const base = `/patients/${person.id}`;
  return renderPage(
    <Frame
      view={view}
      title={model.title}
      lead={displayName(person, view.language)}
      back={{ href: `${base}/answers`, label: pageText.ways }}
      state={state}
      form="answers"
    >
      <LimitsNotice view={view} person={person} />
      {retired ? (
        <Notice view={view} kind="warning" title={text.retiredWhile} live>
          {newer === undefined ? (
            <p>{view.t(text.noNewer)}</p>
          ) : (
            <p>
              <a href={`${base}/forms/${newer}`}>{view.t(text.newerVersion)}</a>
            </p>
          )}
        </Notice>
      ) : null}
      <FailingNotice view={view} form={form} failing={props.failing} />
      <SheetTongues view={view} form={form} tongue={props.tongue} at="answers" />
      <ErrorSummary view={view} state={state} />
      <Form
        view={view}
        action={`${base}/forms/${form.id}`}
        once={props.once}
        id="answers"
        kept
        multipart={asksForFiles(model)}
      >
        <HiddenFields values={{ words: props.tongue }} />
        <QuestionFields
          aloud
          view={viewIn(view, props.tongue)}
          model={model}
          answers={answers}
          issues={issues}
          typed={props.typed}
          files={`${base}/files`}
        />
        <Buttons>
          {retired ? null : <Button>{view.t(pageText.store)}</Button>}
          {retired ? null : (
            <LinkButton
              href={`${base}/forms/${form.id}/blank.pdf?words=${encodeURIComponent(props.tongue)}`}
              kind="secondary"
            >
              {view.t(text.blankOf(view.t(model.title)))}
            </LinkButton>
          )}
          <LinkButton href={base} kind="quiet">
            {view.t(pageText.cancel)}
          </LinkButton>
        </Buttons>
      </Form>
    </Frame>,
  );
}
