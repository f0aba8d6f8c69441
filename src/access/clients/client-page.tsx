import type { JSX } from 'preact';
import { showDate, showDateTime } from '../../web/dates.ts';
import { Button, Buttons, ErrorSummary, Form, LinkButton, type FormState } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Panel, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { roleName } from '../roles.ts';
import { text as accessText } from '../text.ts';
import { clientPath, Proof, Scopes, StateMark } from './list-page.tsx';
import { KeysPanel, SecretPanel } from './proof-panels.tsx';
import { mostLines, type ChangeLine, type DoneLine, type ClientLine } from './queries.ts';
import { actionNames, changeNames } from './names.ts';
import { text } from './text.ts';

export type ClientGiven = Readonly<{
  view: View;
  client: ClientLine;
  done: readonly DoneLine[];
  changes: readonly ChangeLine[];
  publicUrl: string;
  newId: () => string;
  state: FormState;
}>;

/** One client, and what an administrator can do about it. */
export function clientPage(given: ClientGiven): string {
  const { view, client, state } = given;
  return renderPage(
    <Frame
      view={view}
      title={client.name}
      state={state}
      back={{ href: '/programs', label: text.back }}
      actions={<StateMark view={view} client={client} />}
    >
      <ErrorSummary view={view} state={state} labels={{ keys: text.keys, overlap: text.overlap }} />
      <Entry {...given} />
      <Connect {...given} />
      <SecretPanel {...given} />
      <KeysPanel {...given} />
      <OnOff {...given} />
      <Lately {...given} />
      <Changes {...given} />
    </Frame>,
  );
}

function Entry({ view, client }: ClientGiven): JSX.Element {
  return (
    <Panel view={view} title={text.facts}>
      <Facts
        view={view}
        rows={[
          [text.id, <code>{client.id}</code>],
          [text.organization, client.organization],
          [text.role, view.t(roleName(client.role))],
          [text.purpose, client.purpose],
          [text.contact, client.contact],
          [text.may, <Scopes view={view} scopes={client.scopes} />],
          [text.proof, <Proof view={view} client={client} />],
          [text.until, client.ends === null ? view.t(text.noEnd) : showDate(client.ends, view.language)],
          [
            text.lastUsed,
            client.lastUsed === null ? view.t(text.never) : showDateTime(client.lastUsed, view.language),
          ],
          [text.since, showDate(client.created, view.language)],
        ]}
      />
      <Buttons>
        <LinkButton href={`${clientPath(client.id)}/edit`} kind="secondary">
          {view.t(text.edit)}
        </LinkButton>
      </Buttons>
    </Panel>
  );
}

/** Lines for a terminal that get a token and use it. A secret stands in none of them. */
function Connect({ view, client, publicUrl }: ClientGiven): JSX.Element {
  const isSigned = !client.hasSecret && client.keys.length > 0;
  const proof = isSigned
    ? `--data-urlencode client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer -d client_assertion='<${view.t(text.placeholderAssertion)}>'`
    : `-u '${client.id.replaceAll("'", "'\\''")}:<${view.t(text.placeholderSecret)}>'`;
  return (
    <Panel view={view} title={text.connect}>
      <p>{view.t(text.connectLead)}</p>
      <p id="get-token">{view.t(text.connectToken)}</p>
      <pre tabIndex={0} aria-labelledby="get-token" role="region">
        <code>{`curl -s ${proof} -d grant_type=client_credentials ${publicUrl}/oauth/token`}</code>
      </pre>
      <p id="try-token">{view.t(text.connectRead)}</p>
      <pre tabIndex={0} aria-labelledby="try-token" role="region">
        <code>{`curl -s ${publicUrl}/fhir/metadata\ncurl -s -H 'Authorization: Bearer <access_token>' '${publicUrl}/fhir/Organization?_count=1'`}</code>
      </pre>
      <p>
        <a href="/docs">{view.t(accessText.docs)}</a>
      </p>
    </Panel>
  );
}

function OnOff({ view, client, newId }: ClientGiven): JSX.Element {
  const isOff = client.disabled !== null;
  const [name, lead, says] = isOff
    ? (['enable', text.enableLead, text.enable] as const)
    : (['disable', text.disableLead, text.disable] as const);
  return (
    <Panel view={view} title={text.manage}>
      <Form view={view} action={`${clientPath(client.id)}/${name}`} once={newId()}>
        <p>{view.t(lead)}</p>
        <Button kind={isOff ? 'secondary' : 'danger'}>{view.t(says)}</Button>
      </Form>
    </Panel>
  );
}

function Lately({ view, done }: ClientGiven): JSX.Element {
  return (
    <Panel view={view} title={text.lately}>
      {done.length === 0 ? (
        <p>{view.t(text.latelyNone)}</p>
      ) : (
        <>
          <p>{view.t(text.latelyLead)}</p>
          <Table
            view={view}
            caption={text.lately}
            hideCaption
            columns={[
              { label: text.at, kind: 'date' },
              { label: text.action },
              { label: text.what },
              { label: text.number },
              { label: text.from },
            ]}
            rows={done.map((line) => ({
              key: line.id,
              cells: [
                showDateTime(line.at, view.language),
                Object.hasOwn(actionNames, line.action)
                  ? view.t(actionNames[line.action] ?? text.action)
                  : line.action,
                <span lang="en">{plain(line.what)}</span>,
                line.records + line.persons === 0 ? '—' : view.t(text.numberOf(line.records, line.persons)),
                line.address ?? '—',
              ],
            }))}
          />
          {done.length < mostLines ? null : <p class="hint">{view.t(text.onlyNewest(mostLines))}</p>}
        </>
      )}
    </Panel>
  );
}

/** Ids are nothing to an administrator: they would say whose record it was. */
const plain = (what: string): string => what.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '…');

function Changes({ view, changes }: ClientGiven): JSX.Element {
  return (
    <Panel view={view} title={text.changes}>
      {changes.length === 0 ? (
        <p>{view.t(text.changesNone)}</p>
      ) : (
        <Table
          view={view}
          caption={text.changes}
          hideCaption
          columns={[{ label: text.at, kind: 'date' }, { label: text.what }, { label: text.by }]}
          rows={changes.map((line) => ({
            key: line.id,
            cells: [
              showDateTime(line.at, view.language),
              Object.hasOwn(changeNames, line.what) ? view.t(changeNames[line.what] ?? text.what) : line.what,
              line.by_name ?? '—',
            ],
          }))}
        />
      )}
    </Panel>
  );
}
