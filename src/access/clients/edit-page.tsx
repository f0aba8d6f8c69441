import { Button, ErrorSummary, Form, HiddenFields, type FormState } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { tokyoDate } from '../../web/dates.ts';
import type { View } from '../../web/view.ts';
import { AboutFields, entryLabels, MayFields } from './entry-fields.tsx';
import { programPath } from './list-page.tsx';
import { chosenFrom } from './offered.ts';
import type { ProgramLine } from './queries.ts';
import { text } from './text.ts';

type Given = Readonly<{ view: View; program: ProgramLine; state: FormState; once: string }>;

/** Changes what a program is for, what it may do, and until when. */
export function editPage({ view, program, state, once }: Given): string {
  const field = { view, state };
  return renderPage(
    <Frame
      view={view}
      title={text.editTitle(program.name)}
      lead={text.editLead}
      state={state}
      back={{ href: programPath(program.id), label: program.name }}
    >
      <ErrorSummary view={view} state={state} labels={entryLabels} />
      <Form view={view} action={`${programPath(program.id)}/edit`} once={once}>
        <HiddenFields values={{ version: String(program.version) }} />
        <AboutFields {...field} />
        <MayFields {...field} roles={[program.role]} />
        <Button>{view.t(text.save)}</Button>
      </Form>
    </Frame>,
  );
}

/** The entry as its form shows it. */
export function entryAsTyped({
  name,
  purpose,
  contact,
  scopes,
  role,
  ends,
}: ProgramLine): FormState['values'] {
  const { extent, ticked } = chosenFrom(scopes, role);
  const boxes = new Map<string, string[]>();
  if (extent === 'chosen')
    for (const { kind, deed } of ticked) boxes.set(kind, [...(boxes.get(kind) ?? []), deed]);
  return {
    name,
    purpose,
    contact: contact ?? '',
    extent,
    until: ends === null ? '' : tokyoDate(ends),
    ...Object.fromEntries(boxes),
  };
}
