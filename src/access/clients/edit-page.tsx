import { Button, ErrorSummary, Form, HiddenFields, type FormState } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { tokyoDate } from '../../web/dates.ts';
import type { View } from '../../web/view.ts';
import { AboutFields, entryLabels, MayFields } from './entry-fields.tsx';
import { clientPath } from './list-page.tsx';
import { chosenFrom } from './offered.ts';
import type { ClientLine } from './queries.ts';
import { text } from './text.ts';

type Given = Readonly<{ view: View; client: ClientLine; state: FormState; once: string }>;

/** Changes what a client is for, what it may do, and until when. */
export function editPage({ view, client, state, once }: Given): string {
  const field = { view, state };
  return renderPage(
    <Frame
      view={view}
      title={text.editTitle(client.name)}
      lead={text.editLead}
      state={state}
      back={{ href: clientPath(client.id), label: client.name }}
    >
      <ErrorSummary view={view} state={state} labels={entryLabels} />
      <Form view={view} action={`${clientPath(client.id)}/edit`} once={once}>
        <HiddenFields values={{ version: String(client.version) }} />
        <AboutFields {...field} />
        <MayFields {...field} roles={[client.role]} />
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
}: ClientLine): FormState['values'] {
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
