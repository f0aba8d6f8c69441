import type { JSX } from 'preact';
import { showDate, showDateTime } from '../../web/dates.ts';
import { Button, Form, HiddenFields, RadioField, TextArea } from '../../web/form.tsx';
import { Panel, Table } from '../../web/parts.tsx';
import { overlaps } from './form.ts';
import { clientPath } from './list-page.tsx';
import type { ClientGiven } from './client-page.tsx';
import { text } from './text.ts';

/** Whether there is a secret, and a new one in its place. */
export function SecretPanel({ view, client, state, newId }: ClientGiven): JSX.Element {
  const { hasSecret, secretMade, beforeUntil } = client;
  return (
    <Panel view={view} title={text.secretPart}>
      {hasSecret ? null : <p>{view.t(text.secretNone)}</p>}
      {hasSecret && secretMade !== null ? (
        <p>{view.t(text.secretMade(showDate(secretMade, view.language)))}</p>
      ) : null}
      {beforeUntil === null ? null : (
        <p>{view.t(text.secretBefore(showDateTime(beforeUntil, view.language)))}</p>
      )}
      <Form view={view} action={`${clientPath(client.id)}/secret`} once={newId()}>
        {hasSecret ? (
          <RadioField
            view={view}
            state={state}
            name="overlap"
            label={text.overlap}
            required
            options={overlaps.map((days) =>
              days === '0'
                ? { value: days, label: text.overlapNow, hint: text.overlapNowHint }
                : { value: days, label: text.overlapDays(Number(days)) },
            )}
          />
        ) : (
          <HiddenFields values={{ overlap: '1' }} />
        )}
        <Button kind="secondary">{view.t(text.renew)}</Button>
      </Form>
      {hasSecret && client.keys.length > 0 ? (
        <Form view={view} action={`${clientPath(client.id)}/secret/remove`} once={newId()}>
          <p>{view.t(text.dropSecretLead)}</p>
          <Button kind="danger">{view.t(text.dropSecret)}</Button>
        </Form>
      ) : null}
    </Panel>
  );
}

/** The public keys, each with a way to remove it, and a place to add some. */
export function KeysPanel({ view, client, state, newId }: ClientGiven): JSX.Element {
  return (
    <Panel view={view} title={text.keysPart}>
      {client.keys.length === 0 ? (
        <p>{view.t(text.keysNone)}</p>
      ) : (
        <Table
          view={view}
          caption={text.keysPart}
          hideCaption
          columns={[
            { label: text.kid },
            { label: text.algorithm },
            { label: text.print },
            { label: text.action },
          ]}
          rows={client.keys.map((key) => ({
            key: key.print,
            cells: [
              <code>{key.kid}</code>,
              key.alg,
              <code>{key.print}</code>,
              <Form view={view} action={`${clientPath(client.id)}/keys/remove`} once={newId()}>
                <HiddenFields values={{ key: key.print }} />
                <button
                  type="submit"
                  class="button secondary small"
                  aria-label={view.t(text.removeKeyOf(key.kid))}
                >
                  {view.t(text.removeKey)}
                </button>
              </Form>,
            ],
          }))}
        />
      )}
      <Form view={view} action={`${clientPath(client.id)}/keys`} once={newId()}>
        <TextArea
          view={view}
          state={state}
          name="keys"
          label={text.addKeys}
          hint={text.keysHint}
          rows={6}
          required
        />
        <Button kind="secondary">{view.t(text.addKeys)}</Button>
      </Form>
    </Panel>
  );
}
