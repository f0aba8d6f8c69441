import type { JSX } from 'preact';
import {
  Button,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Notice, Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { canTick } from '../attend.ts';
import { attendances, waysOf, type Counted, type Place } from '../model.ts';
import { attendanceNames, sayWhen, text, wayNames } from '../text.ts';

export type AttendanceGiven = Readonly<{
  view: View;
  state: FormState;
  newId: () => string;
  one: Counted;
  places: readonly Place[];
  /** Pages of the list on paper that came back, for whoever may see them. */
  returned: number;
}>;

/** A name and three buttons: one tap records who is there. */
export function attendancePage({ view, state, newId, one, places, returned }: AttendanceGiven): string {
  const ways = waysOf(one).length === 0 ? (['site'] as const) : waysOf(one);
  const booked = (['site', 'online'] as const).reduce((sum, way) => sum + (one.counts[way]?.booked ?? 0), 0);
  const seen = places.filter((place) => place.state === 'booked' && !place.walk_in).length;
  return renderPage(
    <Frame
      view={view}
      title={text.attTitle}
      lead={`${one.title}　${sayWhen(one, view.language)}`}
      state={state}
      back={{ href: `/sessions/${one.id}`, label: text.backToOne }}
    >
      <ErrorSummary view={view} state={state} />
      {canTick(one, view.now) ? (
        <p>{view.t(text.attLead)}</p>
      ) : (
        <Notice view={view} kind="info" title={text.notBegun} />
      )}
      {returned === 0 ? null : (
        <LinkButton href={`/scans/lists/${one.id}`} kind="secondary">
          {view.t(text.fromPaper(returned))}
        </LinkButton>
      )}
      {places.length === 0 && booked === 0 ? <Empty view={view} title={text.nobody} /> : null}
      <ul class="taps">
        {places.map((place) => (
          <Row key={place.id} view={view} one={one} place={place} once={newId()} />
        ))}
      </ul>
      {booked > seen ? <p>{view.t(text.unseen(booked - seen))}</p> : null}
      {canTick(one, view.now) ? (
        <Panel view={view} title={text.walkIn} id="walk-in">
          <Form view={view} action={`/sessions/${one.id}/walk-ins`} once={newId()}>
            <TextField
              view={view}
              state={state}
              name="name"
              label={text.walkInName}
              required
              width="medium"
              maxLength={60}
            />
            {ways.length > 1 ? (
              <RadioField
                view={view}
                state={state}
                name="way"
                label={text.walkInAs}
                required
                inline
                options={ways.map((way) => ({ value: way, label: wayNames[way] }))}
              />
            ) : (
              <HiddenFields values={{ way: ways[0] }} />
            )}
            <Button>{view.t(text.walkInDo)}</Button>
          </Form>
        </Panel>
      ) : null}
    </Frame>,
  );
}

function Row(props: Readonly<{ view: View; one: Counted; place: Place; once: string }>): JSX.Element {
  const { view, one, place, once } = props;
  const open = canTick(one, view.now);
  const choices = attendances.filter((as) => as !== 'online' || one.room_online !== null);
  const about = [
    view.t(wayNames[place.way]),
    ...(place.walk_in ? [view.t(text.walkInMark)] : []),
    ...(place.state === 'waiting' ? [view.t(text.waiting)] : []),
  ];
  return (
    <li id={`p-${place.id}`}>
      <p>
        <strong>{place.name}</strong> <small>{about.join('・')}</small>
      </p>
      {open ? (
        <Form view={view} action={`/sessions/${one.id}/attendance`} once={once}>
          <HiddenFields values={{ place: place.id }} />
          <div class="buttons">
            {choices.map((as) => (
              <button
                key={as}
                type="submit"
                name="as"
                value={as}
                class={`button small ${place.attended === as ? 'primary' : 'secondary'}`}
                aria-pressed={place.attended === as}
                aria-label={view.t(text.markAs(place.name, attendanceNames[as]))}
              >
                {view.t(attendanceNames[as])}
              </button>
            ))}
          </div>
        </Form>
      ) : null}
    </li>
  );
}
