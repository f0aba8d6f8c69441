import { displayName } from '../people/record.ts';
import { showDateTime } from '../web/dates.ts';
import {
  Button,
  Buttons,
  DateField,
  ErrorSummary,
  Form,
  RadioField,
  TextArea,
  TextField,
  type FormState,
} from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Notice } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { emergencyHours, emergencyReasons, type OpenEmergency } from './emergency.ts';
import type { Opened } from './opened.ts';
import { OpenedPanels } from './opened-panels.tsx';
import { text } from './text.ts';

type AskProps = Readonly<{
  view: View;
  state: FormState;
  once: string;
  /** The last try found nobody, or more than one. */
  none: boolean;
}>;

/** Who it is and why, before anything is opened. */
export function emergencyPage({ view, state, once, none }: AskProps): string {
  const field = { view, state };
  return renderPage(
    <Frame view={view} state={state} title={text.emergencyTitle} lead={text.emergencyLead}>
      <ErrorSummary view={view} state={state} />
      {none ? <Notice view={view} kind="warning" title={text.noneFound} live /> : null}
      <Form view={view} action="/emergency" once={once}>
        <h2>{view.t(text.who)}</h2>
        <TextField {...field} name="kana" label={text.kana} hint={text.kanaHint} required lang="ja" />
        <DateField {...field} name="birthDate" label={text.birth} required card />
        <TextField {...field} name="key" label={text.key} hint={text.keyHint} required />
        <RadioField
          {...field}
          name="because"
          label={text.because}
          required
          options={emergencyReasons.map((value) => ({ value, label: text[value] }))}
        />
        <TextArea
          {...field}
          name="note"
          label={text.note}
          hint={text.noteHint}
          required
          rows={3}
          maxLength={500}
        />
        <Buttons>
          <Button kind="danger">{view.t(text.open(emergencyHours))}</Button>
        </Buttons>
      </Form>
    </Frame>,
  );
}

/** The person, to be read for a few hours, under a banner that says so. */
export function emergencyOpenPage(
  props: Readonly<{ view: View; access: OpenEmergency; opened: Opened }>,
): string {
  const { view, access, opened } = props;
  const { person } = opened;
  return renderPage(
    <Frame
      view={view}
      title={person === undefined ? text.emergencyTitle : displayName(person, view.language)}
      back={{ href: '/emergency', label: text.emergencyTitle }}
    >
      <Notice view={view} kind="error" title={text.banner(showDateTime(access.until, view.language))}>
        <p>{view.t(text.yourReason(view.t(text[access.because]), access.note))}</p>
      </Notice>
      <OpenedPanels view={view} opened={opened} />
    </Frame>,
  );
}
