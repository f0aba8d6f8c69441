import type { JSX } from 'preact';
import type { Sentence } from '../../kernel/sentence.ts';
import {
  Button,
  Dependent,
  ErrorSummary,
  Form,
  HiddenFields,
  RadioField,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { roleName } from '../roles.ts';
import { somebodyNew } from './form.ts';
import { Search } from './list-page.tsx';
import { mostBodies, type BodyLine, type PostLine } from './queries.ts';
import { rolesFor } from './roles.ts';
import { bodyNames, text } from './text.ts';

const toList = { href: '/accounts', label: text.back };

type WhichGiven = Readonly<{
  view: View;
  search: string;
  found: readonly BodyLine[];
  /** Where the choice leads; an account's own steps unless given. */
  at?: string;
  title?: Sentence;
  back?: Readonly<{ href: string; label: Sentence }>;
}>;

/** The first step: where does the person work, or whose is the program. */
export function whichBodyPage(given: WhichGiven): string {
  const { view, search, found, at = '/accounts/new', title = text.whichTitle, back = toList } = given;
  const shown = found.slice(0, mostBodies);
  return renderPage(
    <Frame view={view} title={title} lead={text.whichLead} back={back}>
      <Search view={view} action={at} value={search} label={text.organizationName} />
      {shown.length === 0 ? (
        <Empty view={view} title={text.noBody} next={<p>{view.t(text.noBodyNext)}</p>} />
      ) : (
        <Table
          view={view}
          caption={text.bodies}
          hideCaption
          columns={[{ label: text.organizationName }, { label: text.kind }]}
          rows={shown.map((body) => ({
            key: body.id,
            cells: [<a href={`${at}?organization=${body.id}`}>{body.name}</a>, view.t(bodyNames[body.kind])],
          }))}
        />
      )}
      {found.length > shown.length ? <p class="hint">{view.t(text.manyBodies(mostBodies))}</p> : null}
    </Frame>,
  );
}

export type NewGiven = Readonly<{
  view: View;
  state: FormState;
  body: BodyLine;
  posts: readonly PostLine[];
  once: string;
}>;

/** The fields in their order, for the list of what is wrong. */
const labels = {
  who: text.who,
  family: text.family,
  given: text.given,
  familyKana: text.familyKana,
  givenKana: text.givenKana,
  role: text.role,
  login: text.login,
};

const isNew = {
  behavior: 'all',
  conditions: [{ question: 'who', operator: '=', answer: somebodyNew }],
} as const;

/** The second step: who it is, and as what. */
export function newAccountPage({ view, state, body, posts, once }: NewGiven): string {
  const field = { view, state };
  return renderPage(
    <Frame
      view={view}
      title={text.newTitle(body.name)}
      state={state}
      back={{ href: '/accounts/new', label: text.otherBody }}
    >
      <ErrorSummary view={view} state={state} labels={labels} />
      <Form view={view} action="/accounts" once={once}>
        <HiddenFields
          values={{ organization: body.id, ...(posts.length === 0 ? { who: somebodyNew } : {}) }}
        />
        {posts.length === 0 ? null : (
          <RadioField
            {...field}
            name="who"
            label={text.who}
            required
            options={[
              ...posts.map((p) => ({ value: p.id, label: p.name, hint: roleName(p.role) })),
              { value: somebodyNew, label: text.somebodyNew },
            ]}
          />
        )}
        {posts.length === 0 ? (
          <Person {...field} body={body} />
        ) : (
          <Dependent when={isNew}>
            <Person {...field} body={body} />
          </Dependent>
        )}
        <TextField
          {...field}
          name="login"
          label={text.login}
          hint={text.loginHint}
          required
          width="medium"
          maxLength={40}
        />
        <TextField
          {...field}
          name="email"
          type="email"
          label={text.email}
          hint={text.emailHint}
          required
          width="medium"
        />
        <Button>{view.t(text.create)}</Button>
      </Form>
    </Frame>,
  );
}

function Person({ view, state, body }: Pick<NewGiven, 'view' | 'state' | 'body'>): JSX.Element {
  const field = { view, state, width: 'medium', maxLength: 40 } as const;
  return (
    <div class="questions">
      <TextField {...field} name="family" label={text.family} required />
      <TextField {...field} name="given" label={text.given} required />
      <TextField {...field} name="familyKana" label={text.familyKana} maxLength={60} />
      <TextField {...field} name="givenKana" label={text.givenKana} maxLength={60} />
      <RadioField
        view={view}
        state={state}
        name="role"
        label={text.role}
        required
        options={rolesFor(body.kind).map((role) => ({ value: role, label: roleName(role) }))}
      />
    </div>
  );
}
