import { Router } from 'express';
import type { JSX } from 'preact';
import { idIn } from '../access/request.ts';
import type { SliceNeeds } from '../access/slice.ts';
import type { Role } from '../kernel/actor.ts';
import type { Texts } from '../kernel/sentence.ts';
import type { Records } from '../fhir/records.ts';
import { showDate, showDateTime } from '../web/dates.ts';
import { Button, Form, LinkButton } from '../web/form.tsx';
import { Panel } from '../web/parts.tsx';
import { seeOther } from '../web/replies.ts';
import type { View } from '../web/view.ts';
import { noticeSays, putAway, unseenNotices, type Notice } from './notice.ts';

const text = {
  title: { ja: 'お知らせ', en: 'News' },
  number: (number: string) => ({ ja: `番号 ${number}`, en: `Number ${number}` }),
  open: { ja: '答えを見る', en: 'Read the answers' },
  seen: { ja: '確認しました', en: 'I have read this' },
} as const satisfies Texts;

/** The start page of each role that gets notices, where they stand. */
const startOf = {
  doctor: '/patients',
  reception: '/patients',
  linkworker: '/inbox',
  neighbour: '/inbox',
  resource: '/asked',
} as const satisfies Partial<Record<Role, string>>;
const readers = Object.keys(startOf) as (keyof typeof startOf)[];

/** What a body has to know of cases it may see no more; draws nothing when there is nothing. */
export function NoticesPanel(
  props: Readonly<{ view: View; notices: readonly Notice[]; isClinic?: boolean }>,
): JSX.Element | null {
  const { view, notices } = props;
  if (notices.length === 0) return null;
  return (
    <Panel view={view} title={text.title} id="notices">
      <ul class="notices">
        {notices.map((one) => (
          <li key={one.id}>
            <div>
              <p class="soft">
                {one.kind === 'answers'
                  ? showDateTime(one.at, view.language)
                  : `${showDate(one.at, view.language)}　${view.t(text.number(one.caseNumber))}`}
              </p>
              <p>{view.t(noticeSays(one, props.isClinic === true))}</p>
            </div>
            {one.kind === 'answers' ? (
              <LinkButton href={`/patients/${one.patient}/answers/${one.id}`}>{view.t(text.open)}</LinkButton>
            ) : (
              <Form view={view} action={`/notices/${one.id}/seen`}>
                <Button kind="secondary" small>
                  {view.t(text.seen)}
                </Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The notices above a clinic's list of patients, which is drawn by a slice that knows nothing of referrals. */
export const clinicNotices = async (records: Records): Promise<(view: View) => JSX.Element> => {
  const notices = await unseenNotices(records);
  return (view) => <NoticesPanel view={view} notices={notices} isClinic />;
};

/** Puts a notice away, for everybody of the body that got it. */
export const noticeRoutes = ({ pages, open }: SliceNeeds): Router =>
  Router().post(
    '/notices/:id/seen',
    pages.forRoles(readers, async ({ actor, req }) => {
      const id = idIn(req);
      await open(actor, (records) => putAway(records, id));
      return seeOther(startOf[actor.role as keyof typeof startOf]);
    }),
  );
