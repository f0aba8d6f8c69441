import type { JSX } from 'preact';
import { ChoosingFields, Explained, ExplainingFields, SigningFields } from '../../consent/fields.tsx';
import { AddressFields, NameFields } from '../../people/form-page.tsx';
import type { readPost, ReadBody } from '../../people/record.ts';
import { urgencies } from '../../programs/program.ts';
import { urgencyText } from '../../referral/text.ts';
import {
  Button,
  Buttons,
  CheckField,
  ErrorSummary,
  Form,
  LinkButton,
  RadioField,
  SingleCheck,
  TextArea,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Notice, Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { ageBands, minuteSteps, type Counted, type DropIn } from '../model.ts';
import type { Holding } from '../programs.ts';
import { talkText as text } from '../talk-text.ts';
import { ageBandNames, sayTime, sayWhen, text as words } from '../text.ts';

type Talked = Readonly<{
  view: View;
  state: FormState;
  once: string;
  one: Counted;
  program: Holding;
  talks: readonly DropIn[];
  /** Whether the reader takes consents; residents who help hand the person over. */
  mayRefer: boolean;
}>;

const topicNames = (view: View, program: Holding, talk: DropIn): string =>
  talk.topics
    .flatMap((code) => {
      const topic = program.sessions.contacts?.topics.find((one) => one.code === code);
      return topic ? [view.t(topic.name)] : [];
    })
    .join(view.language === 'ja' ? '、' : ', ');

/** A talk in three taps and a button; and what was recorded so far. */
export function talksPage(given: Talked): string {
  const { view, state, one, program, talks } = given;
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={text.lead}
      state={state}
      back={{ href: `/sessions/${one.id}`, label: one.title }}
    >
      <ErrorSummary view={view} state={state} />
      <Form view={view} action={`/sessions/${one.id}/contacts`} once={given.once}>
        <div class="card-grid">
          <CheckField
            view={view}
            state={state}
            name="topics"
            label={text.topics}
            required
            options={(program.sessions.contacts?.topics ?? []).map(({ code, name, picture }) => ({
              value: code,
              label: name,
              picture,
            }))}
          />
        </div>
        <RadioField
          view={view}
          state={state}
          name="minutes"
          label={text.minutes}
          required
          inline
          options={minuteSteps.map((n) => ({ value: String(n), label: text.minutesOf(n) }))}
        />
        <RadioField
          view={view}
          state={state}
          name="age"
          label={text.age}
          required
          inline
          options={ageBands.map((value) => ({ value, label: ageBandNames[value] }))}
        />
        <Button>{view.t(text.save)}</Button>
      </Form>
      <Recorded {...given} talks={talks} />
    </Frame>,
  );
}

function Recorded({ view, one, program, talks, mayRefer }: Talked): JSX.Element {
  return (
    <Panel view={view} title={text.recorded}>
      {talks.length === 0 ? <Empty view={view} title={text.none} /> : null}
      <ul class="entries">
        {talks.map((talk) => (
          <li key={talk.id}>
            <p>
              {[
                sayTime(talk.at),
                topicNames(view, program, talk),
                view.t(text.minutesOf(talk.minutes)),
                view.t(ageBandNames[talk.age_band]),
              ].join('｜')}
            </p>
            {talk.task_id !== null ? (
              <p>
                <a href={`/referrals/${talk.task_id}`}>{view.t(text.referred)}</a>
              </p>
            ) : mayRefer ? (
              <a
                class="button quiet small"
                href={`/sessions/${one.id}/contacts/${talk.id}/referral`}
                aria-label={view.t(text.referOf(sayTime(talk.at)))}
              >
                {view.t(text.refer)}
              </a>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Only now the name is asked: who it is, what they agree to, and why they are referred. */
export function referPage(
  props: Readonly<{
    view: View;
    state: FormState;
    once: string;
    one: Counted;
    program: Holding;
    talk: DropIn;
    towns: readonly ReadBody[];
    posts: readonly ReturnType<typeof readPost>[];
    isKnown: boolean;
  }>,
): string {
  const { view, state, one, program, talk } = props;
  const base = `/sessions/${one.id}/contacts`;
  return renderPage(
    <Frame
      view={view}
      title={text.referTitle}
      lead={text.referLead}
      state={state}
      form="referral"
      back={{ href: base, label: text.title }}
    >
      <p>{[sayWhen(one, view.language), topicNames(view, program, talk)].join('｜')}</p>
      {props.isKnown ? <Notice view={view} kind="warning" title={text.known} live /> : null}
      <ErrorSummary view={view} state={state} />
      <Explained view={view} program={program} />
      <Form view={view} action={`${base}/${talk.id}/referral`} once={props.once} id="referral" kept>
        <NameFields view={view} state={state} />
        {props.isKnown ? <SingleCheck view={view} state={state} name="another" label={text.another} /> : null}
        <AddressFields view={view} state={state} towns={props.towns} />
        <TextArea view={view} state={state} name="reason" label={text.reason} required rows={3} />
        <RadioField
          view={view}
          state={state}
          name="urgency"
          label={text.urgency}
          required
          options={urgencies.map((value) => ({ value, label: urgencyText[value] }))}
        />
        <h2>{view.t(text.consentPart)}</h2>
        <ExplainingFields view={view} state={state} posts={props.posts} />
        <ChoosingFields view={view} state={state} program={program} />
        <SigningFields view={view} state={state} scan={false} />
        <Buttons>
          <Button>{view.t(text.send)}</Button>
          <LinkButton href={base} kind="quiet">
            {view.t(words.keep)}
          </LinkButton>
        </Buttons>
      </Form>
    </Frame>,
  );
}
