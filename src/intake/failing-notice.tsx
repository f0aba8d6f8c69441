import type { JSX } from 'preact';
import type { Questionnaire } from '@medplum/fhirtypes';
import { asIs, of, type Sentence, type Texts } from '../kernel/sentence.ts';
import { placedItems } from '../programs/items.ts';
import { worded } from '../programs/wording.ts';
import { Notice } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { whyNot } from './fault-text.ts';
import type { Failing } from './failing.ts';

const text = {
  title: of('この様式には、うまく働かなかったところがあります', 'Some parts of this form did not work'),
  staff: of(
    '回答はそのまま入れて保存できます。様式を管理する人に、次のことを知らせてください。',
    'Answers can be given and stored all the same. Please tell whoever keeps the form:',
  ),
  keeper: of(
    '回答は保存されています。次の版で直してください。',
    'Answers were stored all the same. Please mend it in the next version.',
  ),
  wholeForm: of('様式全体', 'The whole form'),
} satisfies Texts;

const says = {
  initial: of('はじめに埋めることができませんでした', 'could not be filled in beforehand'),
  calculated: of('計算できませんでした', 'could not be calculated'),
  enableWhen: of('たずねるかどうかを決められませんでした', 'could not be decided to be asked or not'),
  answer: of('選択肢を作れませんでした', 'could not be offered its options'),
  extract: of('記録を作れませんでした', 'could not be made a record of'),
} as const satisfies Record<Failing['kind'], Sentence>;

/** What a form could not do of late: for staff and whoever keeps the form, never for whoever answers. */
export function FailingNotice(
  props: Readonly<{
    view: View;
    form: Questionnaire;
    failing: readonly Failing[];
    /** For whoever keeps the form. */
    keeper?: boolean;
  }>,
): JSX.Element | null {
  const { view, form, failing } = props;
  if (failing.length === 0) return null;
  const items = new Map(placedItems(form).map(({ item }) => [item.linkId, item]));
  const nameOf = (linkId: string): Sentence => {
    const item = items.get(linkId);
    if (item === undefined) return text.wholeForm;
    const words = worded(item, 'text');
    return words.ja === '' ? asIs(linkId) : words;
  };
  return (
    <Notice view={view} kind="info" title={text.title}>
      <p>{view.t(props.keeper === true ? text.keeper : text.staff)}</p>
      <ul>
        {failing.map(({ item, kind, fault }) => (
          <li key={`${item} ${kind} ${fault}`}>
            {view.t({
              ja: `「${nameOf(item).ja}」：${says[kind].ja}（${whyNot[fault].ja}）`,
              en: `“${nameOf(item).en}” ${says[kind].en} (${whyNot[fault].en})`,
            })}{' '}
            {props.keeper === true ? <code class="break">{item}</code> : null}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
