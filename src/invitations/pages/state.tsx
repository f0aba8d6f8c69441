import type { JSX } from 'preact';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { displayName } from '../../people/record.ts';
import { showDate } from '../../web/dates.ts';
import { Status } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Inviting } from '../programs.ts';
import type { Invited } from '../queries.ts';
import { text } from '../text.ts';

/** How far it has come with somebody, and what is next. */
export function MemberState({ view, member }: Readonly<{ view: View; member: Invited }>): JSX.Element {
  const day = (iso: string): string => showDate(iso, view.language, { year: false });
  const next =
    member.sent_on === null || member.been_at !== null
      ? ''
      : view.t(
          member.due_on === null
            ? text.asksNoMore
            : (member.due_on <= dayInTokyo(view.now) ? text.dueSince : text.dueOn)(day(member.due_on)),
        );
  return (
    <div class="state">
      {member.been_at !== null ? (
        <Status shape="check" tone="good">
          {view.t(text.saidBeen)}
        </Status>
      ) : member.agreed_at !== null ? (
        <Status shape="check" tone="good">
          {view.t(text.saidYes)}
        </Status>
      ) : member.sent_on === null ? (
        <Status shape="circle" tone="neutral">
          {view.t(text.notSent)}
        </Status>
      ) : (
        <Status shape="half" tone="info">
          {view.t(text.sentOn(day(member.sent_on)))}
        </Status>
      )}
      <small>
        {[
          member.slip_done === false ? view.t(text.slipCame) : '',
          beenShown(view, member),
          member.contacts === 0 ? '' : view.t(text.askedTimes(member.contacts)),
          next,
        ]
          .filter(Boolean)
          .join('　')}
      </small>
    </div>
  );
}

/** When and where they say that they have been, as far as they said it. */
export const beenShown = (view: View, member: Pick<Invited, 'been_on' | 'been_where'>): string =>
  [member.been_on === null ? '' : showDate(member.been_on, view.language), member.been_where]
    .filter(Boolean)
    .join('　');

/** The reason in the program's words; its code, where the program does not know it any more. */
export const reasonName = (view: View, program: Inviting | undefined, code: string): string => {
  const found = program?.invitations.reasons.find((one) => one.code === code);
  return found ? view.t(found.name) : code;
};

export const cardOf = ({ symbol, number, branch }: Pick<Invited, 'symbol' | 'number' | 'branch'>): string =>
  [symbol, number, branch].filter(Boolean).join(' ');

/** A member's name as a page shows it; for readers of English with the sound of it. */
export function memberName(view: View, { name, kana }: Readonly<{ name: string; kana: string }>): string {
  const [[family = '', ...given], [familyKana = '', ...givenKana]] = [name.split(/\s+/u), kana.split(/\s+/u)];
  return displayName(
    { family, given: given.join(' '), familyKana, givenKana: givenKana.join(' ') },
    view.language,
  );
}

/** The kana beside it, for those who read them. */
export const memberKana = (view: View, { kana }: Readonly<{ kana: string }>): string =>
  view.language === 'ja' ? kana : '';

/** 1234-5678-9012, as it stands on the letter. */
export const shownCode = (code: string): string => code.replaceAll(/(\d{4})(?=\d)/g, '$1-');
