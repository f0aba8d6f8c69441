import type { JSX } from 'preact';
import { legalBases, readLawful } from '../consent/legal-basis.ts';
import { itemNames } from '../consent/text.ts';
import { joinSentences } from '../kernel/sentence.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { displayName, readPatient, readPost } from '../people/record.ts';
import { showDate, showDateTime } from '../web/dates.ts';
import { Button, Buttons, ErrorSummary, Form, RadioField, TextArea, type FormState } from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Empty, Facts, Notice, Panel, Status, Table } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { emergencyNumber } from './emergency.ts';
import type { ElsewhereLine, ReviewLine } from './queries.ts';
import { verdicts } from './review.ts';
import { text } from './text.ts';

const nameOf = (view: View, { patient, id }: ReviewLine): string =>
  patient === null
    ? `${view.t(text.hiddenPerson)} ${emergencyNumber(id)}`
    : displayName(readPatient(patient), view.language);
const byOf = ({ by, body }: ReviewLine): string =>
  [body, by === null ? undefined : readPost(by).name].filter(Boolean).join('　');

type ListProps = Readonly<{
  view: View;
  lines: readonly ReviewLine[];
  elsewhere: readonly ElsewhereLine[];
  me: string | undefined;
  lead: Sentence;
}>;

/** What was opened without consent, what waits for review first. */
export const reviewsPage = ({ view, lines, elsewhere, me, lead }: ListProps): string =>
  renderPage(
    <Frame view={view} title={text.reviewsTitle} lead={lead} wide>
      {lines.length === 0 ? (
        <Empty view={view} title={text.reviewsNone} next={<p>{view.t(text.reviewsNoneNext)}</p>} />
      ) : (
        <Table
          view={view}
          caption={text.reviewsTitle}
          hideCaption
          columns={[
            { label: text.kind },
            { label: text.person },
            { label: text.by },
            { label: text.why },
            { label: text.at, kind: 'date' },
            { label: text.state },
          ]}
          rows={lines.map((line) => ({
            key: line.id,
            ...(line.reviewed_at === null ? { tone: 'warn' as const } : {}),
            cells: [
              <a href={`/reviews/${line.id}`}>{view.t(kindOf(line))}</a>,
              nameOf(view, line),
              byOf(line),
              whyOf(view, line),
              showDateTime(line.at, view.language),
              <Verdict view={view} line={line} own={line.by_post === (me ?? null)} />,
            ],
          }))}
        />
      )}
      {elsewhere.length === 0 ? null : (
        <Panel view={view} title={text.elsewhere}>
          <Table
            view={view}
            caption={text.elsewhere}
            hideCaption
            columns={[
              { label: text.number },
              { label: text.person },
              { label: text.by },
              { label: text.why },
              { label: text.at, kind: 'date' },
            ]}
            rows={elsewhere.map((line) => ({
              key: line.id,
              cells: [
                emergencyNumber(line.id),
                <a href={`/patients/${line.patient_id}#without-consent`}>
                  {displayName(readPatient(line.patient), view.language)}
                </a>,
                line.body ?? '',
                `${view.t(text[line.because])} ${line.note}`,
                showDateTime(line.at, view.language),
              ],
            }))}
          />
        </Panel>
      )}
    </Frame>,
  );

const kindOf = ({ kind }: ReviewLine) => (kind === 'emergency' ? text.emergencyMark : text.withoutConsent);

function whyOf(view: View, { because, consent }: ReviewLine): string {
  if (because !== null) return view.t(text[because]);
  return consent === null ? '' : view.t(legalBases[readLawful(consent).basis]);
}

function Verdict({ view, line, own }: Readonly<{ view: View; line: ReviewLine; own: boolean }>): JSX.Element {
  if (line.verdict === null)
    return (
      <Status shape={own ? 'pause' : 'alert'} tone="warn">
        {view.t(own ? text.own : text.open2)}
      </Status>
    );
  return (
    <Status
      shape={line.verdict === 'justified' ? 'check' : 'cross'}
      tone={line.verdict === 'justified' ? 'good' : 'bad'}
    >
      {view.t(text[line.verdict])}
    </Status>
  );
}

type OneProps = Readonly<{
  view: View;
  line: ReviewLine;
  /** Names of the bodies that were told. */
  to: readonly string[];
  own: boolean;
  state: FormState;
  once: string;
}>;

/** One of them: who, when, why, what; and the verdict of somebody else. */
export function reviewPage({ view, line, to, own, state, once }: OneProps): string {
  const lawful = line.consent === null ? undefined : readLawful(line.consent);
  return renderPage(
    <Frame
      view={view}
      state={state}
      title={kindOf(line)}
      lead={nameOf(view, line)}
      back={{ href: '/reviews', label: text.backToReviews }}
    >
      <ErrorSummary view={view} state={state} />
      <Panel view={view} title={kindOf(line)}>
        <Facts
          view={view}
          rows={[
            [text.person, nameOf(view, line)],
            [text.by, byOf(line)],
            [text.at, showDateTime(line.at, view.language)],
            ...(line.because === null
              ? []
              : ([
                  [text.because, view.t(text[line.because])],
                  [text.note, line.note],
                ] as const)),
            ...(lawful === undefined
              ? []
              : ([
                  [text.basis, view.t(legalBases[lawful.basis])],
                  [text.why, lawful.why],
                  [text.to, to.join('、')],
                  [text.what, view.t(joinSentences(lawful.items.map((item) => itemNames[item])))],
                ] as const)),
            [
              text.end,
              line.until !== null
                ? showDateTime(line.until, view.language)
                : lawful && showDate(lawful.end, view.language),
            ],
            [text.state, <Verdict view={view} line={line} own={own} />],
            ...(line.remark === null ? [] : ([[text.remark, line.remark]] as const)),
          ]}
        />
        {line.reviewed_at === null ? null : (
          <p>
            {view.t(
              (line.reviewed_as === 'administrator' ? text.reviewedByAdministrator : text.reviewedBy)(
                line.reviewer === null ? '' : (readPost(line.reviewer).name ?? ''),
                showDate(line.reviewed_at, view.language),
              ),
            )}
          </p>
        )}
      </Panel>
      {line.reviewed_at !== null ? null : own ? (
        <Notice view={view} kind="info" title={text.notOwn} />
      ) : (
        <VerdictForm view={view} id={line.id} state={state} once={once} />
      )}
    </Frame>,
  );
}

const VerdictForm = ({
  view,
  id,
  state,
  once,
}: Readonly<{ view: View; id: string; state: FormState; once: string }>): JSX.Element => (
  <Panel view={view} title={text.reviewOne}>
    <Form view={view} action={`/reviews/${id}`} once={once}>
      <RadioField
        view={view}
        state={state}
        name="verdict"
        label={text.verdict}
        required
        options={verdicts.map((value) => ({ value, label: text[value] }))}
      />
      <TextArea
        view={view}
        state={state}
        name="remark"
        label={text.remark}
        hint={text.remarkHint}
        rows={3}
        maxLength={500}
      />
      <Buttons>
        <Button>{view.t(text.give)}</Button>
      </Buttons>
    </Form>
  </Panel>
);
