import type { JSX } from 'preact';
import {
  Button,
  Buttons,
  DateField,
  Dependent,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  SelectField,
  SingleCheck,
  TextArea,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Notice, Tabs } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import type { Counted } from '../model.ts';
import type { Holding } from '../programs.ts';
import { repeats } from '../series.ts';
import { formText as text } from '../form-text.ts';
import { text as words } from '../text.ts';

export type FormGiven = Readonly<{
  view: View;
  state: FormState;
  once: string;
  program: Holding;
  programs: readonly Holding[];
  areas: ReadonlyMap<string, string>;
  locations: readonly Readonly<{ id: string; name: string }>[];
  /** What is changed; nothing for a new one. */
  one?: Counted | undefined;
  trouble?: Sentence | undefined;
}>;

/** A new session or series, or one date that is changed. */
export function formPage(given: FormGiven): string {
  const { view, state, one, program } = given;
  const back = one === undefined ? '/sessions' : `/sessions/${one.id}`;
  return renderPage(
    <Frame
      view={view}
      title={one === undefined ? text.newTitle : text.editTitle}
      lead={one === undefined ? program.sessions.name : one.title}
      state={state}
      form="session"
      back={{ href: back, label: one === undefined ? words.back : words.backToOne }}
    >
      {one === undefined && given.programs.length > 1 ? (
        <Tabs
          view={view}
          label={text.program}
          tabs={given.programs.map(({ id, name }) => ({
            href: `/sessions/new?program=${id}`,
            label: name,
            current: id === program.id,
          }))}
        />
      ) : null}
      {given.trouble === undefined ? null : <Notice view={view} kind="error" title={given.trouble} live />}
      <ErrorSummary view={view} state={state} />
      <Form
        view={view}
        action={one === undefined ? '/sessions' : `/sessions/${one.id}/edit`}
        once={given.once}
        id="session"
        kept
      >
        {one === undefined ? (
          <HiddenFields values={{ program: program.id }} />
        ) : (
          <HiddenFields values={{ seen: String(one.version) }} />
        )}
        <What {...given} />
        <When {...given} />
        <Where {...given} />
        <Who {...given} />
        <Buttons>
          <Button>{view.t(text.save)}</Button>
          <LinkButton href={back} kind="quiet">
            {view.t(words.keep)}
          </LinkButton>
        </Buttons>
      </Form>
    </Frame>,
  );
}

function What({ view, state, program }: FormGiven): JSX.Element {
  const { kinds } = program.sessions;
  return (
    <>
      <RadioField
        view={view}
        state={state}
        name="kind"
        label={text.kind}
        required
        options={kinds.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <TextField
        view={view}
        state={state}
        name="title"
        label={text.title}
        hint={text.titleHint}
        required
        lang="ja"
      />
    </>
  );
}

function When({ view, state, one }: FormGiven): JSX.Element {
  const time = { view, state, type: 'time', hint: text.timeHint, width: 'short', required: true } as const;
  return (
    <>
      <DateField view={view} state={state} name="date" label={text.date} required era={false} />
      <TextField {...time} name="from" label={text.from} />
      <TextField {...time} name="to" label={text.to} />
      {one === undefined ? (
        <>
          <RadioField
            view={view}
            state={state}
            name="repeat"
            label={text.repeat}
            required
            options={repeats.map((value) => ({ value, label: text.repeats[value] }))}
          />
          <Dependent
            when={{
              behavior: 'any',
              conditions: repeats
                .filter((value) => value !== 'none')
                .map((answer) => ({ question: 'repeat', operator: '=' as const, answer })),
            }}
          >
            <DateField
              view={view}
              state={state}
              name="until"
              label={text.until}
              hint={text.untilHint}
              era={false}
            />
          </Dependent>
        </>
      ) : null}
    </>
  );
}

function Where({ view, state, program, areas, locations }: FormGiven): JSX.Element {
  const { ways } = program.sessions;
  const number = { view, state, inputMode: 'numeric', width: 'short', hint: text.roomHint } as const;
  return (
    <>
      {locations.length === 0 ? null : (
        <SelectField
          view={view}
          state={state}
          name="location"
          label={text.location}
          empty={text.locationOther}
          options={locations.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <TextField view={view} state={state} name="place" label={text.place} hint={text.placeHint} lang="ja" />
      <SelectField
        view={view}
        state={state}
        name="municipality"
        label={text.municipality}
        required
        options={[...areas].map(([value, label]) => ({ value, label }))}
      />
      <TextField
        view={view}
        state={state}
        name="area"
        label={text.area}
        hint={text.areaHint}
        width="medium"
        lang="ja"
      />
      {ways.includes('site') ? <TextField {...number} name="room" label={text.room} /> : null}
      <SingleCheck view={view} state={state} name="dropIn" label={text.dropIn} />
      {ways.includes('online') ? (
        <>
          <TextField {...number} name="roomOnline" label={text.roomOnline} />
          <TextField view={view} state={state} name="url" label={text.url} hint={text.urlHint} type="url" />
        </>
      ) : null}
    </>
  );
}

function Who({ view, state, program }: FormGiven): JSX.Element {
  const kinds = program.linkWorkers.flatMap(({ kind, who }) => (kind === undefined ? [] : [{ kind, who }]));
  return (
    <>
      {kinds.length === 0 ? null : (
        <SelectField
          view={view}
          state={state}
          name="leaderKind"
          label={text.leaderKind}
          options={kinds.map(({ kind, who }) => ({ value: kind, label: who }))}
          width="full"
        />
      )}
      <TextField
        view={view}
        state={state}
        name="leader"
        label={text.leader}
        hint={text.leaderHint}
        width="medium"
        lang="ja"
      />
      <TextField view={view} state={state} name="phone" label={text.phone} type="tel" width="medium" />
      <TextArea view={view} state={state} name="note" label={text.note} rows={3} />
    </>
  );
}
