import type { JSX } from 'preact';
import type { Role } from '../../kernel/actor.ts';
import {
  CheckField,
  DateField,
  Dependent,
  RadioField,
  TextArea,
  TextField,
  type FormState,
} from '../../web/form.tsx';
import type { View } from '../../web/view.ts';
import { extents, kinds, uniqueOffers, type Extent } from './offered.ts';
import { kindTitle } from './names.ts';
import { text } from './text.ts';

type Given = Readonly<{ view: View; state: FormState }>;

/** What it is, what for, and who looks after it. */
export function AboutFields(field: Given): JSX.Element {
  return (
    <>
      <TextField {...field} name="name" label={text.name} hint={text.nameHint} required maxLength={80} />
      <TextArea
        {...field}
        name="purpose"
        label={text.purpose}
        hint={text.purposeHint}
        required
        rows={3}
        maxLength={500}
      />
      <TextField {...field} name="contact" type="email" label={text.contact} required width="medium" />
    </>
  );
}

/** What it may do, and until when. One box for each scope that one of these roles may have. */
export function MayFields({ roles, ...field }: Given & Readonly<{ roles: readonly Role[] }>): JSX.Element {
  const offers = uniqueOffers(roles);
  return (
    <>
      <RadioField
        {...field}
        name="extent"
        label={text.extent}
        hint={text.extentHint}
        required
        options={(Object.keys(extents) as Extent[]).map((value) => {
          const scope = extents[value];
          return { value, label: text[value], ...(scope === undefined ? {} : { hint: scope }) };
        })}
      />
      <Dependent when={onlyChosen}>
        <div class="questions">
          {kinds.map((kind) => {
            const some = offers.filter((one) => one.kind === kind);
            return some.length === 0 ? null : (
              <CheckField
                key={kind}
                {...field}
                name={kind}
                label={kindTitle(kind)}
                mark={false}
                inline
                options={some.map(({ deed, says }) => ({ value: deed, label: says }))}
              />
            );
          })}
        </div>
      </Dependent>
      <DateField {...field} name="until" label={text.until} hint={text.untilHint} era={false} />
    </>
  );
}

const onlyChosen = {
  behavior: 'all',
  conditions: [{ question: 'extent', operator: '=', answer: 'chosen' }],
} as const;

/** The fields in their order, for the list of what is wrong. */
export const entryLabels = {
  name: text.name,
  purpose: text.purpose,
  contact: text.contact,
  id: text.id,
  role: text.role,
  extent: text.extent,
  ...Object.fromEntries(kinds.map((kind) => [kind, kindTitle(kind)])),
  until: text.until,
  proof: text.proofAsk,
  keys: text.keys,
};
