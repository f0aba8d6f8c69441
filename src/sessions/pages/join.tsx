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
import { Confirmation, Empty, Facts, Notice, Status } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { leftOf, takesPlaces, waysOf, type Counted, type Place } from '../model.ts';
import type { Holder } from '../programs.ts';
import { joinText as text } from '../join-text.ts';
import { sayWhen, text as words, wayNames, wherePlaces } from '../text.ts';
import { GuestFields } from './guest-fields.tsx';
import { Days } from './list.tsx';
import { namesOf } from './parts.tsx';

/** What one can sign up for, without an account. */
export function joinListPage(
  props: Readonly<{ view: View; holder: Holder; found: readonly Counted[] }>,
): string {
  const { view, holder, found } = props;
  const { body } = holder;
  return renderPage(
    <Frame view={view} plain title={text.listTitle(body.name)} lead={text.listLead}>
      {body.phone === undefined ? null : (
        <p>
          {view.t(text.call)} <PhoneLink number={body.phone} />
        </p>
      )}
      {found.length === 0 ? (
        <Empty view={view} title={text.none} />
      ) : (
        <>
          <h2>{view.t(words.comingTitle)}</h2>
          <Days
            view={view}
            found={found}
            programs={holder.programs}
            hrefOf={(one) => `/join/${body.id}/${one.id}`}
          />
        </>
      )}
    </Frame>,
  );
}

const About = ({
  view,
  one,
  holder,
}: Readonly<{ view: View; one: Counted; holder: Holder }>): JSX.Element => {
  const { kind, leader } = namesOf(view, holder.programs, one);
  return (
    <Facts
      view={view}
      rows={[
        [words.when, sayWhen(one, view.language)],
        [words.kind, kind],
        [words.place, one.place],
        [words.leader, leader],
        ...(one.note === null ? [] : [[words.note, <span class="pre-line">{one.note}</span>] as const]),
        [words.phone, <PhoneLink number={one.phone ?? holder.body.phone ?? ''} />],
      ]}
    />
  );
};

/** One session, and the form to sign up. */
export function joinPage(
  props: Readonly<{
    view: View;
    holder: Holder;
    one: Counted;
    state: FormState;
    /** The hidden key: the same form sent twice takes one place. */
    secret: string;
    trouble?: Sentence | undefined;
  }>,
): string {
  const { view, holder, one, state, trouble } = props;
  const base = `/join/${holder.body.id}`;
  const open = takesPlaces(one, view.now);
  return renderPage(
    <Frame view={view} plain title={one.title} state={state} back={{ href: base, label: text.other }}>
      {trouble === undefined ? null : <Notice view={view} kind="error" title={trouble} live />}
      <ErrorSummary view={view} state={state} />
      <About view={view} one={one} holder={holder} />
      {one.drop_in ? (
        <p>
          <Status shape="check" tone="info">
            {view.t(words.dropIn)}
          </Status>
        </p>
      ) : null}
      {open ? (
        <>
          <h2>{view.t(text.signUpTitle)}</h2>
          <p>
            {waysOf(one)
              .map((way) => {
                const left = leftOf(one, way);
                return view.t(
                  left > 0
                    ? words.left(wherePlaces[way], left)
                    : words.fullWay(wherePlaces[way], one.counts[way]?.waiting ?? 0),
                );
              })
              .join('　')}
          </p>
          <p class="hint">{view.t(text.use)}</p>
          <Form view={view} action={`${base}/${one.id}`}>
            <HiddenFields values={{ key: props.secret }} />
            <GuestFields view={view} state={state} one={one} themselves />
            <Button>{view.t(text.send)}</Button>
          </Form>
        </>
      ) : one.drop_in && one.status === 'planned' ? null : (
        <Notice view={view} kind="info" title={text.closed} />
      )}
      {waysOf(one).length === 0 ? null : (
        <p>
          <a href={`${base}/${one.id}/code`}>{view.t(text.haveCode)}</a>
        </p>
      )}
    </Frame>,
  );
}

/** Said to everybody who gave a mail address, whoever it is and whatever became of it: the rest stands in the letter. */
export function sentPage({
  view,
  holder,
  one,
}: Readonly<{ view: View; holder: Holder; one: Counted }>): string {
  return renderPage(
    <Frame view={view} plain title={text.sentTitle} heading={false}>
      <Confirmation view={view} title={text.sentTitle}>
        <p>{view.t(text.sentWhat)}</p>
        <p>{view.t(text.sentNothing)}</p>
      </Confirmation>
      <h2>{one.title}</h2>
      <About view={view} one={one} holder={holder} />
      <p>
        <a href={`/join/${holder.body.id}`}>{view.t(text.other)}</a>
      </p>
    </Frame>,
  );
}

/** Asks for the code. */
export function codePage(
  props: Readonly<{ view: View; holder: Holder; one: Counted; state: FormState }>,
): string {
  const { view, holder, one, state } = props;
  const base = `/join/${holder.body.id}/${one.id}`;
  return renderPage(
    <Frame
      view={view}
      plain
      title={text.codeTitle}
      lead={`${one.title}　${sayWhen(one, view.language)}`}
      state={state}
      back={{ href: base, label: words.backToOne }}
    >
      <ErrorSummary view={view} state={state} />
      <Form view={view} action={`${base}/code`}>
        <TextField view={view} state={state} name="code" label={text.code} required width="medium" />
        <Button>{view.t(text.codeDo)}</Button>
      </Form>
    </Frame>,
  );
}

/** Somebody's place: whether they have it, where it is online, and how to give it up. */
export function passPage(
  props: Readonly<{
    view: View;
    holder: Holder;
    one: Counted;
    place: Place;
    link: string | undefined;
    code: string;
    base: string;
  }>,
): string {
  const { view, holder, one, place } = props;
  const title =
    one.status === 'cancelled'
      ? text.passOff
      : place.state === 'booked'
        ? text.passBooked
        : place.state === 'waiting'
          ? text.passWaiting
          : text.passCancelled;
  const open = place.state !== 'cancelled' && takesPlaces(one, view.now);
  return renderPage(
    <Frame view={view} plain title={title} heading={false}>
      {place.state === 'cancelled' || one.status === 'cancelled' ? (
        <h1>{view.t(title)}</h1>
      ) : (
        <Confirmation view={view} title={title}>
          {place.state === 'waiting' ? <p>{view.t(text.passWaitingWhy)}</p> : null}
        </Confirmation>
      )}
      <h2>{one.title}</h2>
      <About view={view} one={one} holder={holder} />
      {one.cancelled_because === null ? null : <p>{one.cancelled_because}</p>}
      {place.state === 'cancelled' ? null : (
        <Facts view={view} rows={[[text.way, view.t(wayNames[place.way])]]} />
      )}
      {props.link === undefined ? null : (
        <>
          <Buttons>
            <LinkButton href={props.link}>{view.t(text.online)}</LinkButton>
          </Buttons>
          <p class="hint">{view.t(text.onlineLater)}</p>
        </>
      )}
      {open ? (
        <>
          <p>
            {view.t(text.code)}: <strong class="code">{props.code}</strong>
          </p>
          <p class="hint">{view.t(text.passKeep)}</p>
          <Form view={view} action={`${props.base}/cancel`}>
            <Button kind="secondary">{view.t(text.giveUp)}</Button>
          </Form>
        </>
      ) : null}
      <p>
        <a href={`/join/${holder.body.id}`}>{view.t(text.other)}</a>
      </p>
    </Frame>,
  );
}
