import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import {
  Button,
  Buttons,
  ErrorSummary,
  FileField,
  Form,
  HiddenFields,
  LinkButton,
  SelectField,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Notice, Panel, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { columnLabel, columns, needed, type Column } from '../file/columns.ts';
import { mostMembers } from '../file/read.ts';
import type { Inviting } from '../programs.ts';
import { text } from '../text.ts';

type Props = Readonly<{
  view: View;
  state: FormState;
  programs: readonly Inviting[];
  /** What is wrong in the file, line by line. */
  faults?: readonly Sentence[];
}>;

/** A list is chosen here; what has to stand in it is said below. */
export const uploadPage = ({ view, state, programs, faults = [] }: Props): string => {
  const [only] = programs;
  const field = { view, state };
  return renderPage(
    <Frame
      view={view}
      state={state}
      title={text.newTitle}
      lead={text.newLead}
      back={{ href: '/invitations', label: text.backToLists }}
    >
      <ErrorSummary view={view} state={state} />
      {faults.length === 0 ? null : (
        <Notice view={view} kind="error" title={text.faults} live>
          <ul>
            {faults.map((says) => (
              <li key={says.ja}>{view.t(says)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Form view={view} action="/invitations/preview" multipart>
        {programs.length === 1 && only ? (
          <HiddenFields values={{ program: only.id }} />
        ) : (
          <SelectField
            {...field}
            name="program"
            label={text.program}
            required
            options={programs.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <TextField {...field} name="title" label={text.name} hint={text.nameHint} required lang="ja" />
        <FileField
          {...field}
          name="list"
          label={text.file}
          hint={text.fileHint(mostMembers)}
          required
          accept=".csv,text/csv,text/plain"
        />
        <Buttons>
          <Button>{view.t(text.show)}</Button>
          <LinkButton href="/invitations/example.csv" kind="quiet">
            {view.t(text.example)}
          </LinkButton>
        </Buttons>
      </Form>
      <Columns view={view} programs={programs} />
    </Frame>,
  );
};

function Columns({ view, programs }: Pick<Props, 'view' | 'programs'>): JSX.Element {
  const names = programs
    .flatMap(({ invitations }) => invitations.reasons.map(({ name }) => name[view.language]))
    .join(view.language === 'ja' ? '／' : ' / ');
  const how: Readonly<Record<Column, Sentence>> = {
    symbol: text.symbolHow,
    number: text.numberHow,
    branch: text.branchHow,
    name: text.nameHow,
    kana: text.kanaHow,
    birthDate: text.birthHow,
    postalCode: text.postalHow,
    address: text.addressHow,
    phone: text.phoneHow,
    reason: text.reasonOne(names),
  };
  return (
    <Panel view={view} title={text.columns}>
      <p>{view.t(text.columnsLead)}</p>
      <Table
        view={view}
        caption={text.columns}
        hideCaption
        columns={[{ label: text.column }, { label: text.howWritten }]}
        rows={columns.map((column) => ({
          key: column,
          cells: [
            <>
              {view.t(columnLabel(column))}{' '}
              {(needed as readonly Column[]).includes(column) ? (
                <span class="mark mark-required">{view.t(text.required)}</span>
              ) : null}
            </>,
            view.t(how[column]),
          ],
        }))}
      />
    </Panel>
  );
}
