import type { JSX } from 'preact';
import { displayName, readPost, type ReadPatient } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { FuriganaButton, SheetTongues } from '../programs/tongues.tsx';
import { variantQuery, type FormVariant } from '../programs/variants.ts';
import { Beside, type TypedFrom } from '../web/beside.tsx';
import {
  Button,
  Buttons,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  type FormState,
} from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Tabs } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { ConsentFields, Explained } from './fields.tsx';
import { text } from './text.ts';

type Props = Readonly<{
  view: View;
  state: FormState;
  person: ReadPatient;
  program: Program;
  programs: readonly Program[];
  posts: readonly ReturnType<typeof readPost>[];
  once: string;
  /** In which of its languages the form is shown, and whether with readings. */
  variant?: FormVariant | undefined;
  /** Typed in from a picture of the signed form, which is the proof. */
  from?: TypedFrom | undefined;
}>;

/** Takes a consent: what to tell the person, what they chose, who signed and how. */
export function givePage(props: Props): string {
  const { view, state, person, program, from } = props;
  const base = `/patients/${person.id}`;
  return renderPage(
    <Frame
      view={view}
      state={state}
      form="giving"
      title={text.record}
      lead={text.recordLead}
      wide={from !== undefined}
      back={{ href: base, label: displayName(person, view.language) }}
      actions={
        <LinkButton
          href={`${base}/consent-form.pdf?program=${program.id}${props.variant ? `&${variantQuery(props.variant)}` : ''}`}
          kind="secondary"
        >
          {view.t(text.printBlank)}
        </LinkButton>
      }
    >
      {from === undefined ? <Programs {...props} /> : null}
      <ErrorSummary view={view} state={state} />
      {from === undefined ? <Spoken {...props} /> : null}
      {from === undefined ? <Explained view={view} program={program} variant={props.variant} /> : null}
      <Beside picture={from?.picture}>
        <Form
          view={view}
          action={from?.action ?? `${base}/consents`}
          once={props.once}
          multipart={from === undefined}
          id="giving"
          kept
        >
          <HiddenFields values={{ program: program.id }} />
          <ConsentFields {...props} />
          <Buttons>
            <Button>{view.t(text.save)}</Button>
            <LinkButton href={base} kind="quiet">
              {view.t(text.cancel)}
            </LinkButton>
          </Buttons>
        </Form>
      </Beside>
    </Frame>,
  );
}

const Programs = ({ view, person, program, programs }: Props): JSX.Element | null =>
  programs.length < 2 ? null : (
    <Tabs
      view={view}
      label={text.which}
      tabs={programs.map((one) => ({
        href: `/patients/${person.id}/consents/new?program=${one.id}`,
        label: one.name,
        current: one.id === program.id,
      }))}
    />
  );

/** The languages of the form and its readings, to choose from while the person looks on. */
function Spoken({ view, program, variant = { tongue: view.language, furigana: false } }: Props): JSX.Element {
  const { tongue, furigana } = variant;
  const of = { view, form: program.consent, tongue, at: 'giving' } as const;
  return (
    <>
      <SheetTongues {...of} label={text.language} />
      <p class="comforts">
        <FuriganaButton {...of} isOn={furigana} />
      </p>
    </>
  );
}
