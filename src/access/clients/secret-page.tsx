import { Buttons, LinkButton } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Notice } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { clientPath } from './list-page.tsx';
import type { ClientLine } from './queries.ts';
import { text } from './text.ts';

type Given = Readonly<{
  view: View;
  client: ClientLine;
  isNew: boolean;
  /** Undefined when the form was sent a second time: nobody knows the secret any more. */
  secret: string | undefined;
}>;

/** The only page that ever shows a secret: the answer to the form that made it, kept nowhere. */
export const secretPage = ({ view, client, isNew, secret }: Given): string =>
  renderPage(
    <Frame
      view={{ ...view, path: '/' }}
      title={isNew ? text.doneTitle : text.secretTitle}
      back={{ href: '/programs', label: text.back }}
    >
      {secret === undefined ? (
        <Notice view={view} kind="warning" title={text.secretGone}>
          <p>{view.t(text.secretGoneNext)}</p>
        </Notice>
      ) : (
        <>
          <Notice view={view} kind="warning" title={text.secretLead} />
          <Facts
            view={view}
            rows={[
              [text.name, client.name],
              [text.id, <code class="to-copy">{client.id}</code>],
              [text.secret, <code class="to-type">{secret}</code>],
            ]}
          />
        </>
      )}
      <Buttons>
        <LinkButton href={clientPath(client.id)} kind="secondary">
          {view.t(text.toProgram)}
        </LinkButton>
      </Buttons>
    </Frame>,
  );
