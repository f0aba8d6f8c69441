import type { JSX } from 'preact';
import { fieldName, type Answers } from '../../intake/answers.ts';
import { readQuestionnaire, type FormModel, type FormNode } from '../../intake/form.ts';
import { AnswersRead } from '../../intake/answers-read.tsx';
import { QuestionFields } from '../../intake/pages.tsx';
import { sayAnswers } from '../../intake/say.ts';
import { text as intakeText } from '../../intake/text.ts';
import { answersTo } from '../../intake/visible.ts';
import type { RadarShown } from '../../kernel/radar.ts';
import { joinSentences } from '../../kernel/sentence.ts';
import { Beside, type TypedFrom } from '../../web/beside.tsx';
import { showDate, showDateTime } from '../../web/dates.ts';
import { Button, fieldId, Form, HiddenFields, LinkButton, TextArea, typedIn } from '../../web/form.tsx';
import { Buttons, Empty, Facts, Notice, Panel, Status } from '../../web/parts.tsx';
import { RadarChart } from '../../web/radar.tsx';
import type { View } from '../../web/view.ts';
import type { Assessment } from '../assessment.ts';
import type { Danger } from '../danger.ts';
import { isWritable } from '../case.ts';
import { caseSheetWords, domainWords, sheetWords as text } from '../text.ts';
import { caseFrame, Folded, type CaseProps } from './frame.tsx';

const formId = 'sheet';

type Props = CaseProps &
  Readonly<{
    assessment: Assessment;
    /** What was typed and not saved; the sheet's own answers when left out. */
    typed?: Readonly<{ answers: Answers; body: unknown }> | undefined;
    /** What the sheet that was just sent passes over. */
    danger?: Danger | undefined;
    /** A finished sheet is read first; with this it is open again. */
    edit: boolean;
    /** The domains of the sheet, compared with how they stood before. */
    domains?: RadarShown | undefined;
    /** Typed in from a picture of the sheet. */
    from?: TypedFrom | undefined;
  }>;

/** The program's assessment sheet, with the answers of the questionnaire within reach. */
export function assessmentPage(props: Props): string {
  const { view, one, assessment, edit } = props;
  const { sheet } = assessment;
  const isWritten = isWritable(one) && (sheet?.status !== 'completed' || edit);
  return caseFrame({
    ...props,
    wide: props.from !== undefined,
    page: text.page,
    current: 'assessment',
    form: isWritten ? formId : undefined,
    children: (
      <>
        {sheet === undefined ? null : <SheetState view={view} sheet={sheet} />}
        <Sheets {...props} />
        <Domains {...props} />
        <Screening {...props} />
        {isWritten ? (
          <Beside picture={props.from?.picture}>
            <SheetForm {...props} />
          </Beside>
        ) : (
          <SheetRead {...props} />
        )}
      </>
    ),
  });
}

function SheetState({
  view,
  sheet,
}: Readonly<{ view: View; sheet: NonNullable<Assessment['sheet']> }>): JSX.Element {
  const isDone = sheet.status === 'completed';
  return (
    <p>
      <Status shape={isDone ? 'check' : 'half'} tone={isDone ? 'good' : 'info'}>
        {view.t(isDone ? text.done : text.inProgress)}
      </Status>{' '}
      <span class="soft">{view.t(text.savedAt(showDateTime(sheet.at, view.language)))}</span>
    </p>
  );
}

/** Where the sheet is printed from. */
function Sheets({ view, one, assessment }: Props): JSX.Element {
  const base = `/referrals/${one.task.id}`;
  return (
    <Buttons>
      {assessment.sheet === undefined ? null : (
        <LinkButton href={`${base}/assessment.pdf`} kind="secondary" small>
          {view.t(caseSheetWords.filled)}
        </LinkButton>
      )}
      <LinkButton href={`${base}/assessment-form.pdf`} kind="secondary" small>
        {view.t(caseSheetWords.blank)}
      </LinkButton>
    </Buttons>
  );
}

function Domains({ view, domains }: Props): JSX.Element | null {
  if (domains === undefined) return null;
  return (
    <Panel view={view} title={domains.title}>
      <RadarChart view={view} shown={domains} />
      {domains.series.length > 1 ? null : <p class="soft">{view.t(domainWords.one)}</p>}
    </Panel>
  );
}

function Screening({ view, assessment }: Props): JSX.Element {
  const { screening, screenedAt, program } = assessment;
  if (screening === undefined) return <p class="soft">{view.t(text.noScreening)}</p>;
  const day = screenedAt === undefined ? '' : showDate(screenedAt, view.language);
  return (
    <Folded label={view.t(text.screening(day))}>
      <AnswersRead
        view={view}
        model={readQuestionnaire(program.screening, view.language)}
        answers={screening}
      />
    </Folded>
  );
}

