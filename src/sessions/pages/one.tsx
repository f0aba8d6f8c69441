import type { JSX } from 'preact';
import {
  Button,
  Buttons,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  PhoneLink,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Facts, Notice, Panel, Status, Table, WebLink } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { canTick } from '../attend.ts';
import { isOver, roomOf, takesPlaces, waysOf, type Counted, type Place } from '../model.ts';
import type { Holding } from '../programs.ts';
import { sayWhen, text, wayNames, wherePlaces } from '../text.ts';
import { GuestFields } from './guest-fields.tsx';
import { namesOf, SeatMarks } from './parts.tsx';

export type OneGiven = Readonly<{
  view: View;
  state: FormState;
  newId: () => string;
  programs: readonly Holding[];
  one: Counted;
  link: string | undefined;
  places: readonly Place[];
  /** Whether the reader changes it and calls people; residents who help tick who is there. */
  mayHold: boolean;
  trouble?: Sentence | undefined;
  /** Who got a place just now and cannot be told by mail. */
  toCall: readonly Place[];
}>;

/** One session, for the body that holds it. */
export function onePage(given: OneGiven): string {
  const { view, one, state, mayHold } = given;
  const { program } = namesOf(view, given.programs, one);
  const isOpen = one.status === 'planned' && !isOver(one, view.now);
  return renderPage(
    <Frame
      view={view}
      title={one.title}
      lead={sayWhen(one, view.language)}
      state={state}
      back={{ href: '/sessions', label: text.back }}
    >
      {given.trouble === undefined ? null : <Notice view={view} kind="error" title={given.trouble} live />}
      <ErrorSummary view={view} state={state} />
      <ToCall {...given} />
      <SeatMarks view={view} one={one} />
      <Buttons>
        {canTick(one, view.now) ? (
          <LinkButton href={`/sessions/${one.id}/attendance`}>{view.t(text.attendance)}</LinkButton>
        ) : null}
        {canTick(one, view.now) && program?.sessions.contacts !== undefined ? (
          <LinkButton href={`/sessions/${one.id}/contacts`}>{view.t(text.talks)}</LinkButton>
        ) : null}
        <LinkButton href={`/sessions/${one.id}/list.pdf`} kind="secondary">
          {view.t(text.list)}
        </LinkButton>
        {mayHold && !isOver(one, view.now) ? (
          <LinkButton href={`/sessions/${one.id}/calls.pdf`} kind="secondary">
            {view.t(text.calls)}
          </LinkButton>
        ) : null}
        {mayHold && isOpen ? (
          <>
            <LinkButton href={`/sessions/${one.id}/edit`} kind="secondary">
              {view.t(text.edit)}
            </LinkButton>
            <LinkButton href={`/sessions/${one.id}/cancel`} kind="quiet">
              {view.t(text.callOff)}
            </LinkButton>
          </>
        ) : null}
      </Buttons>
      <About {...given} />
      <People {...given} state="booked" title={text.booked} />
      <People {...given} state="waiting" title={text.waiting} />
      {takesPlaces(one, view.now) ? (
        <Panel view={view} title={text.addGuest}>
          <Form view={view} action={`/sessions/${one.id}/places`} once={given.newId()}>
            <GuestFields view={view} state={state} one={one} themselves={false} />
            <Button>{view.t(text.addGuestDo)}</Button>
          </Form>
        </Panel>
      ) : null}
    </Frame>,
  );
}

