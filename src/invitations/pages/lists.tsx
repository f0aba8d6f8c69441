import { showDate } from '../../web/dates.ts';
import { LinkButton } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Empty, Status, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { InvitationList } from '../queries.ts';
import { text } from '../text.ts';

/** The insurer's lists, with how far each has come. */
export const listsPage = ({
  view,
  lists,
}: Readonly<{ view: View; lists: readonly InvitationList[] }>): string => {
  const toNew = <LinkButton href="/invitations/new">{view.t(text.toNew)}</LinkButton>;
  return renderPage(
    <Frame view={view} wide title={text.title} lead={text.lead} actions={toNew}>
      {lists.length === 0 ? (
        <Empty view={view} title={text.none} next={<p>{view.t(text.noneNext)}</p>} />
      ) : (
        <Table
          view={view}
          caption={text.title}
          hideCaption
          columns={[
            { label: text.list },
            { label: text.left, kind: 'number' },
            { label: text.sent, kind: 'number' },
            { label: text.came, kind: 'number' },
            { label: text.due },
            { label: text.endsOn, kind: 'date' },
          ]}
          rows={lists.map((list) => ({
            key: list.id,
            cells: [
              <a href={`/invitations/${list.id}`}>{list.title}</a>,
              view.t(text.leftOf(list.left, list.taken)),
              String(list.sent),
              String(list.came),
              list.due === 0 ? (
                '—'
              ) : (
                <a href={`/invitations/${list.id}/follow-up`}>
                  <Status shape="alert" tone="warn">
                    {view.t(text.persons(list.due))}
                  </Status>
                </a>
              ),
              showDate(list.ends_on, view.language),
            ],
          }))}
        />
      )}
    </Frame>,
  );
};
