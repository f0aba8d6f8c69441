import type { JSX } from 'preact';
import { attendances, emptyLines, type Gathering, type Place } from '../../sessions/model.ts';
import { attendanceNames, sayWhen } from '../../sessions/text.ts';
import {
  Button,
  Buttons,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Notice, Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { Picture } from '../picture.tsx';
import { text as tray } from '../text.ts';
import { text } from './text.ts';

export const walkInNames = Array.from({ length: emptyLines }, (_, i) => `walk-${String(i + 1)}`);

type Props = Readonly<{
  view: View;
  state: FormState;
  one: Gathering;
  places: readonly Place[];
  pages: readonly Readonly<{ id: string; number: number; done: boolean }>[];
  once: string;
}>;

/** The pages of an attendance list that came back, with everybody's attendance to be typed beside them in one go. */
export function listPage(props: Props): string {
  const { view, state, one, pages } = props;
  // Once it is typed in there is nothing to send; what somebody typed too late is still shown.
  const waits = pages.some(({ done }) => !done);
  return renderPage(
    <Frame
      view={view}
      title={text.listTitle}
      lead={`${one.title}　${sayWhen(one, view.language)}`}
      back={{ href: '/scans', label: tray.backToTray }}
      state={state}
      wide
      actions={
        <LinkButton href={`/sessions/${one.id}/attendance`} kind="secondary">
          {view.t(text.toAttendance)}
        </LinkButton>
      }
    >
      <ErrorSummary view={view} state={state} />
      <div class="beside">
        <div>
          {pages.map(({ id, number }) => (
            <div key={id}>
              <p>{view.t(text.pageNumber(number))}</p>
              <Picture view={view} src={`/scans/returned/${id}/picture`} />
            </div>
          ))}
        </div>
        {waits || state.issues.length > 0 ? (
          <Typing {...props} waits={waits} />
        ) : (
          <Notice view={view} kind="info" title={text.listDone} />
        )}
      </div>
    </Frame>,
  );
}

export const fieldOf = ({ id }: Pick<Place, 'id'>): string => `as-${id}`;
/** What somebody's attendance was when the page was drawn. */
export const shownField = ({ id }: Pick<Place, 'id'>): string => `was-${id}`;
/** Ids of the pages that waited when it was drawn, with spaces between. */
export const pagesField = 'pages';
export const choicesOf = (one: Pick<Gathering, 'room_online'>) =>
  attendances.filter((as) => as !== 'online' || one.room_online !== null);

const Typing = ({
  view,
  state,
  one,
  places,
  pages,
  once,
  waits,
}: Props & Readonly<{ waits: boolean }>): JSX.Element => (
  <Form view={view} action={`/scans/lists/${one.id}`} once={once}>
    {waits ? (
      <HiddenFields
        values={{
          [pagesField]: pages.flatMap(({ id, done }) => (done ? [] : [id])).join(' '),
          ...Object.fromEntries(places.map((place) => [shownField(place), place.attended ?? ''])),
        }}
      />
    ) : null}
    <p>{view.t(text.listLead)}</p>
    {places.map((place) => (
      <Row key={place.id} view={view} state={state} one={one} place={place} />
    ))}
    <Panel view={view} title={text.walkIns}>
      {walkInNames.map((name, i) => (
        <TextField
          key={name}
          view={view}
          state={state}
          name={name}
          label={text.walkIn(i + 1)}
          mark={false}
          maxLength={60}
        />
      ))}
    </Panel>
    {waits ? (
      <Buttons>
        <Button>{view.t(text.record)}</Button>
      </Buttons>
    ) : null}
  </Form>
);

const Row = ({
  view,
  state,
  one,
  place,
}: Pick<Props, 'view' | 'state' | 'one'> & Readonly<{ place: Place }>): JSX.Element => (
  <RadioField
    view={view}
    state={state}
    name={fieldOf(place)}
    label={place.name}
    mark={false}
    inline
    options={choicesOf(one).map((value) => ({ value, label: attendanceNames[value] }))}
  />
);