function ToCall({ view, toCall, mayHold }: OneGiven): JSX.Element | null {
  if (toCall.length === 0) return null;
  return (
    <Notice view={view} kind="warning" title={text.callNow}>
      <ul>
        {toCall.map(({ id, name, phone }) => (
          <li key={id}>
            {name} {!mayHold ? null : phone === null ? view.t(text.noNumber) : <PhoneLink number={phone} />}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function About({ view, one, programs, link }: OneGiven): JSX.Element {
  const { kind, leader } = namesOf(view, programs, one);
  return (
    <Facts
      view={view}
      rows={[
        [text.kind, kind],
        [text.place, one.place],
        [text.area, one.area],
        ...waysOf(one).map((way): [Sentence, JSX.Element] => [
          {
            ja: `${text.room.ja}（${wherePlaces[way].ja}）`,
            en: `${text.room.en} (${wherePlaces[way].en.toLowerCase()})`,
          },
          <>{view.t(text.taken(one.counts[way]?.booked ?? 0, roomOf(one, way) ?? 0))}</>,
        ]),
        ...(link === undefined
          ? []
          : [
              [
                text.link,
                <>
                  <WebLink href={link} /> <small>{view.t(text.linkNote)}</small>
                </>,
              ] as const,
            ]),
        [text.leader, leader],
        [text.phone, one.phone === null ? '' : <PhoneLink number={one.phone} />],
        [text.note, one.note === null ? '' : <span class="pre-line">{one.note}</span>],
        ...(one.cancelled_because === null ? [] : [[text.offWhy, one.cancelled_because] as const]),
      ]}
    />
  );
}

function People(
  props: Omit<OneGiven, 'state'> & Readonly<{ state: 'booked' | 'waiting'; title: Sentence }>,
): JSX.Element | null {
  const { view, one, places, state, title, mayHold } = props;
  const here = places.filter((place) => place.state === state && !(state === 'booked' && place.walk_in));
  const all = (['site', 'online'] as const).reduce((sum, way) => sum + (one.counts[way]?.[state] ?? 0), 0);
  if (state === 'waiting' && all === 0) return null;
  const isOpen = takesPlaces(one, view.now);
  return (
    <Panel view={view} title={title}>
      {here.length === 0 && all === 0 ? (
        <Empty view={view} title={text.nobody} />
      ) : here.length === 0 ? null : (
        <Table
          view={view}
          caption={title}
          hideCaption
          columns={[
            { label: text.name },
            { label: text.way },
            ...(mayHold ? [{ label: text.reach }] : []),
            { label: text.takeOff },
          ]}
          rows={here.map((place) => ({
            key: place.id,
            cells: [
              <span class="state">
                {place.name}
                {place.task_id === null ? null : (
                  <small>
                    <a href={`/referrals/${place.task_id}/sessions`}>{view.t(text.ofCase)}</a>
                  </small>
                )}
              </span>,
              view.t(wayNames[place.way]),
              ...(mayHold ? [<Reach view={view} place={place} />] : []),
              isOpen ? (
                <Form view={view} action={`/sessions/${one.id}/places/cancel`} once={props.newId()}>
                  <HiddenFields values={{ place: place.id }} />
                  <button
                    type="submit"
                    class="button quiet small"
                    aria-label={view.t(text.takeOffOf(place.name))}
                  >
                    {view.t(text.takeOff)}
                  </button>
                </Form>
              ) : (
                ''
              ),
            ],
          }))}
        />
      )}
      {all > here.length ? <p>{view.t(text.unseen(all - here.length))}</p> : null}
    </Panel>
  );
}

const Reach = ({ view, place }: Readonly<{ view: View; place: Place }>): JSX.Element => (
  <>
    {place.silent ? (
      <Status shape="alert" tone="bad">
        {view.t(text.noContact)}
      </Status>
    ) : null}
    {place.mail}
    {place.phone === null ? null : <PhoneLink number={place.phone} />}
  </>
);

/** Asks why, and says what follows. */
export function offPage(
  props: Readonly<{ view: View; state: FormState; one: Counted; once: string }>,
): string {
  const { view, state, one } = props;
  return renderPage(
    <Frame
      view={view}
      title={text.offTitle}
      lead={`${one.title}　${sayWhen(one, view.language)}`}
      state={state}
      form="off"
      back={{ href: `/sessions/${one.id}`, label: text.backToOne }}
    >
      <ErrorSummary view={view} state={state} />
      <Notice view={view} kind="warning" title={text.offLead} />
      <Form view={view} action={`/sessions/${one.id}/cancel`} once={props.once} id="off" kept>
        <TextField
          view={view}
          state={state}
          name="because"
          label={text.offWhy}
          hint={text.offWhyHint}
          required
          lang="ja"
        />
        <Buttons>
          <Button kind="danger">{view.t(text.offDo)}</Button>
          <LinkButton href={`/sessions/${one.id}`} kind="quiet">
            {view.t(text.keep)}
          </LinkButton>
        </Buttons>
      </Form>
    </Frame>,
  );
}
