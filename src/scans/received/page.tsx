import type { JSX } from 'preact';
import type { ReadBody } from '../../people/record.ts';
import type { Program } from '../../programs/program.ts';
import {
  Button,
  Buttons,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import type { View } from '../../web/view.ts';
import { Picture } from '../picture.tsx';
import type { ScanPage } from '../queries.ts';
import { AskedFields, ConsentFields } from './asked-fields.tsx';
import type { CodedSheet } from './coded.ts';
import type { Known } from './known.ts';
import { ChosenPart, CodedPart, PersonFields, SearchPart } from './whom-part.tsx';
import { text } from './text.ts';

export type Props = Readonly<{
  view: View;
  page: ScanPage;
  state: FormState;
  program: Program;
  clinics: readonly ReadBody[];
  towns: readonly ReadBody[];
  /** Who may be the same person as the one who was typed in, once that was asked. */
  known: readonly Known[];
  /** What the code on the page says, as long as nobody said that it is about somebody else. */
  coded: CodedSheet | undefined;
  /** Somebody whom the office supports already, and who was chosen. */
  chosen: Known | undefined;
  /** What was searched for, and who was found. */
  typed: string;
  found: readonly Known[] | undefined;
  /** The day on which the page came, in Tokyo. */
  came: string;
  once: string;
}>;

/** A sheet that came by fax beside the few fields that make a referral of it; whoever is known is not typed in again. */
export function receivedPage(props: Props): string {
  const { view, page, state } = props;
  const base = `/scans/pages/${page.id}`;
  return renderPage(
    <Frame
      view={view}
      title={text.title}
      lead={text.lead}
      back={{ href: base, label: { ja: '届いたページへ戻る', en: 'Back to the page' } }}
      state={state}
      form="received"
      wide
    >
      <ErrorSummary view={view} state={state} />
      <div class="beside">
        <Picture view={view} src={`${base}/picture?turn=${String(page.turn)}`} />
        <div>
          {isKnown(props) ? null : <SearchPart {...props} />}
          <Form view={view} action={`${base}/referral`} once={props.once} id="received" kept>
            <HiddenFields values={{ program: props.program.id, ...whomOf(props) }} />
            <WhomPart {...props} />
            <AskedFields {...props} />
            <ConsentFields {...props} />
            <Buttons>
              <Button>{view.t(text.save)}</Button>
              <LinkButton href={base} kind="quiet">
                {view.t({ ja: 'やめる', en: 'Cancel' })}
              </LinkButton>
            </Buttons>
          </Form>
        </div>
      </div>
    </Frame>,
  );
}

const isKnown = ({ coded, chosen }: Props): boolean => chosen !== undefined || coded?.told != null;

/** How the form says whom it is about. */
const whomOf = ({ coded, chosen }: Props): Readonly<Record<string, string>> =>
  chosen !== undefined
    ? { as: 'known', person: chosen.id }
    : coded?.told == null
      ? { as: 'typed' }
      : { as: 'coded' };

function WhomPart(props: Props): JSX.Element {
  if (props.chosen !== undefined) return <ChosenPart {...props} chosen={props.chosen} />;
  if (props.coded?.told != null) return <CodedPart {...props} coded={props.coded} told={props.coded.told} />;
  return <PersonFields {...props} />;
}
