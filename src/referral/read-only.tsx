import type { JSX } from 'preact';
import type { Texts } from '../kernel/sentence.ts';
import { showDate } from '../web/dates.ts';
import type { FormState } from '../web/form.tsx';
import { Notice } from '../web/parts.tsx';
import type { View } from '../web/view.ts';

const text = {
  title: (day: string) => ({
    ja: `同意の期限が切れています（${day}）。読むことだけできます。`,
    en: `The consent has expired (${day}). You can only read.`,
  }),
  next: {
    ja: '支援を続けるには、ご本人の新しい同意が必要です。医療機関で同意が記録されると、また書き込めるようになります。',
    en: 'To go on, the person has to agree again. Once the clinic has recorded a new consent, you can write again.',
  },
} as const satisfies Texts;

/** The form of a page on which nothing can be written: what was typed before is kept, and not spoken of meanwhile. */
export function asRead(state: FormState, expired: string | undefined): FormState {
  const { values, issues } = state;
  return expired === undefined ? state : { values, issues };
}

/** Says why nothing can be written; draws nothing while the consent holds. `expired` is its last day, `YYYY-MM-DD`. */
export function ReadOnlyNote(
  props: Readonly<{ view: View; expired: string | undefined }>,
): JSX.Element | null {
  const { view, expired } = props;
  if (expired === undefined) return null;
  return (
    <Notice view={view} kind="warning" title={text.title(showDate(expired, view.language, { year: false }))}>
      <p>{view.t(text.next)}</p>
    </Notice>
  );
}
