import type { JSX } from 'preact';
import { asIs, joinSentences, type Language, type Sentence } from '../../kernel/sentence.ts';
import { Notice, Status } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { ReadPatient } from '../record.ts';
import { dangerText as text } from './text.ts';

type Limited = Pick<ReadPatient, 'limits'>;
type Props = Readonly<{ view: View; person: Limited | undefined }>;

/**
 * A person as an order describes them: one that says the person must not be contacted is believed, also where the record
 * says nothing of it.
 */
export const asOrdered = <P extends Limited>(person: P, noContact: boolean | undefined): P =>
  noContact === true && person.limits === undefined
    ? { ...person, limits: { since: '', why: 'other', how: text.askSender.ja, by: undefined } }
    : person;

/** Stands above everything on a page about somebody who must not be contacted at home. Draws nothing for others. */
export function LimitsNotice({
  view,
  person,
  href,
}: Props & Readonly<{ href?: string | undefined }>): JSX.Element | null {
  if (person?.limits === undefined) return null;
  return (
    <Notice view={view} kind="error" title={text.notHome}>
      <p>{view.t(text.allowed(person.limits.how))}</p>
      {href === undefined ? null : (
        <p>
          <a href={href}>{view.t(text.toLimits)}</a>
        </p>
      )}
    </Notice>
  );
}

/** The same in a line of a list. */
export const LimitsMark = ({ view, person }: Props): JSX.Element | null =>
  person?.limits === undefined ? null : (
    <Status shape="alert" tone="bad">
      {view.t(text.notHome)}
    </Status>
  );

/** The same on paper, for a sheet's grid of the person. Where an address is sealed, that is said in the same place. */
export function warned(
  person: Pick<ReadPatient, 'limits' | 'sealed'> | undefined,
  language: Language,
): Readonly<{ warning?: string }> {
  const says = [
    ...(person?.limits === undefined ? [] : [text.notHome, text.allowed(person.limits.how)]),
    ...(person?.sealed === true ? [text.sealed] : []),
  ];
  return says.length === 0 ? {} : { warning: says.map((one) => one[language]).join('\n') };
}

/** Who can say an address that is sealed. */
export const sayNamed = (names: readonly string[]): Sentence => {
  const { ja, en } = joinSentences(names.map(asIs));
  return { ja: text.seenBy(ja).ja, en: text.seenBy(en).en };
};
