import type { JSX } from 'preact';
import type { QuestionnaireResponse } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import type { PersonPart } from '../people/part.ts';
import type { ReadPatient } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { showDate, showDateTime } from '../web/dates.ts';
import { LinkButton } from '../web/form.tsx';
import { Empty, Panel } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { findConcerns } from './concerns.ts';
import { NeedsFound, type ShownNeed } from './needs-found.tsx';
import { pageText as text } from './page-text.ts';
import { responsesAndLink } from './queries.ts';

type Shown = Readonly<{
  person: ReadPatient;
  responses: readonly Stored<QuestionnaireResponse>[];
  needs: readonly ShownNeed[];
  waiting: Awaited<ReturnType<typeof responsesAndLink>>['waiting'];
}>;

/** The questionnaire on a person's page: the answers, and the needs they show. */
export const answersPart =
  (programs: readonly Program[]): PersonPart =>
  async (records, person) => {
    const shown = await read(records, person, programs);
    const { unopened } = shown.waiting;
    const base = `/patients/${person.id}/answers`;
    return {
      steps: [
        {
          id: 'answers',
          label: text.step,
          // Urgent answers that nobody has opened come before everything else that could be done for the person.
          done: shown.responses.length > 0 && unopened === undefined,
          next:
            unopened === undefined
              ? { href: base, label: text.nextAsk }
              : { href: `${base}/${unopened}`, label: text.nextOpen },
          panel: (view, isNext) => <AnswersPanel view={view} shown={shown} isNext={isNext} />,
        },
      ],
    };
  };

async function read(records: Records, person: ReadPatient, programs: readonly Program[]): Promise<Shown> {
  const { responses, waiting } = await responsesAndLink(records, person.id);
  const concerns = await findConcerns(records, person.id, programs);
  return {
    person,
    responses,
    needs: concerns.map(({ need, says, because }) => ({ code: need.code, says, because })),
    waiting,
  };
}

function AnswersPanel({
  view,
  shown,
  isNext,
}: Readonly<{ view: View; shown: Shown; isNext: boolean }>): JSX.Element {
  const { person, responses, needs, waiting } = shown;
  const base = `/patients/${person.id}/answers`;
  const [newest, ...earlier] = responses;
  const waits = waiting.link && <p>{view.t(text.waiting(showDateTime(waiting.link, view.language)))}</p>;
  return (
    <Panel
      view={view}
      id="answers"
      title={text.questionnaire}
      aside={newest ? <a href={base}>{view.t(text.answerAgain)}</a> : undefined}
    >
      {newest === undefined ? (
        <Empty
          view={view}
          title={text.notYet}
          next={
            <>
              {waits}
              {isNext ? null : (
                <LinkButton href={base} kind="secondary">
                  {view.t(text.nextAsk)}
                </LinkButton>
              )}
            </>
          }
        />
      ) : (
        <>
          {waits}
          <p class="panel-line">
            {view.t(text.answeredOn(showDate(newest.authored ?? newest.meta.lastUpdated, view.language)))}{' '}
            <a href={`${base}/${newest.id}`}>{view.t(text.readAnswers)}</a>
          </p>
          <h3>{view.t(text.needs)}</h3>
          <p class="hint">{view.t(text.needsLead)}</p>
          <NeedsFound view={view} needs={needs} />
          {earlier.length === 0 ? null : <Earlier view={view} base={base} responses={earlier} />}
        </>
      )}
    </Panel>
  );
}

const Earlier = (
  props: Readonly<{ view: View; base: string; responses: readonly Stored<QuestionnaireResponse>[] }>,
): JSX.Element => (
  <details>
    <summary>{props.view.t(text.earlier)}</summary>
    <ul>
      {props.responses.map((one) => (
        <li key={one.id}>
          <a href={`${props.base}/${one.id}`}>
            {showDate(one.authored ?? one.meta.lastUpdated, props.view.language)}
          </a>
        </li>
      ))}
    </ul>
  </details>
);
