import type { JSX } from 'preact';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { showDate } from '../web/dates.ts';
import { Buttons, LinkButton, PhoneLink } from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Facts, Panel, Steps } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import { limitsAddress, LimitsLink } from './danger/limits-page.tsx';
import { LimitsNotice } from './danger/marks.tsx';
import { sealAddress, SealedLine } from './danger/seal-page.tsx';
import type { ShownSeal } from './danger/seal.ts';
import { dangerText } from './danger/text.ts';
import { addressLine, insuranceLine } from './known-page.tsx';
import type { PersonShown, PersonStep } from './part.ts';
import { ageOn, displayName, type Insurance, type ReadPatient } from './record.ts';
import { text } from './text.ts';

type Props = Readonly<{
  view: View;
  person: ReadPatient;
  insurance: Insurance | undefined;
  seal: ShownSeal | undefined;
  parts: readonly PersonShown[];
}>;

/** A person's page: how far things have come, what is new, what to do next, and everything there is. */
export function hubPage({ view, person, insurance, seal, parts }: Props): string {
  const steps = parts.flatMap((part) => part.steps);
  const at = steps.findIndex((step) => !step.done);
  const current = steps[at];
  const years = ageOn(person.birthDate, dayInTokyo(view.now));
  const kana = [person.familyKana, person.givenKana].filter(Boolean).join(' ');
  return renderPage(
    <Frame
      view={view}
      title={displayName(person, view.language)}
      lead={[
        view.language === 'ja' ? kana : '',
        showDate(person.birthDate, view.language, { era: true }),
        years === undefined ? '' : view.t(text.age(years)),
        view.t(text[person.sex]),
      ]
        .filter(Boolean)
        .join('　')}
      back={{ href: '/patients', label: text.patients }}
    >
      <LimitsNotice view={view} person={person} href={limitsAddress(person.id)} />
      <section aria-label={view.t(text.steps)}>
        <Steps
          view={view}
          steps={steps.map((step, i) => ({
            label: step.label,
            state: step.done ? 'done' : i === at ? 'current' : 'todo',
            href: `#${step.id}`,
          }))}
        />
      </section>
      {parts.map((part) => part.news?.(view))}
      {current?.next ? <Next view={view} next={current.next} /> : null}
      {steps.map((step) => step.panel(view, step === current))}
      {parts.map((part) => part.beside?.(view))}
      <Details view={view} person={person} insurance={insurance} seal={seal} />
      <Held view={view} id={person.id} />
    </Frame>,
  );
}

const Next = ({
  view,
  next,
}: Readonly<{ view: View; next: NonNullable<PersonStep['next']> }>): JSX.Element => (
  <Panel view={view} title={text.next}>
    <LinkButton href={next.href}>{view.t(next.label)}</LinkButton>
  </Panel>
);

/** For when the person asks what is held about them, and who has it. */
const Held = ({ view, id }: Readonly<{ view: View; id: string }>): JSX.Element => (
  <Panel view={view} id="held" title={text.disclosure}>
    <p>{view.t(text.disclosureLead)}</p>
    <Buttons>
      <LinkButton href={`/patients/${id}/provided`} kind="secondary">
        {view.t(text.provided)}
      </LinkButton>
      <LinkButton href={`/patients/${id}/everything.pdf`} kind="secondary">
        {view.t(text.everything)}
      </LinkButton>
      <LinkButton href={`/patients/${id}/everything.json`} kind="quiet">
        {view.t(text.everythingData)}
      </LinkButton>
    </Buttons>
  </Panel>
);

function Details({
  view,
  person,
  insurance,
  seal,
}: Pick<Props, 'view' | 'person' | 'insurance' | 'seal'>): JSX.Element {
  return (
    <Panel
      view={view}
      id="details"
      title={text.details}
      aside={<a href={`/patients/${person.id}/edit`}>{view.t(text.edit)}</a>}
    >
      <Facts
        view={view}
        rows={[
          ...(seal === undefined
            ? ([
                [text.address, addressLine(person)],
                [text.phone, person.phone === undefined ? '' : <PhoneLink number={person.phone} />],
                [text.email, person.email ?? ''],
              ] as const)
            : ([[text.address, <SealedLine view={view} person={person} seal={seal} />]] as const)),
          [text.insurance, insuranceLine(view, insurance)],
        ]}
      />
      <Buttons>
        <LimitsLink view={view} person={person} />
        {seal === undefined ? (
          <LinkButton href={sealAddress(person.id)} kind="quiet" small>
            {view.t(dangerText.toSeal)}
          </LinkButton>
        ) : null}
      </Buttons>
    </Panel>
  );
}
