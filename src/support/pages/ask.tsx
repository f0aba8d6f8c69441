import type { JSX } from 'preact';
import { consentBrief } from '../../consent/state.tsx';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { joinSentences } from '../../kernel/sentence.ts';
import { dangerText } from '../../people/danger/text.ts';
import { displayName, type ReadBody } from '../../people/record.ts';
import { needLabel } from '../../programs/needs.ts';
import { toldOf } from '../../referral/told.ts';
import {
  Button,
  DateField,
  Form,
  HiddenFields,
  LinkButton,
  PhoneLink,
  RadioField,
  SingleCheck,
  TextArea,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Empty, Facts, Notice, Panel, Status } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { longestWish, type Candidate } from '../ask.ts';
import { willWayNames, willWays } from '../will.ts';
import { askWords as text, findWords } from '../request-text.ts';
import { caseFrame, type CaseProps } from './frame.tsx';

export type AskProps = CaseProps & Readonly<{ candidates: readonly Candidate[]; from: ReadBody | undefined }>;

export const canBeAsked = (c: Candidate): boolean => c.consent !== undefined && !c.asked && c.resource.active;

/** Before anything is sent: whom, what exactly they will read, and whether the person wants it now. */
export function askPage(props: AskProps): string {
  const { view, candidates, one } = props;
  const ready = candidates.filter(canBeAsked);
  const back = `/referrals/${one.task.id}/resources`;
  return caseFrame({
    ...props,
    wide: false,
    page: text.page,
    current: 'requests',
    form: ready.length === 0 ? undefined : 'asking',
    children: (
      <>
        <Whom {...props} />
        {candidates.some((c) => c.consent === undefined) ? (
          <Notice view={view} kind="warning" title={text.noConsentTitle}>
            <p>{view.t(text.noConsentNext)}</p>
          </Notice>
        ) : null}
        {ready.length === 0 ? (
          <Empty
            view={view}
            title={text.nobody}
            next={
              <LinkButton href={back} kind="secondary">
                {view.t(text.backToFind)}
              </LinkButton>
            }
          />
        ) : (
          <>
            <Shown {...props} />
            <AskForm {...props} candidates={ready} />
          </>
        )}
      </>
    ),
  });
}

/** With what differs from group to group: the consent that lets it know the person, and the needs it is told. */
function Whom({ view, candidates }: AskProps): JSX.Element {
  return (
    <Panel view={view} title={text.to}>
      <ul class="lines">
        {candidates.map((candidate) => (
          <li key={candidate.resource.id}>
            <p>
              <strong>{candidate.resource.name}</strong>{' '}
              {candidate.resource.contact.phone === undefined ? null : (
                <PhoneLink number={candidate.resource.contact.phone} />
              )}
            </p>
            <CandidateState view={view} candidate={candidate} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

type One = Readonly<{ view: View; candidate: Candidate }>;

function CandidateState({ view, candidate }: One): JSX.Element {
  const { resource, consent, asked } = candidate;
  if (asked)
    return (
      <Status shape="pause" tone="warn">
        {view.t(text.open)}
      </Status>
    );
  if (consent === undefined)
    return (
      <Status shape="cross" tone="bad">
        {view.t(text.noConsent)}
      </Status>
    );
  return (
    <>
      <Status shape="check" tone="good">
        {view.t(text.ready)}
      </Status>{' '}
      <span class="soft">{view.t(resource.contact.email === undefined ? text.byPaper : text.byMail)}</span>
      <Facts
        view={view}
        rows={[
          [text.consent, view.t(consentBrief(consent, candidate.bodyNames))],
          [text.needs, needsOf({ view, candidate })],
        ]}
      />
    </>
  );
}

export const needsOf = ({ view, candidate: { needs } }: One): string =>
  view.t(needs.length === 0 ? text.noNeeds : joinSentences(needs.map((need) => needLabel(need.code))));

/** What every group that is asked will know of the person, now and after its answer. */
function Shown({ view, one, from }: AskProps): JSX.Element {
  const today = dayInTokyo(view.now);
  const now = toldOf(one.person, { status: 'requested', wish: '', needs: [] }, today).person;
  const later = toldOf(one.person, { status: 'accepted', wish: '', needs: [] }, today).reach;
  return (
    <Panel view={view} title={text.shown}>
      <p>{view.t(text.shownLead)}</p>
      <h3>{view.t(text.shownNow)}</h3>
      <Facts
        view={view}
        rows={[
          [text.wishShown, <span class="soft">{view.t(text.wishBelow)}</span>],
          ...(one.person.limits === undefined
            ? ([
                [
                  text.name,
                  now && [displayName(now.name, view.language), now.kana].filter(Boolean).join('　'),
                ],
                [text.age, now?.age === undefined ? '' : view.t(text.years(now.age))],
                [text.area, now?.area],
              ] as const)
            : ([[text.name, view.t(dangerText.keptFromGroup)]] as const)),
          [text.needs, <span class="soft">{view.t(text.needsAbove)}</span>],
          [text.from, [from?.name, from?.phone].filter(Boolean).join('　')],
        ]}
      />
      <h3>{view.t(text.shownLater)}</h3>
      <Facts
        view={view}
        rows={[
          [text.phone, later?.phone ?? view.t(text.noPhone)],
          [text.address, later?.address],
        ]}
      />
      <p class="soft">{view.t(text.hidden)}</p>
    </Panel>
  );
}

/** One text for all; with several groups it is changed for each on the next page. */
function AskForm({ view, one, state, candidates, newId }: AskProps): JSX.Element {
  const field = { view, state };
  const id = one.task.id;
  const several = candidates.length > 1;
  return (
    <Panel view={view} title={text.wish}>
      <Form view={view} action={`/referrals/${id}/requests`} once={newId()} id="asking" kept>
        <HiddenFields
          values={{
            seen: one.referral.version,
            resource: candidates.map((c) => c.resource.id),
            ...changedWishes(state, candidates),
          }}
        />
        <TextArea
          {...field}
          name="wish"
          label={text.wish}
          hint={several ? joinedHint : text.wishHint}
          required
          rows={5}
          maxLength={longestWish}
        />
        <DateField {...field} name="answerBy" label={text.answerBy} era={false} required />
        <SingleCheck {...field} name="will" label={text.willTick} hint={text.willHint} required />
        <RadioField
          {...field}
          name="way"
          label={text.way}
          required
          options={willWayNames.map((way) => ({ value: way, label: willWays[way].says }))}
        />
        <TextField {...field} name="note" label={text.note} hint={text.noteHint} maxLength={200} />
        {several ? (
          <Button name="step" value="texts">
            {view.t(text.toTexts)}
          </Button>
        ) : (
          <Button>{view.t(text.send(1))}</Button>
        )}{' '}
        <LinkButton href={`/referrals/${id}/resources`} kind="quiet">
          {view.t(findWords.page)}
        </LinkButton>
      </Form>
    </Panel>
  );
}

const joinedHint = {
  ja: `${text.wishHint.ja}${text.wishForAll.ja}`,
  en: `${text.wishHint.en} ${text.wishForAll.en}`,
};

/** Texts that were written for one group already; those that are as for all follow a change of the text for all. */
function changedWishes({ values }: FormState, candidates: readonly Candidate[]): Record<string, string> {
  const wishes = candidates.flatMap(({ resource: { id } }) => {
    const own = values[`wish-${id}`];
    return typeof own === 'string' && own !== values['wish'] ? [[`wish-${id}`, own] as const] : [];
  });
  return Object.fromEntries(wishes);
}
