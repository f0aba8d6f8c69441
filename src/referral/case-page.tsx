import type { JSX } from 'preact';
import { consentWords } from '../programs/consent-words.ts';
import type { Program } from '../programs/program.ts';
import { needOf } from '../programs/needs.ts';
import { LimitsNotice } from '../people/danger/marks.tsx';
import { displayName } from '../people/record.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { showDate, showDateTime } from '../web/dates.ts';
import { ErrorSummary, LinkButton, type FormState } from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Empty, Facts, NeedPicture, Notice, Panel, Steps, Timeline } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import type { Case } from './case.ts';
import { PersonPanel } from './case-person.tsx';
import { MovePanel } from './case-work.tsx';
import { cautionOf } from './caution.ts';
import { noDocument } from './letter/gather.ts';
import type { Happened } from './course.ts';
import { isOpen } from './parts.tsx';
import { asRead, ReadOnlyNote } from './read-only.tsx';
import { CaseTabs } from './tabs.tsx';
import { UnseenNote } from './unseen-note.tsx';
import { caseText as text } from './case-text.ts';
import { steps, type Step } from './workflow.ts';

type Props = Readonly<{
  view: View;
  shown: Case;
  program: Program;
  state: FormState;
  /** Keys of the forms on the page. */
  newId: () => string;
  /** Said above the page when somebody else was faster. */
  trouble?: Sentence | undefined;
}>;

/** One referral, for the clinic that sent it and the office that received it. */
export function casePage(props: Props): string {
  const { view, shown, state, trouble } = props;
  const { referral, person, side } = shown;
  const title = person ? text.title(displayName(person, view.language)) : text.titleHidden;
  // Who is to decide reads first; later the next step is what people come for.
  const undecided = (side === 'receiver' && referral.status === 'requested') || referral.status === 'draft';
  const next =
    shown.expired === undefined ? (
      <MovePanel {...props} passes={props.program.network !== undefined} />
    ) : null;
  return renderPage(
    <Frame
      view={view}
      title={title}
      lead={text.numbered(referral.caseNumber)}
      state={asRead(state, shown.expired)}
      back={
        side === 'receiver'
          ? { href: '/inbox', label: text.backInbox }
          : { href: '/referrals', label: text.backSent }
      }
      actions={
        person ? (
          <>
            <LinkButton href={`/referrals/${referral.id}/sheet.pdf`} kind="secondary" small>
              {view.t(text.sheet)}
            </LinkButton>
            {side === 'receiver' ? null : (
              <LinkButton href={`/referrals/${referral.id}/fax.pdf`} kind="secondary" small>
                {view.t(text.fax)}
              </LinkButton>
            )}
            {shown.role !== 'neighbour' && noDocument(shown, view.now) === undefined ? (
              <LinkButton href={`/referrals/${referral.id}/document.json`} kind="secondary" small>
                {view.t(text.document)}
              </LinkButton>
            ) : null}
            {props.program.handOver && shown.role === 'linkworker' && referral.status !== 'requested' ? (
              <LinkButton href={`/referrals/${referral.id}/hand-over`} kind="secondary" small>
                {view.t(props.program.handOver.title)}
              </LinkButton>
            ) : null}
          </>
        ) : undefined
      }
    >
      {trouble === undefined ? null : <Notice view={view} kind="error" title={trouble} live />}
      <ErrorSummary view={view} state={state} />
      <LimitsNotice view={view} person={person} />
      {person && referral.status !== 'requested' ? (
        <CaseTabs view={view} id={referral.id} role={shown.role} current="overview" />
      ) : null}
      <UnseenNote
        view={view}
        id={referral.id}
        version={referral.version}
        unseen={shown.unseen}
        newId={props.newId}
      />
      <ReadOnlyNote view={view} expired={shown.expired} />
      <Caution {...props} />
      {isOpen(referral) ? <Steps view={view} steps={stepsOf(referral.step)} /> : null}
      {undecided ? (
        <>
          <PersonPanel {...props} />
          <RequestPanel {...props} />
          {next}
        </>
      ) : (
        <>
          {next}
          <PersonPanel {...props} />
          <RequestPanel {...props} />
        </>
      )}
      <IncomingPanel {...props} />
      <Panel view={view} title={text.course} id="course">
        {shown.course.length === 0 ? (
          <Empty view={view} title={text.noCourse} />
        ) : (
          <Timeline items={shown.course.map((one) => itemOf(view, referral.id, one))} />
        )}
      </Panel>
    </Frame>,
  );
}

