import { memberKana, memberName, shownCode } from '../../invitations/pages/state.tsx';
import type { Invited } from '../../invitations/queries.ts';
import { showDate } from '../../web/dates.ts';
import {
  Button,
  Buttons,
  DateField,
  ErrorSummary,
  Form,
  LinkButton,
  RadioField,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import { Facts, Notice, Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { Picture } from '../picture.tsx';
import { text as tray } from '../text.ts';
import type { Slip } from './queries.ts';
import { text } from './text.ts';

export const slipAnswers = ['yes', 'been', 'no'] as const;

/** A reply slip with its answer to be recorded beside the picture. */
export const slipPage = ({
  view,
  state,
  slip,
  member,
  once,
}: Readonly<{ view: View; state: FormState; slip: Slip; member: Invited; once: string }>): string =>
  renderPage(
    <Frame
      view={view}
      title={text.slipTitle}
      lead={slip.done ? undefined : text.slipLead}
      back={{ href: '/scans', label: tray.backToTray }}
      state={state}
      wide
    >
      <ErrorSummary view={view} state={state} />
      <div class="beside">
        <Picture view={view} src={`/scans/returned/${slip.id}/picture`} end />
        <div>
          <Panel view={view} title={memberName(view, member)}>
            <p>{memberKana(view, member)}</p>
            <Facts
              view={view}
              rows={[
                [{ ja: '手紙の番号', en: 'Code of the letter' }, shownCode(member.code)],
                [
                  { ja: '生年月日', en: 'Date of birth' },
                  showDate(member.birth_date, view.language, { era: true }),
                ],
              ]}
            />
            <p class="hint">{view.t(text.checkName)}</p>
          </Panel>
          {slip.done ? (
            <Notice view={view} kind="info" title={text.recorded}>
              <LinkButton
                href={`/invitations/${slip.list}/members/${slip.invitation}`}
                kind="secondary"
                small
              >
                {view.t(text.toMember)}
              </LinkButton>
            </Notice>
          ) : (
            <Form view={view} action={`/scans/slips/${slip.id}`} once={once}>
              <RadioField
                view={view}
                state={state}
                name="answer"
                label={text.answer}
                required
                options={slipAnswers.map((value) => ({
                  value,
                  label: text[value],
                  ...(value === 'no' ? { hint: text.noHint } : {}),
                }))}
              />
              <DateField view={view} state={state} name="day" label={text.beenOn} />
              <TextField view={view} state={state} name="place" label={text.beenWhere} maxLength={100} />
              <p class="hint">{view.t(text.unclear)}</p>
              <Buttons>
                <Button>{view.t(text.record)}</Button>
              </Buttons>
            </Form>
          )}
        </div>
      </div>
    </Frame>,
  );
