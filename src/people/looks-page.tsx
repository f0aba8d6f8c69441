import { roleName } from '../access/roles.ts';
import type { Look } from '../access/log/queries.ts';
import { roles, type Role } from '../kernel/actor.ts';
import { showDate, showDateTime } from '../web/dates.ts';
import { LinkButton } from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Buttons, Empty, Status, Table, type Content } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { kindName, otherKind, text } from './looks-text.ts';
import { text as peopleText } from './text.ts';
import { displayName, type ReadPatient } from './record.ts';

type Props = Readonly<{
  view: View;
  person: ReadPatient;
  looks: readonly Look[];
  /** Where the older ones begin. */
  next: string | undefined;
  first: boolean;
}>;

/** Who looked at a person's records, in words that the person understands. */
export function looksPage({ view, person, looks, next, first }: Props): string {
  const path = `/patients/${person.id}/access`;
  const name = displayName(person, view.language);
  return renderPage(
    <Frame
      view={view}
      title={text.title(name)}
      lead={text.lead}
      wide
      back={{ href: `/patients/${person.id}/provided`, label: peopleText.provided }}
    >
      {looks.length === 0 ? (
        <Empty view={view} title={text.none} />
      ) : (
        <Table
          view={view}
          caption={text.listed}
          hideCaption
          columns={[
            { label: text.at, kind: 'date' },
            { label: text.who },
            { label: text.did },
            { label: text.why },
          ]}
          rows={looks.map((look) => ({
            key: look.id,
            cells: [sayWhen(view, look), sayWho(view, look), sayWhat(view, look), sayWhy(view, look)],
          }))}
        />
      )}
      <Buttons>
        {first ? null : (
          <LinkButton kind="secondary" href={path}>
            {view.t(text.newest)}
          </LinkButton>
        )}
        {next === undefined ? null : (
          <LinkButton kind="secondary" href={`${path}?before=${next}`}>
            {view.t(text.older)}
          </LinkButton>
        )}
      </Buttons>
    </Frame>,
  );
}

/** The day, and from when until when on it. */
function sayWhen(view: View, { at, last }: Look): string {
  const begun = showDateTime(at, view.language);
  const until = showDateTime(last, view.language);
  return begun === until ? begun : view.t(text.between(begun, until.slice(-5)));
}

function sayWho(view: View, look: Look): string {
  if (look.role === 'patient') return view.t(text.themselves);
  const role = (roles as readonly string[]).includes(look.role) ? view.t(roleName(look.role as Role)) : '';
  const body = look.organization ?? '';
  if (look.name === null)
    return look.role === 'resource' ? `${body} ${view.t(text.group)}` : `${body} ${role}`;
  return view.t(text.with(look.name, [body, role].filter(Boolean).join(' ')));
}

function sayWhat(view: View, look: Look): Content {
  const did = look.actions ?? [];
  const kinds = [...new Set((look.kinds ?? []).map((kind) => view.t(kindName(kind) ?? otherKind)))];
  const done = [
    ...(did.some((one) => ['read', 'search', 'history'].includes(one)) ? [text.looked] : []),
    ...(did.includes('write') ? [text.wrote] : []),
    ...(did.includes('delete') ? [text.deleted] : []),
    ...(did.includes('print') ? [text.printed] : []),
    ...(did.includes('export') ? [text.exported] : []),
  ].map((one) => view.t(one));
  const mark = view.language === 'ja' ? '・' : ', ';
  return (
    <>
      {kinds.length === 0 ? null : view.t(text.with(kinds.join(mark), done.join(mark)))}
      {look.refused ? (
        <Status shape="cross" tone="neutral">
          {view.t(text.refusedLook)}
        </Status>
      ) : null}
    </>
  );
}

function sayWhy(view: View, look: Look): string {
  switch (look.why.split(' ')[0] ?? '') {
    case 'care':
      return view.t(text.care);
    case 'consent':
      return view.t(
        look.consented === null ? text.consent : text.consentOf(showDate(look.consented, view.language)),
      );
    case 'self':
      return view.t(text.self);
    case 'emergency':
      return view.t(text.emergency);
    default:
      return look.actions === null ? '—' : view.t(text.otherBasis);
  }
}
