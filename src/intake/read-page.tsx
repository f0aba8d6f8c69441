import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import type { Stored } from '../fhir/types.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { LimitsNotice } from '../people/danger/marks.tsx';
import { displayName, type ReadPatient } from '../people/record.ts';
import { showDate } from '../web/dates.ts';
import { tongueName } from '../programs/languages.ts';
import { LinkButton } from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Facts, Notice, Panel } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { fromResponse } from './answers.ts';
import type { Finding } from './findings.ts';
import type { FormModel } from './form.ts';
import { wordsKept } from './kept-forms.ts';
import { NeedsFound } from './needs-found.tsx';
import { AnswersRead } from './pages.tsx';
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
  }>,
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
      {waits ? <Notice view={view} kind="warning" title={text.seeToday} /> : null}
      {atOnce.map((note) => (
        <Notice view={view} kind="warning" title={note} />
      ))}
      {asked ? (
        <Panel view={view} title={text.needs}>
          <p class="hint">{view.t(text.needsLead)}</p>
          <NeedsFound view={view} needs={findings} />
          {forClinic ? <LinkButton href={base}>{view.t(text.backToPerson)}</LinkButton> : null}
        </Panel>
      ) : (
        <Notice view={view} kind="info" title={text.otherForm} />
      )}
      <Panel view={view} title={text.answers}>
        {response.language === undefined || response.language === view.language ? null : (
          <p class="hint">{view.t(text.askedIn(tongueName(response.language)))}</p>
        )}
        {asked ? (
          <AnswersRead view={view} model={asked.model} answers={fromResponse(asked.form, response)} scores />
        ) : (
          <Facts view={view} rows={wordsKept(response).map((one) => [one.question, one.answer])} />
        )}
      </Panel>
    </Frame>,
  );
}