/** What the program says about needs like these, before anybody calls the person. */
function Caution({ view, shown, program }: Props): JSX.Element | null {
  const { person, referral, needs } = shown;
  if (person === undefined || !isOpen(referral)) return null;
  const note = cautionOf(
    program,
    shown,
    needs.map((one) => one.need),
  );
  return note === undefined ? null : <Notice view={view} kind="warning" title={note} />;
}

const order = Object.keys(steps) as Step[];

const stepsOf = (now: Step) =>
  order.map((step, i) => ({
    label: steps[step],
    state:
      i < order.indexOf(now) ? ('done' as const) : step === now ? ('current' as const) : ('todo' as const),
  }));

function RequestPanel({ view, shown, program }: Props): JSX.Element | null {
  const { asked, answers, consent, note, referral, person } = shown;
  if (asked === undefined) return null;
  return (
    <Panel view={view} title={text.request} id="request">
      <Facts
        view={view}
        rows={[
          [text.reason, asked.reason],
          ...(asked.outside === undefined ? [] : [[text.outside, asked.outside] as const]),
          [text.needs, <NeedsWhy view={view} shown={shown} />],
          ...(note === undefined ? [] : [[text.note, note] as const]),
          ...(asked.sheet === undefined ? [] : [[text.entered, view.t(text.enteredBy)] as const]),
          [text.consent, <ConsentLine view={view} consent={consent} program={program} role={shown.role} />],
          [
            text.answers,
            answers !== undefined && person ? (
              <a href={`/patients/${referral.patient}/answers/${answers}`}>{view.t(text.readAnswers)}</a>
            ) : undefined,
          ],
        ]}
      />
    </Panel>
  );
}

/** Paper that came in and belongs to it. */
function IncomingPanel({ view, shown }: Props): JSX.Element | null {
  if (shown.documents.length === 0 || shown.role === 'neighbour') return null;
  return (
    <Panel view={view} title={text.documents} id="documents">
      <ul>
        {shown.documents.map(({ id, title, at }) => (
          <li key={id}>
            <a href={`/documents/${id}`}>{title}</a>{' '}
            <span class="soft">{showDateTime(at, view.language)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function NeedsWhy({ view, shown }: Readonly<{ view: View; shown: Case }>): JSX.Element {
  if (shown.needs.length === 0) return <span class="soft">{view.t(text.noNeeds)}</span>;
  return (
    <ul class="needs">
      {shown.needs.map(({ need, because }) => {
        const known = needOf(need.code);
        return (
          <li key={need.code} class="with-picture">
            <NeedPicture name={known?.picture ?? 'question'} />
            <div class="state">
              <span>{known === undefined ? need.code : view.t(known.label)}</span>
              {because.map(({ question, answer }) => (
                <small key={question.ja}>
                  {view.t(question)} → {view.t(answer)}
                </small>
              ))}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function ConsentLine(
  props: Readonly<{ view: View; consent: Case['consent']; program: Program; role: Case['role'] }>,
): JSX.Element {
  const { view, consent, program, role } = props;
  if (consent === undefined) return <>{view.t(text.consentHidden)}</>;
  const { items } = consentWords(program);
  const labels = consent.items.flatMap((item) => items.find((i) => i.code === item)?.label ?? []);
  const until = view.t(text.consentUntil(showDate(consent.until, view.language)));
  return (
    <div class="state">
      {role === 'neighbour' ? <span>{until}</span> : <a href={`/consents/${consent.id}`}>{until}</a>}
      <small>{labels.map(view.t).join(view.language === 'ja' ? '、' : ', ')}</small>
    </div>
  );
}

const itemOf = (view: View, id: string, { at, title, lines, by, tone, report }: Happened) => ({
  at: showDateTime(at, view.language),
  datetime: at,
  tone,
  title: report === undefined ? view.t(title) : <a href={`/reports/${report}`}>{view.t(title)}</a>,
  body: (
    <>
      {lines.map((line, i) => (
        <p key={`${id} ${String(i)}`}>{line}</p>
      ))}
      {by === undefined ? null : <p class="soft">{view.t(by)}</p>}
    </>
  ),
});
