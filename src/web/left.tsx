import type { JSX } from 'preact';
import { Button } from './buttons.tsx';
import { Form } from './form.tsx';
import { Notice } from './notice.tsx';
import type { FormState } from './reading.ts';
import { text } from './text.ts';
import type { View } from './view.ts';

/** Says that the form shows what was typed before, and how to begin with an empty one. */
export const Left = ({
  view,
  left,
}: Readonly<{ view: View; left: NonNullable<FormState['left']> }>): JSX.Element => (
  <Notice view={view} kind="info" title={left.unsent ? text.leftUnsent : text.left} live>
    {left.file ? <p>{view.t(text.leftFile)}</p> : null}
    <Form view={view} action="/typed-forms/forget" kept>
      <Button kind="quiet" small>
        {view.t(text.empty)}
      </Button>
    </Form>
  </Notice>
);
