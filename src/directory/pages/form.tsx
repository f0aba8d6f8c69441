import type { JSX } from 'preact';
import {
  Button,
  Buttons,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Notice } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { text } from '../form-text.ts';
import type { AreaNames } from '../areas.ts';
import { text as listText } from '../text.ts';
import type { Difference } from '../differences.ts';
import { Contact, ForWhat, ForWhom, HowItIs, What, WhenAndWhere, WhoRuns } from './fields.tsx';
import { labels } from './labels.ts';

export type FormGiven = Readonly<{
  view: View;
  state: FormState;
  once: string;
  areas: AreaNames;
  /** Groups to choose from; undefined when the group is settled. */
  bodies: readonly Readonly<{ id: string; name: string }>[] | undefined;
  /** Name of the group when it is settled. */
  provider: string;
  /** The entry that is changed, with the version its editor has seen. */
  entry: Readonly<{ id: string; name: string; seen: string }> | undefined;
  /** Where the entry differs from what was typed, when somebody else was faster. */
  overtaken?: readonly Difference[] | undefined;
}>;

export const formPage = (given: FormGiven): string => {
  const { view, state, entry } = given;
  const back = entry === undefined ? '/resources' : `/resources/${entry.id}`;
  return renderPage(
    <Frame
      view={view}
      title={entry === undefined ? text.newTitle : text.editTitle}
      state={state}
      form="entry"
      back={{ href: back, label: entry === undefined ? listText.back : listText.backToEntry }}
      {...(entry === undefined ? {} : { lead: entry.name })}
    >
      <ErrorSummary view={view} state={state} labels={labels} />
      {given.overtaken === undefined ? null : <Overtaken view={view} differences={given.overtaken} />}
      <Form view={view} action={entry === undefined ? '/resources' : back} once={given.once} id="entry" kept>
        <HiddenFields values={{ seen: entry?.seen }} />
        <WhoRuns {...given} />
        <What {...given} />
        <ForWhat {...given} />
        <ForWhom {...given} />
        <WhenAndWhere {...given} />
        <Contact {...given} />
        <HowItIs {...given} />
        <Buttons>
          <Button>{view.t(text.save)}</Button>
          <LinkButton href={back} kind="quiet">
            {view.t(entry === undefined ? listText.back : listText.backToEntry)}
          </LinkButton>
        </Buttons>
      </Form>
    </Frame>,
  );
};

function Overtaken({
  view,
  differences,
}: Readonly<{ view: View; differences: readonly Difference[] }>): JSX.Element {
  return (
    <Notice view={view} kind="warning" title={text.staleTitle} live>
      <p>{view.t(differences.length === 0 ? text.staleSame : text.staleLead)}</p>
      {differences.length === 0 ? null : (
        <Facts
          view={view}
          rows={differences.map((d) => [
            Object.hasOwn(labels, d.name) ? labels[d.name as keyof typeof labels] : d.name,
            d.now === '' ? view.t(text.empty) : d.now,
          ])}
        />
      )}
    </Notice>
  );
}
