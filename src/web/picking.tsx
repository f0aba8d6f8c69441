import type { JSX } from 'preact';
import { Button } from './buttons.tsx';
import { text } from './text.ts';
import { speak, type View, type Words } from './view.ts';

const form = 'picked';

/** A box in a line of a list: ticked, the line goes along with the list's `PickBar`. */
export function PickBox({ view, id, name }: Readonly<{ view: View; id: string; name: Words }>): JSX.Element {
  return (
    <label class="pick">
      <input type="checkbox" name="one" value={id} form={form} />
      <span class="unseen">{view.t(text.pick(speak(view, name)))}</span>
    </label>
  );
}

/** What is done with the ticked lines, or with all of the list as it is searched; `list` says which that is. */
export function PickBar(
  props: Readonly<{
    view: View;
    action: string;
    list: Readonly<Record<string, string>>;
    ticked: Words;
    all: Words;
  }>,
): JSX.Element {
  const { view } = props;
  return (
    <form id={form} method="get" action={props.action} class="pick-bar">
      {Object.entries(props.list).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button kind="secondary">{speak(view, props.ticked)}</Button>
      <Button kind="quiet" name="all" value="1">
        {speak(view, props.all)}
      </Button>
    </form>
  );
}
