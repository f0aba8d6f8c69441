import type { JSX } from 'preact';
import { needs } from '../../programs/needs.ts';
import {
  CheckField,
  Dependent,
  RadioField,
  SelectField,
  SingleCheck,
  TextArea,
  TextField,
} from '../../web/form.tsx';
import { Panel } from '../../web/parts.tsx';
import { text } from '../form-text.ts';
import { interests } from '../interests.ts';
import { capacities, views } from '../record.ts';
import { capacityNames, text as listText, viewNames } from '../text.ts';
import type { FormGiven } from './form.tsx';
import { labels } from './labels.ts';

const is = (question: string, answer: string) =>
  ({ behavior: 'all', conditions: [{ question, operator: '=', answer }] }) as const;

export function WhoRuns({ view, state, bodies, provider }: FormGiven): JSX.Element {
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

export function What({ view, state }: FormGiven): JSX.Element {
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

export function ForWhat({ view, state }: FormGiven): JSX.Element {
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

export function ForWhom({ view, state, areas }: FormGiven): JSX.Element {
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

export function WhenAndWhere({ view, state }: FormGiven): JSX.Element {
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

export function Contact({ view, state }: FormGiven): JSX.Element {
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

export function HowItIs({ view, state }: FormGiven): JSX.Element {
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
