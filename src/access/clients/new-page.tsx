import type { Role } from '../../kernel/actor.ts';
import {
  Button,
  Dependent,
  ErrorSummary,
  Form,
  HiddenFields,
  RadioField,
  TextArea,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import type { View } from '../../web/view.ts';
import type { BodyLine } from '../accounts/queries.ts';
import { roleName } from '../roles.ts';
import { AboutFields, entryLabels, MayFields } from './entry-fields.tsx';
import { text } from './text.ts';

const byKeys = {
  behavior: 'all',
  conditions: [{ question: 'proof', operator: '=', answer: 'keys' }],
} as const;

type Given = Readonly<{
  view: View;
  state: FormState;
  body: BodyLine;
  roles: readonly Role[];
  once: string;
}>;

/** Registers a client of one organization. */
export function newClientPage({ view, state, body, roles, once }: Given): string {
  const field = { view, state };
  return renderPage(
    <Frame
      view={view}
      title={text.newTitle(body.name)}
      state={state}
      back={{ href: '/programs/new', label: text.back }}
    >
      <ErrorSummary view={view} state={state} labels={entryLabels} />
      <Form view={view} action="/programs" once={once}>
        <HiddenFields values={{ organization: body.id, ...(roles.length === 1 ? { role: roles[0] } : {}) }} />
        <AboutFields {...field} />
        <TextField
          {...field}
          name="id"
          label={text.id}
          hint={text.idHint}
          required
          width="medium"
          maxLength={40}
        />
        {roles.length === 1 ? null : (
          <RadioField
            {...field}
            name="role"
            label={text.role}
            hint={text.roleHint}
            required
            options={roles.map((role) => ({ value: role, label: roleName(role) }))}
          />
        )}
        <MayFields {...field} roles={roles} />
        <RadioField
          {...field}
          name="proof"
          label={text.proofAsk}
          required
          options={[
            { value: 'keys', label: text.proofKeys, hint: text.proofKeysHint },
            { value: 'secret', label: text.proofSecret, hint: text.proofSecretHint },
          ]}
        />
        <Dependent when={byKeys}>
          <TextArea {...field} name="keys" label={text.keys} hint={text.keysHint} rows={6} mark={false} />
        </Dependent>
        <Button>{view.t(text.register)}</Button>
      </Form>
    </Frame>,
  );
}
