import type { JSX } from 'preact';
import type { CapabilityStatement } from '@medplum/fhirtypes';
import { assetUrl } from '../../web/assets.ts';
import { Button, emptyForm, SelectField, TextArea, TextField } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Panel } from '../../web/parts.tsx';
import { Table } from '../../web/table.tsx';
import type { View } from '../../web/view.ts';
import { endpointsOf, serverEndpoints, typesOf, type Endpoint } from './endpoints.ts';
import { referenceText as text } from './text.ts';

type Props = Readonly<{ view: View; statement: CapabilityStatement; publicUrl: string }>;

/** What programs can ask of this server, to read and to try. Reading needs no script. */
export const referencePage = ({ view, statement, publicUrl }: Props): string =>
  renderPage(
    <Frame view={view} title={text.title} lead={text.lead} wide>
      <Panel view={view} title={text.where}>
        <Facts
          view={view}
          rows={[
            [text.registering, view.t(text.registered)],
            [text.base, <code key="base">{`${publicUrl}/fhir`}</code>],
            [text.tokens, <code key="token">{`POST ${publicUrl}/oauth/token`}</code>],
            [
              text.statement,
              <a key="statement" href="/fhir/metadata">
                /fhir/metadata
              </a>,
            ],
            [
              text.openApi,
              <a key="openapi" href="/fhir/openapi.json">
                /fhir/openapi.json
              </a>,
            ],
          ]}
        />
      </Panel>
      <Try view={view} />
      <Panel view={view} title={text.everything}>
        <Endpoints view={view} of="server" endpoints={serverEndpoints} />
      </Panel>
      {typesOf(statement).map((type) => (
        <Type key={type} view={view} statement={statement} type={type} />
      ))}
    </Frame>,
  );

function Type({
  view,
  statement,
  type,
}: Readonly<{ view: View; statement: CapabilityStatement; type: string }>): JSX.Element {
  const claim = statement.rest?.[0]?.resource?.find((one) => one.type === type);
  const rows = (claim?.searchParam ?? []).map((one) => ({
    key: one.name ?? '',
    cells: [<code key="name">{one.name}</code>, one.type, <code key="where">{one.documentation}</code>],
  }));
  return (
    <Panel view={view} title={type} id={type}>
      <Endpoints view={view} of={type} endpoints={endpointsOf(statement, type)} />
      {rows.length === 0 ? null : (
        <details>
          <summary>{view.t(text.parameters(type))}</summary>
          <Table
            view={view}
            caption={text.parameters(type)}
            hideCaption
            columns={[{ label: text.parameter }, { label: text.type }, { label: text.element }]}
            rows={rows}
          />
        </details>
      )}
    </Panel>
  );
}

const Endpoints = ({
  view,
  of,
  endpoints,
}: Readonly<{ view: View; of: string; endpoints: readonly Endpoint[] }>): JSX.Element => (
  <Table
    view={view}
    caption={text.endpoints(of)}
    hideCaption
    columns={[{ label: text.way }, { label: text.what }]}
    rows={endpoints.map(({ method, path, code, says }) => ({
      key: `${method} ${path} ${code}`,
      cells: [<code key="way">{`${method.toUpperCase()} ${path}`}</code>, view.t(says)],
    }))}
  />
);

/** Shown by its script, without which nothing could be sent. */
function Try({ view }: Readonly<{ view: View }>): JSX.Element {
  const demo = view.demo ? { client: 'demo-clinic', path: 'Task?_count=5' } : {};
  const state = emptyForm({ method: 'GET', ...demo });
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((value) => ({ value, label: value }));
  const field = { view, state, mark: false } as const;
  return (
    <div data-try hidden>
      <Panel view={view} title={text.try}>
        <p>{view.t(text.tryLead)}</p>
        <form data-try-token>
          <TextField
            {...field}
            name="client"
            label={text.client}
            hint={view.demo ? text.demo : undefined}
            width="medium"
          />
          <TextField {...field} name="secret" label={text.secret} type="password" width="medium" />
          <Button kind="quiet">{view.t(text.getToken)}</Button>
        </form>
        <form data-try-request>
          <TextField {...field} name="token" label={text.token} />
          <SelectField
            {...field}
            name="method"
            label={text.method}
            options={methods}
            empty={false}
            width="short"
          />
          <TextField {...field} name="path" label={text.path} />
          <TextArea {...field} name="body" label={text.body} rows={6} />
          <Button>{view.t(text.send)}</Button>
        </form>
        <h3>{view.t(text.answer)}</h3>
        <pre data-try-answer role="status" tabIndex={0} aria-label={view.t(text.answer)}>
          —
        </pre>
      </Panel>
      <script src={assetUrl('try.js')} defer />
    </div>
  );
}
