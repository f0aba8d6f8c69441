import type { JSX } from 'preact';
import { Button, Buttons, Form, HiddenFields, LinkButton } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { text } from '../text.ts';

/** Whether it was said on the page that tells what is deleted. */
export const isSure = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'sure' in body && body.sure === 'yes';

/** Asks before somebody is deleted from a list, and says what goes: nothing brings it back. */
export function endPage(
  props: Readonly<{
    view: View;
    name: string;
    action: string;
    once: string;
    /** Where nothing is deleted. */
    keep: string;
    /** What the form carries besides. */
    carried?: Readonly<Record<string, string>>;
  }>,
): string {
  const { view } = props;
  const back = { href: props.keep, label: view.t(text.noKeep) };
  return renderPage(
    <Frame view={view} title={text.noSure} lead={props.name} back={back}>
      <Panel view={view} title={text.no}>
        <Says {...props} />
        <Form view={view} action={props.action} once={props.once}>
          <HiddenFields values={{ ...props.carried, sure: 'yes' }} />
          <Buttons>
            <Button kind="danger">{view.t(text.noDo)}</Button>
            <LinkButton href={props.keep} kind="secondary">
              {view.t(text.noKeep)}
            </LinkButton>
          </Buttons>
        </Form>
      </Panel>
    </Frame>,
  );
}

const Says = ({ view }: Readonly<{ view: View }>): JSX.Element => (
  <ul>
    {[text.noHint, text.noGoes, text.noStays].map((says, i) => (
      <li key={i}>{view.t(says)}</li>
    ))}
  </ul>
);
