import { displayName, readPatient, type ReadBody } from '../../people/record.ts';
import { consentWords } from '../../programs/consent-words.ts';
import { needOf } from '../../programs/needs.ts';
import type { Program } from '../../programs/program.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { urgencies } from '../../referral/record.ts';
import { urgencyText } from '../../referral/text.ts';
import { showDate } from '../../web/dates.ts';
import {
  Button,
  Buttons,
  CheckField,
  DateField,
  ErrorSummary,
  Form,
  HiddenFields,
  LinkButton,
  RadioField,
  SelectField,
  SingleCheck,
  TextArea,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import { Frame, renderPage } from '../../web/frame.tsx';
import type { View } from '../../web/view.ts';
import { Picture } from '../picture.tsx';
import type { ScanPage } from '../queries.ts';
import { needsOf, sexes } from './form.ts';
import type { knownPersons } from './register.ts';
import { text } from './text.ts';

type Props = Readonly<{
  view: View;
  page: ScanPage;
  state: FormState;
  program: Program;
  clinics: readonly ReadBody[];
  towns: readonly ReadBody[];
  /** Who may be the same person, once that was asked. */
  known: Awaited<ReturnType<typeof knownPersons>>;
  once: string;
}>;

/** A sheet that came by fax beside the few fields that make a referral of it. */
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
        <Form view={view} action={`${base}/referral`} once={props.once} id="received" kept>
          <HiddenFields values={{ program: props.program.id }} />
          <PersonFields {...props} />
          <ConsentFields {...props} />
          <AskedFields {...props} />
          <Buttons>
            <Button>{view.t(text.save)}</Button>
            <LinkButton href={base} kind="quiet">
              {view.t({ ja: 'やめる', en: 'Cancel' })}
            </LinkButton>
          </Buttons>
        </Form>
      </div>
    </Frame>,
  );
}

function PersonFields({ view, state, clinics, towns, known }: Props) {
  const field = { view, state };
  return (
    <>
      <SelectField
        {...field}
        name="clinic"
        label={text.clinic}
        required
        width="full"
        options={clinics.map((one) => ({ value: one.id, label: one.name }))}
      />
      <h2>{view.t(text.whom)}</h2>
      {known.length === 0 ? null : (
        <RadioField
          {...field}
          name="known"
          label={text.known}
          hint={text.knownLead}
          required
          options={[
            ...known.map(({ id, content }) => {
              const person = readPatient(content);
              return {
                value: id,
                label: displayName(person, view.language),
                hint: [
                  showDate(person.birthDate, view.language, { era: true }),
                  person.municipality,
                  person.phone,
                ]
                  .filter(Boolean)
                  .join('　'),
              };
            }),
            { value: 'new', label: text.newPerson },
          ]}
        />
      )}
      <div class="pair">
        <TextField {...field} name="family" label={text.family} required />
        <TextField {...field} name="given" label={text.given} required />
        <TextField {...field} name="familyKana" label={text.familyKana} required />
        <TextField {...field} name="givenKana" label={text.givenKana} required />
      </div>
      <DateField {...field} name="birthDate" label={text.birthDate} required card />
      <RadioField
        {...field}
        name="sex"
        label={text.sex}
        required
        inline
        options={sexes.map((sex) => ({ value: sex, label: text.sexes[sex] }))}
      />
      <TextField {...field} name="phone" label={text.phone} type="tel" width="medium" />
      <SelectField
        {...field}
        name="municipality"
        label={text.town}
        options={towns.map((town) => ({ value: town.municipalityCode ?? '', label: town.name }))}
      />
      <TextField {...field} name="line" label={text.line} />
    </>
  );
}

function ConsentFields({ view, state, program }: Props) {
  const { received, consentTerms } = program;
  const words = consentWords(program);
  const named = (
    of: readonly Readonly<{ code: string; label: Sentence }>[],
    codes: readonly string[],
  ): Sentence => {
    const chosen = of.filter((one) => codes.includes(one.code));
    return {
      ja: chosen.map((one) => one.label.ja).join('、'),
      en: chosen.map((one) => one.label.en).join(', '),
    };
  };
  return (
    <>
      <h2>{view.t(text.consentHead)}</h2>
      <p>
        {view.t(
          text.consentOpens(
            named(words.recipients, received?.recipients ?? []),
            named(words.items, received?.items ?? []),
            consentTerms.months,
          ),
        )}
      </p>
      <SingleCheck view={view} state={state} name="consentSeen" label={text.consentSeen} required />
      <DateField view={view} state={state} name="consentDay" label={text.consentDay} required />
    </>
  );
}

function AskedFields({ view, state, program }: Props) {
  const field = { view, state };
  return (
    <>
      <h2>{view.t(text.reason)}</h2>
      <RadioField
        {...field}
        name="urgency"
        label={text.urgency}
        required
        inline
        options={urgencies.map((urgency) => ({ value: urgency, label: urgencyText[urgency] }))}
      />
      <CheckField
        {...field}
        name="needs"
        label={text.needs}
        inline
        options={needsOf(program).flatMap((code) => {
          const need = needOf(code);
          return need === undefined ? [] : [{ value: code, label: need.label }];
        })}
      />
      <TextArea {...field} name="reason" label={text.reason} hint={text.reasonHint} required rows={4} />
    </>
  );
}
