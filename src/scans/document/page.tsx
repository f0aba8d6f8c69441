import type { JSX } from 'preact';
import type { Role } from '../../kernel/actor.ts';
import { LimitsNotice } from '../../people/danger/marks.tsx';
import { displayName } from '../../people/record.ts';
import { showDateTime } from '../../web/dates.ts';
import { Buttons, LinkButton } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Notice, Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { Picture } from '../picture.tsx';
import { text } from '../text.ts';
import type { ShownDocument } from './read.ts';
import { typingAt } from './typing.ts';

/** A page that came in, in the record it belongs to: large, with what can be typed from it. */
export function documentPage({
  view,
  shown,
  role,
}: Readonly<{ view: View; shown: ShownDocument; role: Role }>): string {
  const { document, person, referral } = shown;
  const typing = typingAt(shown, role);
  return renderPage(
    <Frame
      view={view}
      title={{ ja: document.title, en: view.t(text.whats[document.what]) }}
      lead={displayName(person, view.language)}
      back={backOf(shown, role)}
      wide
    >
      <LimitsNotice view={view} person={person} />
      <div class="beside">
        {shown.closed ? (
          <Notice view={view} kind="warning" title={text.pictureSealed} />
        ) : (
          <Picture view={view} src={`/documents/${document.id}/picture`} />
        )}
        <Panel view={view} title={text.document}>
          <Facts
            view={view}
            rows={[
              [text.whatIs, view.t(text.whats[document.what])],
              [text.kept, showDateTime(document.date, view.language)],
              ...(referral === undefined
                ? []
                : [[text.toCase, <a href={`/referrals/${referral.id}`}>{referral.caseNumber}</a>] as const]),
            ]}
          />
          {typing === undefined ? null : <TypeIt view={view} href={typing} />}
        </Panel>
      </div>
    </Frame>,
  );
}

const TypeIt = ({ view, href }: Readonly<{ view: View; href: string }>): JSX.Element => (
  <Buttons>
    <LinkButton href={href}>{view.t(text.typeIt)}</LinkButton>
  </Buttons>
);

/** Where the document lies: its referral, else at a clinic the person, else the tray. */
const backOf = ({ referral, person }: ShownDocument, role: Role) =>
  referral !== undefined
    ? { href: `/referrals/${referral.id}`, label: text.toCase }
    : role === 'linkworker'
      ? { href: '/scans', label: text.backToTray }
      : { href: `/patients/${person.id}`, label: text.toPerson };
