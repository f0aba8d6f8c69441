import type { JSX } from 'preact';
import { showDate } from '../../web/dates.ts';
import { Button, emptyForm, Form, SelectField } from '../../web/form.tsx';
import type { View } from '../../web/view.ts';
import type { Chooseable, Narrowed } from './queries.ts';
import { monthsUntil } from './review.ts';
import { text } from './text.ts';

/** Where a month with these filters is shown, or exported. */
export function hrefOf(asked: Narrowed & Readonly<{ month: string }>, path = '/access-log'): string {
  const query = new URLSearchParams({
    month: asked.month,
    ...(asked.organization === undefined ? {} : { organization: asked.organization }),
    ...(asked.account === undefined ? {} : { account: asked.account }),
  });
  return `${path}?${query.toString()}`;
}

/** Which month, organization and account are shown. */
export function Filters(
  props: Readonly<{ view: View; month: string; narrowed: Narrowed; choices: readonly Chooseable[] }>,
): JSX.Element {
  const { view, month, narrowed, choices } = props;
  const state = emptyForm({
    month,
    organization: narrowed.organization ?? '',
    account: narrowed.account ?? '',
  });
  const bodies = new Map(choices.map((one) => [one.organization, one.body]));
  const lists = [
    {
      name: 'month',
      label: text.month,
      empty: false,
      options: monthsUntil(view.now).map((one) => ({ value: one, label: showDate(one, view.language) })),
    },
    {
      name: 'organization',
      label: text.organization,
      empty: text.everyBody,
      options: [...bodies].map(([value, label]) => ({ value, label })),
    },
    {
      name: 'account',
      label: text.account,
      empty: text.everybody,
      options: choices.map((one) => ({ value: one.id, label: text.with(one.name, one.body) })),
    },
  ] as const;
  return (
    <Form view={view} action="/access-log" method="get" inline>
      {lists.map((list) => (
        <SelectField key={list.name} view={view} state={state} mark={false} {...list} />
      ))}
      <Button kind="secondary">{view.t(text.show)}</Button>
    </Form>
  );
}
