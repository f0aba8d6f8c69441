import type { JSX } from 'preact';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { displayName, readPatient } from '../../people/record.ts';
import type { ToldOnSheet } from '../../referral/request-sheet/read.ts';
import { showDate } from '../../web/dates.ts';
import {
  Button,
  DateField,
  emptyForm,
  Form,
  LinkButton,
  RadioField,
  SelectField,
  TextField,
} from '../../web/form.tsx';
import { Facts, Notice, Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import type { CodedSheet } from './coded.ts';
import { sexes } from './form.ts';
import type { Known } from './known.ts';
import type { Props } from './page.tsx';
import { text } from './text.ts';

const born = (view: View, day: string): string => showDate(day, view.language, { era: true });
const kanaOf = ({ familyKana, givenKana }: Readonly<{ familyKana?: string; givenKana?: string }>): string =>
  [familyKana, givenKana].filter(Boolean).join(' ');

/** Whoever the office supports already is found by a few letters, and then need not be typed in. */
export function SearchPart({ view, page, typed, found, program }: Props): JSX.Element {
  const base = `/scans/pages/${page.id}/referral`;
  return (
    <>
      <Form view={view} action={base} method="get" inline>
        <input type="hidden" name="program" value={program.id} />
        <input type="hidden" name="by" value="hand" />
        <TextField
          view={view}
          state={emptyForm({ q: typed })}
          name="q"
          label={text.search}
          hint={text.searchHint}
          type="search"
          mark={false}
        />
        <Button kind="secondary">{view.t(text.find)}</Button>
      </Form>
      {found === undefined ? null : found.length === 0 ? (
        <p role="status">{view.t(text.nobody)}</p>
      ) : (
        <Panel view={view} title={text.found} id="found">
          {found.map(({ id, content }) => {
            const person = readPatient(content);
            const name = displayName(person, view.language);
            return (
              <p key={id}>
                <LinkButton
                  href={`${base}?${new URLSearchParams({ program: program.id, person: id }).toString()}`}
                  kind="secondary"
                >
                  {view.t(text.thisOne(name))}
                </LinkButton>{' '}
                <span class="soft">
                  {[kanaOf(person), born(view, person.birthDate), person.municipality]
                    .filter(Boolean)
                    .join('　')}
                </span>
              </p>
            );
          })}
        </Panel>
      )}
    </>
  );
}

function Whose(
  props: Props &
    Readonly<{ title: typeof text.chosen; clinic: string; told: ToldOnSheet; lead?: typeof text.chosen }>,
): JSX.Element {
  const { view, page, program, told } = props;
  const byHand = new URLSearchParams({ program: program.id, by: 'hand' }).toString();
  return (
    <Panel view={view} title={props.title} id="whom">
      {props.lead === undefined ? null : <p>{view.t(props.lead)}</p>}
      <Facts
        view={view}
        rows={[
          [text.name, told.name],
          [text.kana, told.kana],
          [text.birthDate, born(view, told.birthDate)],
          [text.clinic, props.clinics.find((one) => one.id === props.clinic)?.name],
        ]}
      />
      <p>
        <a href={`/scans/pages/${page.id}/referral?${byHand}`}>{view.t(text.notThisOne)}</a>
      </p>
    </Panel>
  );
}

/** Somebody whom the office supports already. */
export function ChosenPart(props: Props & Readonly<{ chosen: Known }>): JSX.Element {
  const person = readPatient(props.chosen.content);
  const told = { name: displayName(person, 'ja'), kana: kanaOf(person), birthDate: person.birthDate };
  return <Whose {...props} title={text.chosen} clinic={props.chosen.clinic} told={told} />;
}

/** Somebody whose name the clinic printed on the sheet. */
export function CodedPart(props: Props & Readonly<{ coded: CodedSheet; told: ToldOnSheet }>): JSX.Element {
  const { view, coded } = props;
  return (
    <>
      {coded.before === null ? null : (
        <Notice view={view} kind="warning" title={text.before(dayOf(coded.before))}>
          {coded.before_task === null ? null : (
            <a href={`/referrals/${coded.before_task}`}>{view.t(text.beforeCase)}</a>
          )}
        </Notice>
      )}
      <Whose {...props} title={text.coded} lead={text.codedLead} clinic={coded.clinic} />
    </>
  );
}

const dayOf = (at: Date) => {
  const day = dayInTokyo(at);
  return { ja: showDate(day, 'ja'), en: showDate(day, 'en') };
};

/** Somebody new, as the sheet tells of them. */
export function PersonFields({ view, state, clinics, towns, known }: Props): JSX.Element {
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
          options={[...known.map((one) => alike(view, one)), { value: 'new', label: text.newPerson }]}
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

function alike(view: View, { id, content }: Known) {
  const person = readPatient(content);
  return {
    value: id,
    label: displayName(person, view.language),
    hint: [born(view, person.birthDate), person.municipality, person.phone].filter(Boolean).join('　'),
  };
}
