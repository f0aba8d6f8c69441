import type { JSX } from 'preact';
import { showDate } from '../../web/dates.ts';
import { Button, Buttons, Form, HiddenFields, TextArea } from '../../web/form.tsx';
import { Facts, Panel } from '../../web/parts.tsx';
import { longestWish, type Candidate } from '../ask.ts';
import { askWords as text } from '../request-text.ts';
import { canBeAsked, needsOf, type AskProps } from './ask.tsx';
import { caseFrame } from './frame.tsx';

const carried = ['wish', 'answerBy', 'will', 'way', 'note'] as const;

/** Several groups at once: what each of them will read, filled in with the text for all, to be changed for each. */
export function askTextsPage(props: AskProps): string {
  const { view, one, state, newId } = props;
  const ready = props.candidates.filter(canBeAsked);
  const action = `/referrals/${one.task.id}/requests`;
  const day = state.values['answerBy'];
  return caseFrame({
    ...props,
    wide: false,
    page: text.texts,
    current: 'requests',
    form: 'texts',
    labels: Object.fromEntries(ready.map(({ resource }) => [`wish-${resource.id}`, resource.name])),
    children: (
      <Form view={view} action={action} once={newId()} id="texts" kept>
        <HiddenFields
          values={{
            seen: one.referral.version,
            resource: ready.map((c) => c.resource.id),
            ...Object.fromEntries(carried.map((name) => [name, state.values[name]])),
          }}
        />
        <p>{view.t(text.textsLead)}</p>
        {typeof day === 'string' ? (
          <p>
            {view.t(text.answerBy)}：{showDate(day, view.language, { weekday: true })}
          </p>
        ) : null}
        {ready.map((candidate) => (
          <OneText key={candidate.resource.id} {...props} candidate={candidate} />
        ))}
        <Buttons>
          <Button>{view.t(text.send(ready.length))}</Button>
          <Button kind="secondary" name="step" value="back">
            {view.t(text.backToForm)}
          </Button>
        </Buttons>
      </Form>
    ),
  });
}

function OneText({ view, state, candidate }: AskProps & Readonly<{ candidate: Candidate }>): JSX.Element {
  const { resource } = candidate;
  const name = `wish-${resource.id}`;
  const values = { ...state.values, [name]: state.values[name] ?? state.values['wish'] ?? '' };
  return (
    <Panel view={view} title={resource.name}>
      <Facts
        view={view}
        rows={[
          [text.needs, needsOf({ view, candidate })],
          [text.how, view.t(resource.contact.email === undefined ? text.byPaper : text.byMail)],
        ]}
      />
      <TextArea
        view={view}
        state={{ ...state, values }}
        name={name}
        label={text.wishTo(resource.name)}
        hint={text.wishHint}
        required
        rows={4}
        maxLength={longestWish}
      />
    </Panel>
  );
}
