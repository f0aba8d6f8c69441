import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import { ErrorSummary, type FormState } from '../../web/form.tsx';
import { showDate } from '../../web/dates.ts';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Confirmation, Notice, Panel, PhoneLink } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { ReadBody } from '../../people/record.ts';
import type { Asked } from './asked.ts';
import type { AnswerFilled } from './form.ts';
import { answers, type Answer } from './moves.ts';
import { AnswerCheck, AnswerForm, OfficeFacts, PersonFacts, WishFacts } from './parts.tsx';
import { ReadOnlyNote } from '../read-only.tsx';
import { text } from './text.ts';

type Asking = Readonly<{ view: View; asked: Asked; secret: string }>;

/** The request and the three answers, for whoever holds the link. */
export const linkPage = (
  props: Asking & Readonly<{ state: FormState; trouble?: Sentence | undefined }>,
): string => {
  const { view, asked, state } = props;
  const office = asked.office?.name ?? view.t(text.someOffice);
  return renderPage(
    <Frame view={view} title={text.linkTitle} lead={text.linkLead(office)} plain state={state}>
      <ErrorSummary view={view} state={state} />
      {props.trouble === undefined ? null : <Notice view={view} kind="warning" title={props.trouble} live />}
      <Panel view={view} title={text.who}>
        <OfficeFacts view={view} asked={asked} />
        {asked.office?.phone === undefined ? null : <p class="hint">{view.t(text.byPhone)}</p>}
      </Panel>
      <Panel view={view} title={text.what}>
        <WishFacts view={view} asked={asked} />
      </Panel>
      <Panel view={view} title={text.person}>
        <PersonFacts view={view} asked={asked} />
      </Panel>
      {asked.expired === undefined ? (
        <Panel view={view} title={text.answerPanel}>
          <AnswerForm view={view} state={state} action={`/r/${props.secret}/check`} />
        </Panel>
      ) : (
        <ReadOnlyNote view={view} expired={asked.expired} />
      )}
    </Frame>,
  );
};

export const linkCheckPage = (props: Asking & Readonly<{ filled: AnswerFilled; once: string }>): string => {
  const { view, asked, secret } = props;
  return renderPage(
    <Frame view={view} title={text.checkTitle} lead={text.checkLead} plain>
      <Panel view={view} title={text.answer}>
        <AnswerCheck
          view={view}
          filled={props.filled}
          activity={asked.resource?.name}
          action={`/r/${secret}`}
          once={props.once}
        />
      </Panel>
    </Frame>,
  );
};

const Call = ({ office }: Readonly<{ office: ReadBody | undefined }>): JSX.Element | null =>
  office?.phone === undefined ? null : (
    <p>
      {office.name}
      <br />
      <PhoneLink number={office.phone} />
    </p>
  );

/** It is done: what was said and what happens next. Says nothing of the person. */
export const donePage = (
  view: View,
  given: Readonly<{ answer: Answer | undefined; office: ReadBody | undefined }>,
): string =>
  renderPage(
    <Frame view={view} title={text.doneTitle} heading={false} plain>
      <Confirmation view={view} title={text.doneTitle}>
        {given.answer === undefined ? null : (
          <p>{view.t(text.doneAnswer(view.t(answers[given.answer].says)))}</p>
        )}
        <p>{view.t(text.doneSent)}</p>
      </Confirmation>
      <Panel view={view} title={text.next}>
        {given.answer === undefined ? null : (
          <p>{view.t(given.answer === 'welcome' ? text.nextWelcome : text.nextRefuse)}</p>
        )}
        <p>{view.t(text.change)}</p>
        <Call office={given.office} />
      </Panel>
    </Frame>,
  );

/** Why a link no longer leads anywhere. */
const endings = {
  answered: { title: text.answeredTitle, says: text.answered },
  expired: { title: text.expiredTitle, says: text.expired },
  unknown: { title: text.unknownTitle, says: text.unknown },
  calledOff: { title: text.calledOffTitle, says: text.calledOff },
  takenBack: { title: text.calledOffTitle, says: text.takenBack },
  ranOut: { title: text.calledOffTitle, says: text.ranOut },
} as const satisfies Record<string, Readonly<{ title: Sentence; says: Sentence }>>;
export type Ending = keyof typeof endings;

type Ended = Readonly<{
  ending: Ending;
  /** The office that asked, where it is known. */
  office: ReadBody | undefined;
  /** What was answered, as far as it can be told. */
  answer: Answer | undefined;
  /** When it was answered, or until when the link held. */
  at: Date | undefined;
  /** It was answered, and what followed is over too. */
  over: boolean;
}>;

/** A calm page without anything personal: what happened, and whom to call. */
export function endingPage(view: View, ended: Ended): string {
  const { ending, office, over } = ended;
  return renderPage(
    <Frame view={view} title={endings[ending].title} plain>
      <div class="prose">
        {ending === 'answered' ? <SaidThen view={view} {...ended} /> : null}
        {ending === 'expired' && ended.at ? (
          <p>{view.t(text.expiredOn(showDate(ended.at.toISOString(), view.language)))}</p>
        ) : null}
        <p>{view.t(endings[ending].says)}</p>
        {over ? <p>{view.t(text.over)}</p> : null}
      </div>
      <Panel view={view} title={text.whomToCall}>
        <p>{view.t(office?.phone === undefined ? text.callNamed : text.askOffice)}</p>
        <Call office={office} />
      </Panel>
    </Frame>,
  );
}

const SaidThen = ({
  view,
  answer,
  at,
}: Pick<Ended, 'answer' | 'at'> & Readonly<{ view: View }>): JSX.Element | null =>
  answer === undefined ? null : (
    <p>
      <strong>{view.t(text.doneAnswer(view.t(answers[answer].says)))}</strong>
      {at === undefined ? null : view.t(text.answeredOn(showDate(at.toISOString(), view.language)))}
    </p>
  );
