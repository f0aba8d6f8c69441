import type { JSX } from 'preact';
import { showDate } from '../web/dates.ts';
import { Button, Form, HiddenFields, LinkButton } from '../web/form.tsx';
import { Frame, renderPage } from '../web/frame.tsx';
import { Facts, Panel } from '../web/parts.tsx';
import type { View } from '../web/view.ts';
import type { Registration } from './form.ts';
import type { KnownPerson } from './queries.ts';
import { displayName, readCoverage, readPatient, type Insurance, type Person } from './record.ts';
import { text } from './text.ts';

type Props = Readonly<{
  view: View;
  known: readonly KnownPerson[];
  typed: Registration;
  /** The form as it was sent, to be carried along. */
  values: Readonly<Record<string, string | readonly string[]>>;
  once: string;
}>;

/** Before a second record of the same person comes about: whom we have, and what to do. `view.path` is the form's page. */
export function knownPage({ view, known, typed, values, once }: Props): string {
  return renderPage(
    <Frame view={view} title={text.knownTitle} lead={text.knownLead}>
      {known.map((one) => {
        const person = readPatient(one.patient);
        const insurance = one.coverage ? readCoverage(one.coverage) : undefined;
        return (
          <Panel key={person.id} view={view} title={displayName(person, view.language)}>
            <PersonFacts view={view} person={person} insurance={insurance} beside={typed} />
            <LinkButton href={`/patients/${person.id}`}>{view.t(text.openThis)}</LinkButton>
          </Panel>
        );
      })}
      <Panel view={view} title={text.typedNow}>
        <PersonFacts view={view} person={typed.person} insurance={typed.insurance} />
        <Form view={view} action="/patients" once={once} kept>
          <HiddenFields values={values} />
          <HiddenFields values={{ confirmed: '1' }} />
          <p class="hint">{view.t(text.registerAnywayHint)}</p>
          <div class="buttons">
            <Button kind="secondary">{view.t(text.registerAnyway)}</Button>
            <LinkButton href={view.path} kind="quiet">
              {view.t(text.backToForm)}
            </LinkButton>
          </div>
        </Form>
      </Panel>
    </Frame>,
  );
}

function PersonFacts(
  props: Readonly<{
    view: View;
    person: Person;
    insurance: Insurance | undefined;
    /** Facts that are the same there are marked. */
    beside?: Registration;
  }>,
): JSX.Element {
  const { view, person, insurance, beside } = props;
  const facts = [
    [text.name, `${person.family} ${person.given}（${person.familyKana} ${person.givenKana}）`, undefined],
    [text.birthDate, showDate(person.birthDate, view.language, { era: true }), undefined],
    [text.address, addressLine(person), beside && addressLine(beside.person)],
    [text.phone, person.phone ?? '', beside?.person.phone],
    [text.insurance, insuranceLine(view, insurance), beside && insuranceLine(view, beside.insurance)],
  ] as const;
  return (
    <Facts
      view={view}
      rows={facts.map(([label, value, other]) => [
        label,
        value !== '' && value === other ? view.t(text.same(value)) : value,
      ])}
    />
  );
}

export const addressLine = (person: Person): string =>
  [person.postalCode && `〒${person.postalCode}`, `${person.prefecture}${person.municipality}${person.line}`]
    .filter(Boolean)
    .join(' ');

export const insuranceLine = (view: View, insurance: Insurance | undefined): string =>
  insurance === undefined || insurance.insurerNumber === '' ? '' : view.t(text.insuranceLine(insurance));
