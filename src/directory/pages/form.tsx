import type { JSX } from 'preact';
import { needs } from '../../programs/needs.ts';
import {
  Button,
  Buttons,
  CheckField,
  Dependent,
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
import { Facts, Notice, Panel } from '../../web/parts.tsx';
import type { View } from '../../web/view.ts';
import { text } from '../form-text.ts';
import type { AreaNames } from '../areas.ts';
import { interests } from '../interests.ts';
import { capacities, views } from '../record.ts';
import { capacityNames, text as listText, viewNames } from '../text.ts';
import type { Difference } from '../differences.ts';
import { labels } from './labels.ts';

export type FormGiven = Readonly<{
  view: View;
  state: FormState;
  once: string;
  areas: AreaNames;
  /** Groups to choose from; undefined when the group is settled. */
  bodies: readonly Readonly<{ id: string; name: string }>[] | undefined;
  /** Name of the group when it is settled. */
  provider: string;
  /** The entry that is changed, with the version its editor has seen. */
  entry: Readonly<{ id: string; name: string; seen: string }> | undefined;
  /** Where the entry differs from what was typed, when somebody else was faster. */
  overtaken?: readonly Difference[] | undefined;
}>;

export const formPage = (given: FormGiven): string => {
  const { view, state, entry } = given;
  const back = entry === undefined ? '/resources' : `/resources/${entry.id}`;
  return renderPage(
    <Frame
      view={view}
      title={entry === undefined ? text.newTitle : text.editTitle}
      state={state}
      back={{ href: back, label: entry === undefined ? listText.back : listText.backToEntry }}
      {...(entry === undefined ? {} : { lead: entry.name })}
    >
      <ErrorSummary view={view} state={state} labels={labels} />
      {given.overtaken === undefined ? null : <Overtaken view={view} differences={given.overtaken} />}
      <Form view={view} action={entry === undefined ? '/resources' : back} once={given.once}>
        <HiddenFields values={{ seen: entry?.seen }} />
        <WhoRuns {...given} />
        <What {...given} />
        <ForWhat {...given} />
        <ForWhom {...given} />
        <WhenAndWhere {...given} />
        <Contact {...given} />
        <HowItIs {...given} />
        <Buttons>
          <Button>{view.t(text.save)}</Button>
          <LinkButton href={back} kind="quiet">
            {view.t(entry === undefined ? listText.back : listText.backToEntry)}
          </LinkButton>
        </Buttons>
      </Form>
    </Frame>,
  );
};

function Overtaken({
  view,
  differences,
}: Readonly<{ view: View; differences: readonly Difference[] }>): JSX.Element {
  return (
    <Notice view={view} kind="warning" title={text.staleTitle}>
      <p>{view.t(differences.length === 0 ? text.staleSame : text.staleLead)}</p>
      {differences.length === 0 ? null : (
        <Facts
          view={view}
          rows={differences.map((d) => [
            Object.hasOwn(labels, d.name) ? labels[d.name as keyof typeof labels] : d.name,
            d.now === '' ? view.t(text.empty) : d.now,
          ])}
        />
      )}
    </Notice>
  );
}

const is = (question: string, answer: string) =>
  ({ behavior: 'all', conditions: [{ question, operator: '=', answer }] }) as const;

function WhoRuns({ view, state, bodies, provider }: FormGiven): JSX.Element {
  const field = { view, state };
  if (bodies === undefined)
    return (
      <Panel view={view} title={text.who}>
        <p>{provider}</p>
      </Panel>
    );
  return (
    <Panel view={view} title={text.who}>
      <RadioField
        {...field}
        name="who"
        label={labels.who}
        hint={text.whoHint}
        required
        options={[
          { value: 'known', label: text.known },
          { value: 'new', label: text.fresh },
        ]}
      />
      <Dependent when={is('who', 'known')}>
        <SelectField
          {...field}
          name="body"
          label={labels.body}
          mark={false}
          width="full"
          options={bodies.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Dependent>
      <Dependent when={is('who', 'new')}>
        <TextField {...field} name="bodyName" label={labels.bodyName} mark={false} maxLength={80} />
        <TextField {...field} name="bodyPhone" label={labels.bodyPhone} type="tel" width="medium" />
      </Dependent>
    </Panel>
  );
}

function What({ view, state }: FormGiven): JSX.Element {
  const field = { view, state };
  return (
    <Panel view={view} title={text.what}>
      <TextField {...field} name="name" label={labels.name} hint={text.nameHint} required maxLength={80} />
      <TextField {...field} name="kana" label={labels.kana} hint={text.kanaHint} maxLength={120} />
      <TextArea {...field} name="summary" label={labels.summary} hint={text.summaryHint} required rows={4} />
      <CheckField
        {...field}
        name="views"
        label={labels.views}
        hint={text.viewHint}
        required
        options={views.map((value) => ({ value, label: viewNames[value] }))}
      />
      <RadioField
        {...field}
        name="kind"
        label={labels.kind}
        required
        options={[
          { value: 'informal', label: listText.informal },
          { value: 'formal', label: listText.formal },
        ]}
      />
    </Panel>
  );
}

function ForWhat({ view, state }: FormGiven): JSX.Element {
  const field = { view, state };
  return (
    <Panel view={view} title={text.forWhat}>
      <div class="card-grid">
        <CheckField
          {...field}
          name="needs"
          label={labels.needs}
          hint={text.needHint}
          options={needs.map((n) => ({ value: n.code, label: n.label, picture: n.picture }))}
        />
      </div>
      <div class="card-grid">
        <CheckField
          {...field}
          name="interests"
          label={labels.interests}
          hint={text.interestHint}
          options={Object.entries(interests).map(([value, label]) => ({ value, label }))}
        />
      </div>
    </Panel>
  );
}

function ForWhom({ view, state, areas }: FormGiven): JSX.Element {
  const field = { view, state };
  return (
    <Panel view={view} title={listText.forWhom}>
      <RadioField
        {...field}
        name="reach"
        label={labels.reach}
        required
        options={[
          { value: 'these', label: text.these },
          { value: 'everywhere', label: text.everywhere },
        ]}
      />
      <Dependent when={is('reach', 'these')}>
        <div class="card-grid">
          <CheckField
            {...field}
            name="areas"
            label={labels.areas}
            mark={false}
            options={[...areas].map(([value, label]) => ({ value, label }))}
          />
        </div>
      </Dependent>
      <TextField
        {...field}
        name="eligibility"
        label={labels.eligibility}
        hint={text.eligibilityHint}
        maxLength={200}
      />
    </Panel>
  );
}

function WhenAndWhere({ view, state }: FormGiven): JSX.Element {
  const field = { view, state };
  return (
    <Panel view={view} title={text.when}>
      <TextArea
        {...field}
        name="availability"
        label={labels.availability}
        hint={text.availabilityHint}
        required
        rows={2}
      />
      <RadioField
        {...field}
        name="appointment"
        label={labels.appointment}
        required
        inline
        options={[
          { value: 'yes', label: listText.appointmentYes },
          { value: 'no', label: listText.appointmentNo },
          { value: 'unknown', label: listText.appointmentUnknown },
        ]}
      />
      <TextField {...field} name="fee" label={labels.fee} hint={text.feeHint} maxLength={100} />
      <TextField {...field} name="placeName" label={labels.placeName} hint={text.placeHint} maxLength={80} />
      <TextField {...field} name="address" label={labels.address} maxLength={200} />
      <p class="hint">{view.t(text.positionHint)}</p>
      <TextField {...field} name="lat" label={labels.lat} inputMode="decimal" width="short" />
      <TextField {...field} name="lon" label={labels.lon} inputMode="decimal" width="short" />
    </Panel>
  );
}

function Contact({ view, state }: FormGiven): JSX.Element {
  const field = { view, state };
  return (
    <Panel view={view} title={text.contact}>
      <p>{view.t(text.contactHint)}</p>
      <TextField {...field} name="phone" label={labels.phone} type="tel" width="medium" />
      <TextField {...field} name="fax" label={labels.fax} type="tel" width="medium" />
      <TextField {...field} name="email" label={labels.email} type="email" hint={text.emailHint} />
    </Panel>
  );
}

function HowItIs({ view, state }: FormGiven): JSX.Element {
  const field = { view, state };
  return (
    <Panel view={view} title={text.nowTitle}>
      <RadioField
        {...field}
        name="capacity"
        label={labels.capacity}
        required
        inline
        options={capacities.map((value) => ({ value, label: capacityNames[value] }))}
      />
      <RadioField
        {...field}
        name="active"
        label={labels.active}
        required
        inline
        options={[
          { value: 'yes', label: listText.active },
          { value: 'no', label: listText.closed },
        ]}
      />
      <SingleCheck {...field} name="assured" label={labels.assured} hint={text.assuredHint} />
    </Panel>
  );
}
