import type { JSX } from 'preact';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { LimitsLink } from '../people/danger/limits-page.tsx';
import { SealedLine } from '../people/danger/seal-page.tsx';
import { ageOn, displayName } from '../people/record.ts';
import { showDate } from '../web/dates.ts';
import { Buttons, LinkButton, PhoneLink } from '../web/form.tsx';
import { Facts, Notice, Panel } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import type { Case } from './case.ts';
import { caseText as text } from './case-text.ts';
import { listText } from './list-text.ts';
import { DeadlineMark, isOpen, StateMark, UrgencyMark } from './parts.tsx';

type Props = Readonly<{ view: View; shown: Case }>;

/** How the referral stands, and whom it is about, as far as the reader may know. */
export function PersonPanel({ view, shown }: Props): JSX.Element {
  const { referral, person, sender, receiver, side, colleagues, seal } = shown;
  const age = person && ageOn(person.birthDate, dayInTokyo(view.now));
  const other = side === 'receiver' ? sender : receiver;
  const assignee = colleagues.find((c) => c.id === referral.assignee)?.name;
  const facts = (
    <Facts
      view={view}
      rows={[
        [listText.state, <StateMark view={view} referral={referral} sent={side === 'sender'} />],
        [listText.urgency, <UrgencyMark view={view} urgency={referral.urgency} />],
        ...(isOpen(referral)
          ? [[listText.deadline, <DeadlineMark view={view} referral={referral} />] as const]
          : []),
        [
          side === 'receiver' ? listText.from : listText.to,
          other && (
            <>
              {other.name} {other.phone === undefined ? null : <PhoneLink number={other.phone} />}
            </>
          ),
        ],
        ...passedRows(shown),
        [listText.assignee, assignee ?? view.t(listText.nobody)],
        ...(referral.status === 'draft'
          ? []
          : [
              [
                side === 'receiver' ? text.receivedOn : text.sentOn,
                showDate(referral.authoredOn, view.language, { weekday: true }),
              ] as const,
            ]),
      ]}
    />
  );
  if (person === undefined)
    return (
      <Panel view={view} title={text.progress}>
        <Notice view={view} kind="info" title={text.personHidden} />
        {facts}
      </Panel>
    );
  const born = person.birthDate && showDate(person.birthDate, view.language, { era: true });
  return (
    <div class="columns">
      <Panel view={view} title={text.progress}>
        {facts}
      </Panel>
      <Panel view={view} title={listText.person}>
        <Facts
          view={view}
          rows={[
            [listText.person, displayName(person, view.language)],
            [text.kana, [person.familyKana, person.givenKana].filter(Boolean).join(' ')],
            [text.birth, born && [born, age === undefined ? '' : view.t(listText.age(age))].join('　')],
            ...(seal === undefined
              ? ([
                  [text.phone, person.phone && <PhoneLink number={person.phone} />],
                  [text.address, `${person.prefecture}${person.municipality}${person.line}`],
                ] as const)
              : ([
                  [
                    text.address,
                    <SealedLine view={view} person={person} seal={seal} referral={referral.id} />,
                  ],
                ] as const)),
          ]}
        />
        {shown.role === 'linkworker' && isOpen(referral) && referral.status !== 'requested' ? (
          <Buttons>
            <LimitsLink view={view} person={person} referral={referral.id} />
            <LinkButton
              href={`/patients/${person.id}/disclosures/new?referral=${referral.id}`}
              kind="quiet"
              small
            >
              {view.t(text.withoutConsent)}
            </LinkButton>
          </Buttons>
        ) : null}
      </Panel>
    </div>
  );
}

/** Where it was before, and where it is now: for whoever reads along. */
function passedRows({ passedFrom, passedTo, side }: Case) {
  const line = ({ id, office, caseNumber }: NonNullable<Case['passedTo']>) =>
    side === 'sender' ? (
      <a href={`/referrals/${id}`}>{`${office}（${caseNumber}）`}</a>
    ) : (
      `${office}（${caseNumber}）`
    );
  return [
    ...(passedTo === undefined ? [] : [[text.passedTo, <strong>{line(passedTo)}</strong>] as const]),
    ...(passedFrom === undefined ? [] : [[text.passedFrom, line(passedFrom)] as const]),
  ];
}
