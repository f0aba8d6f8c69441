import { showDate } from '../../web/dates.ts';
import { Button, Buttons, Form, HiddenFields, LinkButton } from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Notice, Panel, Table } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { Member } from '../file/member.ts';
import type { Inviting } from '../programs.ts';
import { text } from '../text.ts';
import { memberKana, memberName } from './state.tsx';

type Props = Readonly<{
  view: View;
  title: string;
  program: Inviting;
  members: readonly Member[];
  /** Of them, on another list already. */
  known: number;
  endsOn: string;
  /** The list itself, sealed: it goes back with the form, and is kept nowhere meanwhile. */
  sealed: string;
  once: string;
}>;

const shown = 20;

/** What was read of the file, before anything of it is kept. */
export const previewPage = (props: Props): string => {
  const { view, program, members } = props;
  const reasonName = (code: string): string => {
    const found = program.invitations.reasons.find((one) => one.code === code);
    return found ? view.t(found.name) : code;
  };
  return renderPage(
    <Frame
      view={view}
      title={text.previewTitle}
      lead={text.previewLead}
      back={{ href: '/invitations/new', label: text.newTitle }}
    >
      <Notice view={view} kind="info" title={text.read(members.length)} live>
        {props.known === 0 ? null : <p>{view.t(text.known(props.known))}</p>}
        <p>{view.t(text.until(showDate(props.endsOn, view.language)))}</p>
      </Notice>
      <Facts
        view={view}
        rows={[
          [text.name, props.title],
          [text.program, view.t(program.name)],
          ...program.invitations.reasons.map(
            ({ code, name }) =>
              [name, view.t(text.persons(members.filter(({ reason }) => reason === code).length))] as const,
          ),
        ]}
      />
      <Form view={view} action="/invitations" once={props.once}>
        <HiddenFields values={{ sealed: props.sealed }} />
        <Buttons>
          <Button>{view.t(text.keep)}</Button>
          <LinkButton href="/invitations" kind="quiet">
            {view.t(text.discard)}
          </LinkButton>
        </Buttons>
      </Form>
      <Panel view={view} title={text.firstOnes(Math.min(shown, members.length))}>
        <Table
          view={view}
          caption={text.firstOnes(Math.min(shown, members.length))}
          hideCaption
          columns={[
            { label: text.member },
            { label: text.born },
            { label: text.card },
            { label: text.address },
            { label: text.reason },
          ]}
          rows={members.slice(0, shown).map((member) => ({
            key: String(member.line),
            cells: [
              <div class="state">
                {memberName(view, member)}
                <small>{memberKana(view, member)}</small>
              </div>,
              showDate(member.birthDate, view.language, { era: true }),
              [member.symbol, member.number, member.branch].filter(Boolean).join(' '),
              [member.postalCode, member.address].filter(Boolean).join(' '),
              reasonName(member.reason),
            ],
          }))}
        />
      </Panel>
    </Frame>,
  );
};
