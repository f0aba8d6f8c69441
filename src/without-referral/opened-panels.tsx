import type { JSX } from 'preact';
import { fromResponse } from '../intake/answers.ts';
import { readQuestionnaire } from '../intake/form.ts';
import { wordsKept } from '../intake/kept-forms.ts';
import { NeedsFound } from '../intake/needs-found.tsx';
import { AnswersRead } from '../intake/answers-read.tsx';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { LimitsNotice } from '../people/danger/marks.tsx';
import { SealedLine } from '../people/danger/seal-page.tsx';
import { addressLine, insuranceLine } from '../people/known-page.tsx';
import { ageOn, displayName } from '../people/record.ts';
import { text as people } from '../people/text.ts';
import { StateMark } from '../referral/parts.tsx';
import { showDate } from '../web/dates.ts';
import { Empty, Facts, Panel } from '../web/parts.tsx';
import { PhoneLink } from '../web/form.tsx';
import type { View } from '../web/view.ts';
import type { Opened } from './opened.ts';
import { text } from './text.ts';

type Props = Readonly<{ view: View; opened: Opened }>;

/** What is opened of a person, to be read: each part stands here only where there is something to see. */
export function OpenedPanels({ view, opened }: Props): JSX.Element {
  const { person, concerns, notes, goals, referrals } = opened;
  const nothing =
    concerns.length + notes.length + goals.length + referrals.length === 0 && opened.answers === undefined;
  return (
    <>
      <LimitsNotice view={view} person={person} />
      <PersonPanel view={view} opened={opened} />
      {concerns.length === 0 ? null : (
        <Panel view={view} title={text.needs}>
          <NeedsFound
            view={view}
            needs={concerns.map(({ need, says, because }) => ({ code: need.code, says, because }))}
          />
        </Panel>
      )}
      {notes.length === 0 ? null : (
        <Panel view={view} title={text.notes}>
          {notes.map((note, i) => (
            <p key={i}>{note}</p>
          ))}
        </Panel>
      )}
      {goals.length === 0 ? null : (
        <Panel view={view} title={text.goals}>
          <ul>
            {goals.map((goal) => (
              <li key={goal.id}>{goal.text}</li>
            ))}
          </ul>
        </Panel>
      )}
      {referrals.length === 0 ? null : (
        <Panel view={view} title={text.referrals}>
          <Facts
            view={view}
            rows={referrals.map(({ referral, office }) => [
              `${office}（${showDate(referral.authoredOn, view.language)}）`,
              <StateMark view={view} referral={referral} />,
            ])}
          />
        </Panel>
      )}
      <AnswersPanel view={view} opened={opened} />
      {nothing ? <Empty view={view} title={text.nothing} /> : null}
    </>
  );
}

function PersonPanel({ view, opened }: Props): JSX.Element {
  const { person, seal, insurance, helpers } = opened;
  if (person === undefined) return <Empty view={view} title={text.hiddenPerson} />;
  const age = ageOn(person.birthDate, dayInTokyo(view.now));
  const kana = [person.familyKana, person.givenKana].filter(Boolean).join(' ');
  return (
    <Panel view={view} title={text.person}>
      <Facts
        view={view}
        rows={[
          [text.name, `${displayName(person, view.language)}（${kana}）`],
          [
            text.birth,
            [
              showDate(person.birthDate, view.language, { era: true }),
              age === undefined ? '' : view.t(people.age(age)),
            ].join('　'),
          ],
          [text.sex, view.t(people[person.sex])],
          ...(seal === undefined
            ? ([
                [text.phone, person.phone === undefined ? '' : <PhoneLink number={person.phone} />],
                [text.address, addressLine(person)],
              ] as const)
            : ([[text.address, <SealedLine view={view} person={person} seal={seal} />]] as const)),
          ...(insurance === undefined ? [] : [[text.insurance, insuranceLine(view, insurance)] as const]),
          ...(helpers.length === 0
            ? []
            : [
                [
                  text.helpers,
                  <ul>
                    {helpers.map((helper) => (
                      <li key={helper.id}>
                        {displayName(helper, view.language)} {helper.relationship}{' '}
                        {helper.phone === undefined ? null : <PhoneLink number={helper.phone} />}
                      </li>
                    ))}
                  </ul>,
                ] as const,
              ]),
        ]}
      />
    </Panel>
  );
}

function AnswersPanel({ view, opened }: Props): JSX.Element | null {
  if (opened.answers === undefined) return null;
  const { response, form } = opened.answers;
  const day = showDate(response.authored ?? response.meta.lastUpdated, view.language);
  return (
    <Panel view={view} title={text.answersOn(day)}>
      {form === undefined ? (
        <Facts view={view} rows={wordsKept(response).map((one) => [one.question, one.answer])} />
      ) : (
        <AnswersRead
          view={view}
          model={readQuestionnaire(form, view.language)}
          answers={fromResponse(form, response)}
        />
      )}
    </Panel>
  );
}
