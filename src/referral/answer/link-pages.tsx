import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import { ErrorSummary, type FormState } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Confirmation, Notice, Panel, PhoneLink } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { ReadBody } from '../../people/record.ts';
import type { Asked } from './asked.ts';
import type { AnswerFilled } from './form.ts';
import { answers, type Answer } from './moves.ts';
import { AnswerCheck, AnswerForm, OfficeFacts, PersonFacts, WishFacts } from './parts.tsx';
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
      <Panel view={view} title={text.answerPanel}>
        <AnswerForm view={view} state={state} action={`/r/${props.secret}/check`} />
      </Panel>
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
export const endings = {
  answered: { title: text.answeredTitle, says: text.answered },
  expired: { title: text.expiredTitle, says: text.expired },
  unknown: { title: text.unknownTitle, says: text.unknown },
  calledOff: { title: text.calledOffTitle, says: text.calledOff },
} as const satisfies Record<string, Readonly<{ title: Sentence; says: Sentence }>>;
export type Ending = keyof typeof endings;

/** A calm page without anything personal. */
export const endingPage = (view: View, ending: Ending, office: ReadBody | undefined): string =>
  renderPage(
    <Frame view={view} title={endings[ending].title} plain>
      <div class="prose">
        <p>{view.t(endings[ending].says)}</p>
        {office?.phone === undefined ? null : <p>{view.t(text.askOffice)}</p>}
        <Call office={office} />
      </div>
    </Frame>,
  );
