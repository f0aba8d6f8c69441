import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import type { Content } from '../../web/content.ts';
import { ErrorSummary, type FormState } from '../../web/form.tsx';
import { Frame } from '../../web/frame.tsx';
import type { View } from '../../web/view.ts';
import { displayName, type ReadPatient } from '../record.ts';
import { dangerText as text } from './text.ts';

type Props = Readonly<{
  view: View;
  state: FormState;
  title: Sentence;
  person: ReadPatient;
  /** The referral that a link worker comes from. */
  referral: string | undefined;
  children: Content;
}>;

/** A page about somebody in danger, with the way back to where one came from. */
export const DangerFrame = ({ view, state, title, person, referral, children }: Props): JSX.Element => (
  <Frame
    view={view}
    state={state}
    title={title}
    lead={text.lead(displayName(person, view.language))}
    back={
      referral === undefined
        ? { href: `/patients/${person.id}`, label: text.backToPerson }
        : { href: `/referrals/${referral}`, label: text.backToCase }
    }
  >
    <ErrorSummary view={view} state={state} />
    {children}
  </Frame>
);

/** The address of such a page for whoever comes from a referral. */
export const fromReferral = (address: string, referral: string | undefined): string =>
  referral === undefined ? address : `${address}?referral=${referral}`;
