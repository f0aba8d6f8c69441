import type { JSX } from 'preact';
import { displayName, type ReadBody } from '../../people/record.ts';
import { showDate } from '../../web/dates.ts';
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
} from '../../web/form.tsx';
import { Empty, Facts, Notice, Panel, Status } from '../../web/parts.tsx';
import { longestWish, type Candidate } from '../ask.ts';
import { willWayNames, willWays } from '../will.ts';
import { askWords as text, findWords } from '../request-text.ts';
import { caseFrame, type CaseProps } from './frame.tsx';

type Props = CaseProps & Readonly<{ candidates: readonly Candidate[]; from: ReadBody | undefined }>;

const canBeAsked = (c: Candidate): boolean => c.consent !== undefined && !c.asked && c.resource.active;

/** Before anything is sent: whom, what exactly they will read, and whether the person wants it now. */
export function askPage(props: Props): string {
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

function Whom({ view, candidates }: Props): JSX.Element {
  return (
    <Panel view={view} title={text.to}>
      <ul class="lines">
        {candidates.map((candidate) => {
          const { resource, consent, asked } = candidate;
          return (
            <li key={resource.id}>
              <p>
                <strong>{resource.name}</strong>{' '}
                {resource.contact.phone === undefined ? null : <PhoneLink number={resource.contact.phone} />}
              </p>
              {asked ? (
                <Status shape="pause" tone="warn">
                  {view.t(text.open)}
                </Status>
              ) : consent === undefined ? (
                <Status shape="cross" tone="bad">
                  {view.t(text.noConsent)}
                </Status>
              ) : (
                <>
                  <Status shape="check" tone="good">
                    {view.t(text.ready)}
                  </Status>{' '}
                  <span class="soft">
                    {view.t(resource.contact.email === undefined ? text.byPaper : text.byMail)}
                  </span>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function Shown({ view, one, from }: Props): JSX.Element {
  const { person } = one;
  return (
    <Panel view={view} title={text.shown}>
      <p>{view.t(text.shownLead)}</p>
      <Facts
        view={view}
        rows={[
          [text.wishShown, <span class="soft">{view.t(text.wishBelow)}</span>],
          [text.name, displayName(person, view.language)],
          [text.birth, person.birthDate && showDate(person.birthDate, view.language, { era: true })],
          [text.sex, view.t(text[person.sex])],
          [text.phone, person.phone],
          [text.address, `${person.prefecture}${person.municipality}${person.line}`],
          [text.from, [from?.name, from?.phone].filter(Boolean).join('　')],
        ]}
      />
      <p class="soft">{view.t(text.hidden)}</p>
    </Panel>
  );
}

function AskForm({ view, one, state, candidates, newId }: Props): JSX.Element {
  const field = { view, state };
  const id = one.task.id;
  return (
    <Panel view={view} title={text.wish}>
      <Form view={view} action={`/referrals/${id}/requests`} once={newId()} id="asking" kept>
        <HiddenFields
          values={{ seen: one.referral.version, resource: candidates.map((c) => c.resource.id) }}
        />
        <TextArea
          {...field}
          name="wish"
          label={text.wish}
          hint={text.wishHint}
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
        <Button>{view.t(text.send(candidates.length))}</Button>{' '}
        <LinkButton href={`/referrals/${id}/resources`} kind="quiet">
          {view.t(findWords.page)}
        </LinkButton>
      </Form>
    </Panel>
  );
}