function SheetForm({ view, one, state, assessment, typed, danger, newId, from }: Props): JSX.Element {
  const { program, sheet, carried } = assessment;
  const isDone = sheet?.status === 'completed';
  const model = readQuestionnaire(program.assessment, view.language);
  return (
    <Form
      view={view}
      action={from?.action ?? `/referrals/${one.task.id}/assessment`}
      once={newId()}
      id={formId}
      kept
    >
      {/* What was typed against an older version must not overwrite what somebody else wrote since. */}
      <HiddenFields values={{ seen: state.left ? typedIn(state, 'seen') : (sheet?.version ?? '') }} />
      {isDone ? null : <p>{view.t(text.lead)}</p>}
      {danger === undefined ? null : (
        <DangerAsked view={view} state={state} danger={danger} typed={typed?.answers ?? {}} />
      )}
      <QuestionFields
        view={view}
        model={isDone ? model : marked(model, carried)}
        answers={typed?.answers ?? assessment.answers}
        issues={state.issues}
        {...(typed === undefined ? {} : { typed: typed.body })}
      />
      <Buttons>
        <Button name="act" value="complete">
          {view.t(isDone ? text.saveAgain : text.complete)}
        </Button>
        {isDone ? null : (
          <Button kind="secondary" name="act" value="keep">
            {view.t(text.keep)}
          </Button>
        )}
      </Buttons>
    </Form>
  );
}

/** What the person had told of, what the sheet says instead, and room for what was talked about. */
function DangerAsked(
  props: Readonly<{ view: View; state: Props['state']; danger: Danger; typed: Answers }>,
): JSX.Element {
  const { view, state, danger, typed } = props;
  return (
    <>
      <Notice view={view} kind="warning" title={text.danger}>
        <Facts
          view={view}
          rows={[
            [
              text.dangerAnswered(showDate(danger.at, view.language)),
              danger.because.map((one) => (
                <p key={one.linkId}>
                  {view.t(one.question)} → {view.t(one.answer)}
                </p>
              )),
            ],
            [
              text.dangerHere,
              danger.denied.map((one) => {
                const values = answersTo(typed, one.linkId);
                return (
                  <p key={one.linkId}>
                    <a href={`#${fieldId(fieldName(one.linkId))}`}>{view.t(one.label)}</a> →{' '}
                    {view.t(values.length === 0 ? intakeText.noAnswer : sayAnswers(one, values))}
                  </p>
                );
              }),
            ],
          ]}
        />
      </Notice>
      <TextArea
        view={view}
        state={state}
        name="danger"
        label={text.dangerRuledOut}
        hint={text.dangerHint}
        mark={false}
        rows={3}
      />
    </>
  );
}

/** The same form, with a word beside each question that the answers of the questionnaire filled in. */
function marked(model: FormModel, carried: readonly string[]): FormModel {
  const mark = (node: FormNode): FormNode => {
    if (node.kind === 'section') return { ...node, nodes: node.nodes.map(mark) };
    if (node.kind !== 'question' || !carried.includes(node.linkId)) return node;
    return { ...node, hint: node.hint ? joinSentences([text.carried, node.hint]) : text.carried };
  };
  return {
    ...model,
    sections: model.sections.map((section) => ({ ...section, nodes: section.nodes.map(mark) })),
  };
}

function SheetRead({ view, one, assessment }: Props): JSX.Element {
  const { sheet, program, answers } = assessment;
  if (sheet === undefined) return <Empty view={view} title={text.none} />;
  const base = `/referrals/${one.task.id}`;
  return (
    <Panel
      view={view}
      title={text.page}
      aside={isWritable(one) ? <a href={`${base}/assessment?edit=1`}>{view.t(text.edit)}</a> : undefined}
    >
      <AnswersRead
        view={view}
        model={readQuestionnaire(program.assessment, view.language)}
        answers={answers}
      />
      {sheet.ruledOut === undefined ? null : (
        <Facts view={view} rows={[[text.dangerRuledOut, sheet.ruledOut]]} />
      )}
      {isWritable(one) ? (
        <Buttons>
          <LinkButton href={`${base}/goals`}>{view.t(text.toGoals)}</LinkButton>
          <LinkButton href={`${base}/resources`} kind="secondary">
            {view.t(text.toResources)}
          </LinkButton>
        </Buttons>
      ) : null}
    </Panel>
  );
}
