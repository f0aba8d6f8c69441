import type { JSX } from 'preact';
import { showDate } from '../../web/dates.ts';
import {
  Button,
  Buttons,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  SingleCheck,
  TextArea,
  type FormState,
} from '../../web/form.tsx';
import { CheckAnswers, Facts, Notice, PhoneLink } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { joinSentences } from '../../kernel/sentence.ts';
import { dangerText } from '../../people/danger/text.ts';
import { displayName } from '../../people/record.ts';
import { needLabel } from '../../programs/needs.ts';
import type { Asked } from './asked.ts';
import { longestWords, type AnswerFilled } from './form.ts';
import { answers } from './moves.ts';
import { text } from './text.ts';

type Shown = Readonly<{ view: View; asked: Asked }>;

/** Who asks and by when; `more` are further facts about the request. */
export const OfficeFacts = ({
  view,
  asked,
  more = [],
}: Shown & Readonly<{ more?: Parameters<typeof Facts>[0]['rows'] }>): JSX.Element => (
  <Facts
    view={view}
    rows={[
      [text.office, asked.office?.name],
      [text.phone, asked.office?.phone === undefined ? '' : <PhoneLink number={asked.office.phone} />],
      ...(asked.referral.due === undefined || asked.referral.status !== 'requested'
        ? []
        : [
            [
              text.due,
              <Until view={view} due={asked.referral.due} open={asked.expired === undefined} />,
            ] as const,
          ]),
      ...more,
    ]}
  />
);

/** The day by which an answer was asked, and that a late one is welcome too, while one can be given. */
const Until = ({ view, due, open }: Readonly<{ view: View; due: string; open: boolean }>): JSX.Element => (
  <span class="state">
    <span>{showDate(due, view.language, { weekday: true })}</span>
    {open && new Date(due) < view.now ? <small>{view.t(text.late)}</small> : null}
  </span>
);

export const WishFacts = ({ view, asked }: Shown): JSX.Element => (
  <Facts
    view={view}
    rows={[
      [text.resource, asked.resource?.name],
      [text.wish, asked.told.wish],
    ]}
  />
);

/** What the group is told of the person now, and that it is for this request alone. */
export function PersonFacts({ view, asked }: Shown): JSX.Element {
  const { person, needs, reach, withheld } = asked.told;
  if (withheld) return <Notice view={view} kind="error" title={dangerText.throughOffice} />;
  if (!person) return <p>{view.t(text.hidden)}</p>;
  return (
    <>
      <Facts
        view={view}
        rows={[
          [
            text.name,
            <span class="state">
              <span>{displayName(person.name, view.language)}</span>
              {person.kana === '' ? null : <small>{person.kana}</small>}
            </span>,
          ],
          [text.age, person.age === undefined ? '' : view.t(text.years(person.age))],
          [text.area, person.area],
          ...(needs.length === 0
            ? []
            : [[text.needs, view.t(joinSentences(needs.map((need) => needLabel(need.code))))] as const]),
          ...(reach === undefined
            ? []
            : [
                [
                  text.personPhone,
                  reach.phone === undefined ? view.t(text.noPhone) : <PhoneLink number={reach.phone} />,
                ] as const,
                [
                  text.address,
                  [reach.postalCode && `〒${reach.postalCode}`, reach.address].join(' ').trim(),
                ] as const,
              ]),
        ]}
      />
      {asked.referral.status === 'requested' ? <p>{view.t(text.reachLater)}</p> : null}
      <p class="hint">{view.t(text.secret)}</p>
    </>
  );
}

/** The three answers and a place for a few words; goes to the page on which it is checked. */
export function AnswerForm(
  props: Readonly<{ view: View; state: FormState; action: string; seen?: string }>,
): JSX.Element {
  const { view, state } = props;
  const field = { view, state };
  return (
    <Form view={view} action={props.action} id="answering" kept>
      <HiddenFields values={{ seen: props.seen }} />
      <RadioField
        {...field}
        name="answer"
        label={text.answer}
        required
        options={[
          { value: 'welcome', label: answers.welcome.says, hint: text.welcomeHint },
          { value: 'full', label: answers.full.says, hint: text.fullHint },
          { value: 'unsuitable', label: answers.unsuitable.says, hint: text.unsuitableHint },
        ]}
      />
      <TextArea
        {...field}
        name="words"
        label={text.words}
        hint={text.wordsHint}
        rows={3}
        maxLength={longestWords}
      />
      <Button>{view.t(text.toCheck)}</Button>
    </Form>
  );
}

/** The answer once more before it goes. `action` is also where the form is had again. */
export function AnswerCheck(
  props: Readonly<{
    view: View;
    filled: AnswerFilled;
    /** The activity that can be shown as full; undefined when there is none. */
    activity: string | undefined;
    action: string;
    seen?: string;
    once: string;
  }>,
): JSX.Element {
  const { view, filled, activity, action } = props;
  const said = answers[filled.answer].says;
  const state: FormState = { values: { full: 'yes' }, issues: [] };
  return (
    <>
      <CheckAnswers
        view={view}
        rows={[
          { label: text.answer, value: <strong>{view.t(said)}</strong> },
          ...(filled.words === undefined ? [] : [{ label: text.words, value: filled.words }]),
        ]}
      />
      <Form view={view} action={action} once={props.once} kept>
        <HiddenFields values={{ answer: filled.answer, words: filled.words, seen: props.seen }} />
        {filled.answer === 'full' && activity !== undefined ? (
          <SingleCheck view={view} state={state} name="full" label={text.markFull} hint={text.markFullHint} />
        ) : null}
        <Buttons>
          <Button>{view.t(text.send)}</Button>
          <LinkButton href={action} kind="secondary">
            {view.t(text.correct)}
          </LinkButton>
        </Buttons>
      </Form>
    </>
  );
}
