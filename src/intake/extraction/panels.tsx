import type { JSX } from 'preact';
import type { CodeableConcept } from '@medplum/fhirtypes';
import type { Stored } from '../../fhir/types.ts';
import { asIs, of, type Sentence, type Texts } from '../../kernel/sentence.ts';
import { displayName, readHelper } from '../../people/record.ts';
import { text as people } from '../../people/text.ts';
import { showDate } from '../../web/dates.ts';
import { LinkButton } from '../../web/form.tsx';
import { Panel, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { isMistake, isOpen, type ExtractedRecord, type ExtractedType } from './kinds.ts';
import { isUntouched } from './origin.ts';
import type { Differing } from './registration.ts';

const text = {
  made: of('この回答から作った記録', 'Recorded from these answers'),
  lead: of(
    '様式の決まりで、回答と一緒に記録しました。だれかが直した記録は、直したままです。',
    'Recorded with the answers, as the form says. What somebody has changed since stays as it was changed.',
  ),
  kind: of('種類', 'Kind'),
  what: of('内容', 'What'),
  state: of('状態', 'State'),
  open: of('有効', 'Holds'),
  mistake: of('訂正で取り消し', 'Withdrawn by a correction'),
  over: of('終了', 'Ended'),
  changed: of('人が直した', 'Changed by somebody'),
  differs: of('登録と違うところ', 'Different from the registration'),
  differsLead: of(
    '回答だけでは登録を書きかえません。本人に確かめてから、登録を直してください。',
    'Answers alone do not change the registration. Please ask the person, then change it.',
  ),
  field: of('項目', 'Item'),
  stored: of('登録', 'Registered'),
  said: of('回答', 'Answered'),
  edit: of('登録を直す', 'Change the registration'),
} satisfies Texts;

const kinds: Readonly<Record<ExtractedType, Sentence>> = {
  Observation: of('観察・測定', 'Observation'),
  Condition: of('気がかり（診断ではない）', 'Concern (no diagnosis)'),
  Goal: of('目標', 'Goal'),
  RelatedPerson: of('家族・支援者', 'Helper'),
};

const inWords = (concept: CodeableConcept | undefined): string =>
  concept?.text ?? concept?.coding?.map(({ display, code }) => display ?? code ?? '').join('、') ?? '';

function said(view: View, record: ExtractedRecord): string {
  switch (record.resourceType) {
    case 'Observation': {
      const { valueQuantity: amount, valueBoolean: yes } = record;
      const value =
        record.valueString ??
        record.valueInteger ??
        (amount && `${String(amount.value ?? '')} ${amount.unit ?? ''}`.trim()) ??
        (record.valueCodeableConcept && inWords(record.valueCodeableConcept)) ??
        (record.valueDateTime && showDate(record.valueDateTime, view.language)) ??
        record.valueTime ??
        (yes === undefined ? '' : view.t(yes ? of('はい', 'Yes') : of('いいえ', 'No')));
      return `${inWords(record.code)}：${String(value)}`;
    }
    case 'Condition':
      return inWords(record.code);
    case 'Goal':
      return inWords(record.description);
    case 'RelatedPerson': {
      const helper = readHelper(record);
      const ways = [helper.phone, helper.email].filter((one) => one !== undefined);
      return [displayName(helper, view.language), helper.relationship, ...ways]
        .filter((one) => one.trim() !== '')
        .join('、');
    }
  }
}

const stateOf = (record: Stored<ExtractedRecord>): Sentence =>
  isMistake(record) ? text.mistake : isOpen(record) ? text.open : text.over;

/** What was recorded of answers by the rules of their form. */
export const MadePanel = (
  props: Readonly<{ view: View; made: readonly Stored<ExtractedRecord>[] }>,
): JSX.Element | null => {
  const { view, made } = props;
  return made.length === 0 ? null : (
    <Panel view={view} title={text.made}>
      <p class="hint">{view.t(text.lead)}</p>
      <Table
        view={view}
        caption={text.made}
        hideCaption
        columns={[{ label: text.kind }, { label: text.what }, { label: text.state }]}
        rows={made.map((one) => ({
          key: one.id,
          cells: [
            view.t(kinds[one.resourceType]),
            said(view, one),
            isUntouched(one) ? view.t(stateOf(one)) : `${view.t(stateOf(one))}（${view.t(text.changed)}）`,
          ],
        }))}
      />
    </Panel>
  );
};

/** Where answers say something else of the person than the registration, for somebody to look at. */
export const DiffersPanel = (
  props: Readonly<{ view: View; patient: string; differs: readonly Differing[]; mayEdit: boolean }>,
): JSX.Element | null => {
  const { view, differs } = props;
  const word = ({ field }: Differing, value: string): string =>
    field === 'birthDate' && value !== ''
      ? showDate(value, view.language, { era: true })
      : field === 'sex'
        ? view.t(people[value as 'male' | 'female' | 'other' | 'unknown'])
        : value;
  return differs.length === 0 ? null : (
    <Panel view={view} title={text.differs}>
      <p class="hint">{view.t(text.differsLead)}</p>
      <Table
        view={view}
        caption={text.differs}
        hideCaption
        columns={[{ label: text.field }, { label: text.stored }, { label: text.said }]}
        rows={differs.map((one) => ({
          key: one.field,
          cells: [view.t(people[one.field]), word(one, one.stored) || view.t(asIs('—')), word(one, one.said)],
        }))}
      />
      {props.mayEdit ? (
        <LinkButton href={`/patients/${props.patient}/edit`} kind="secondary">
          {view.t(text.edit)}
        </LinkButton>
      ) : null}
    </Panel>
  );
};
