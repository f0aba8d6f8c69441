import type { JSX } from 'preact';
import { of, type Texts } from '../kernel/sentence.ts';
import { Button, Form, HiddenFields, LinkButton } from '../web/form.tsx';
import { Buttons, Notice } from '../web/parts.tsx';
import type { View } from '../web/view.ts';

const text = {
  title: (n: number) =>
    of(
      `団体からの返事が${String(n)}件あります`,
      n === 1 ? 'A group has answered' : `${String(n)} groups have answered`,
    ),
  next: of(
    '内容を確かめて、この紹介の進みぐあいに反映してください。',
    'Look at the answers and let the referral’s progress follow.',
  ),
  show: of('返事を見る', 'See the answers'),
  confirm: of('返事を確かめた', 'I have seen the answers'),
} as const satisfies Texts;

/** Says that groups have answered, with one press to take note of it. Draws nothing when there is nothing new. */
export function UnseenNote(
  props: Readonly<{
    view: View;
    /** Id and version of the referral's Task. */
    id: string;
    version: string;
    unseen: number;
    /** The answers are on this very page. */
    isList?: boolean;
    newId: () => string;
  }>,
): JSX.Element | null {
  const { view, id, unseen } = props;
  if (unseen === 0) return null;
  const list = `/referrals/${id}/requests`;
  return (
    <Notice view={view} kind="info" title={text.title(unseen)}>
      <p>{view.t(text.next)}</p>
      <Buttons>
        <Form view={view} action={`${list}/seen`} once={props.newId()}>
          <HiddenFields values={{ seen: props.version }} />
          <Button small>{view.t(text.confirm)}</Button>
        </Form>
        {props.isList === true ? null : (
          <LinkButton href={list} kind="secondary" small>
            {view.t(text.show)}
          </LinkButton>
        )}
      </Buttons>
    </Notice>
  );
}
