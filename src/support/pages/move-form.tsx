import type { JSX } from 'preact';
import {
  openMoves,
  outcomes,
  reasons,
  reasonsToChoose,
  requestMoves,
  type Outcome,
  type RequestMove,
} from '../../referral/workflow.ts';
import {
  Button,
  Dependent,
  Form,
  HiddenFields,
  RadioField,
  SelectField,
  TextArea,
  type FormState,
} from '../../web/form.tsx';
import { Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { requestWords as text } from '../request-text.ts';
import type { AskedResource } from '../requests.ts';

const needing = (moves: readonly RequestMove[], need: 'reason' | 'outcome'): RequestMove[] =>
  moves.filter((m) => (requestMoves[m].needs as readonly string[]).includes(need));

/** While one of these moves is chosen. */
const when = (names: readonly RequestMove[]) => ({
  behavior: 'any' as const,
  conditions: names.map((answer) => ({ question: 'move', operator: '=' as const, answer })),
});

/** What became of a request, in the office's words: after a call, or beside the picture of the sheet that came back. */
export function MoveForm({
  view,
  one,
  state,
  once,
  action,
}: Readonly<{
  view: View;
  one: AskedResource;
  state: FormState;
  once: string;
  /** Where it is sent. */
  action: string;
}>): JSX.Element {
  const field = { view, state };
  const moves = (openMoves(one.task, 'sender') as RequestMove[]).filter((m) => m !== 'ask');
  const reasoned = needing(moves, 'reason');
  const ending = needing(moves, 'outcome');
  return (
    <Panel view={view} title={text.record}>
      <p>{view.t(text.recordLead)}</p>
      <Form view={view} action={action} once={once} kept>
        <HiddenFields values={{ seen: one.referral.version, form: 'move' }} />
        <RadioField
          {...field}
          name="move"
          label={text.move}
          required
          options={moves.map((m) => ({ value: m, label: requestMoves[m].says }))}
        />
        {ending.length === 0 ? null : (
          <Dependent when={when(ending)}>
            <SelectField
              {...field}
              name="outcome"
              mark={false}
              label={text.outcomeCode}
              hint={text.outcomeWhen}
              options={(Object.keys(outcomes) as Outcome[]).map((o) => ({ value: o, label: outcomes[o] }))}
            />
            <TextArea
              {...field}
              name="outcomeText"
              mark={false}
              label={text.outcomeText}
              rows={3}
              maxLength={500}
            />
          </Dependent>
        )}
        {reasoned.length === 0 ? null : (
          <Dependent when={when(reasoned)}>
            <SelectField
              {...field}
              name="reason"
              mark={false}
              label={text.reasonCode}
              hint={text.reasonWhen}
              options={reasonsToChoose.map((r) => ({ value: r, label: reasons[r] }))}
            />
            <TextArea
              {...field}
              name="reasonText"
              mark={false}
              label={text.reasonText}
              rows={3}
              maxLength={500}
            />
          </Dependent>
        )}
        <Button>{view.t(text.save)}</Button>
      </Form>
    </Panel>
  );
}
