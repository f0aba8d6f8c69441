import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import type { Stored } from '../fhir/types.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { LimitsNotice } from '../people/danger/marks.tsx';
import { displayName, type ReadPatient } from '../people/record.ts';
import { showDate } from '../web/dates.ts';
import { tongueName } from '../programs/languages.ts';
import { variantName, variantQuery, variantsOf } from '../programs/variants.ts';
import { LinkButton } from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Facts, Notice, Panel } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { fromResponse } from './answers.ts';
import { DiffersPanel, MadePanel } from './extraction/panels.tsx';
import type { Shown } from './extraction/shown.ts';
import { FailingNotice } from './failing-notice.tsx';
import type { Finding } from './findings.ts';
import type { FormModel } from './form.ts';
import { wordsKept } from './kept-forms.ts';
import { NeedsFound } from './needs-found.tsx';
import { AnswersRead } from './answers-read.tsx';
import { pageText as text } from './page-text.ts';

/** What a person answered, and the needs that shows. */
export function readPage(
  props: Readonly<{
    view: View;
    person: ReadPatient;
    response: Stored<QuestionnaireResponse>;
    /** Undefined when nobody here has the form: then the words kept with the answers are shown. */
    asked: Readonly<{ form: Questionnaire; model: FormModel }> | undefined;
    findings: readonly Finding[];
    /** The clinic goes back to the person's page; an office came from its referral. */
    forClinic: boolean;
    /** What the program tells the clinic to do at once. */
    atOnce: readonly Sentence[];
    /** They have to be seen today, and nobody but who typed them in has seen them. */
    waits: boolean;
  }> &
    Shown,
): string {
  const { view, person, response, asked, findings, forClinic, atOnce, waits } = props;
  const base = `/patients/${person.id}`;
  return renderPage(
    <Frame
      view={view}
      title={text.readTitle}
      lead={text.answeredOn(showDate(response.authored ?? response.meta.lastUpdated, view.language))}
      back={forClinic ? { href: base, label: displayName(person, view.language) } : undefined}
      actions={
        asked ? (
          <LinkButton href={`${base}/answers/${response.id}.pdf`} kind="secondary">
            {view.t(text.printAnswers)}
          </LinkButton>
        ) : undefined
      }
    >
      <LimitsNotice view={view} person={person} />
      {asked ? (
        <ul class="inline-list">
          {variantsOf(asked.form)
            .filter(({ tongue, furigana }) => furigana || tongue !== view.language)
            .map((one) => (
              <li key={variantQuery(one)}>
                <a href={`${base}/answers/${response.id}.pdf?${variantQuery(one)}`}>
                  {view.t(text.printAnswersIn(variantName(one)))}
                </a>
              </li>
            ))}
        </ul>
      ) : null}
      {waits ? <Notice view={view} kind="warning" title={text.seeToday} /> : null}
      {atOnce.map((note) => (
        <Notice view={view} kind="warning" title={note} />
      ))}
      {asked ? <FailingNotice view={view} form={asked.form} failing={props.failing} /> : null}
      <DiffersPanel view={view} patient={person.id} differs={props.differs} mayEdit={forClinic} />
      {asked ? (
        <Panel view={view} title={text.needs}>
          <p class="hint">{view.t(text.needsLead)}</p>
          <NeedsFound view={view} needs={findings} />
          {forClinic ? <LinkButton href={base}>{view.t(text.backToPerson)}</LinkButton> : null}
        </Panel>
      ) : (
        <Notice view={view} kind="info" title={text.otherForm} />
      )}
      <MadePanel view={view} made={props.made} />
      <Panel view={view} title={text.answers}>
        {response.language === undefined || response.language === view.language ? null : (
          <p class="hint">{view.t(text.askedIn(tongueName(response.language)))}</p>
        )}
        {asked ? (
          <AnswersRead
            view={view}
            model={asked.model}
            answers={fromResponse(asked.form, response)}
            files={`${base}/answers/${response.id}/files`}
            scores
          />
        ) : (
          <Facts view={view} rows={wordsKept(response).map((one) => [one.question, one.answer])} />
        )}
      </Panel>
    </Frame>,
  );
}
