import { items, sightOf, type Audience, type Item } from '../../../src/access/sight.ts';
import type { Role } from '../../../src/kernel/actor.ts';
import type { RecordType } from '../../../src/fhir/types.ts';
import type { ConsentItem } from '../../../src/consent/record.ts';
import type { BodyName, Named, Said, State } from './states.ts';

/** Somebody who looks. `mine`: the person is the one whom a bearer's link is for; `holds`: the post that has the emergency, the case. */
export type Who = Readonly<{
  role: Role;
  body: BodyName;
  bearer?: 'mine' | 'another';
  holds?: 'emergency' | 'case';
  /** Sees what is under the seals. */
  named?: true;
}>;

/** What the rules have to know of a record. */
export type What = Readonly<{
  type: RecordType;
  item: Item;
  keeper: BodyName;
  addressee?: BodyName;
  requester?: BodyName;
  partOf?: boolean;
  report?: boolean;
  /** A disclosure that rests on law. */
  lawful?: boolean;
}>;

/** `own`: only what the body wrote or received, of the items its role sees of that. */
type Grant = Readonly<{ items: readonly (Item | 'own')[]; works: boolean; over: boolean }>;

const kindOf: Partial<Record<BodyName, 'office' | 'resource' | 'insurer' | 'meeting'>> = {
  office: 'office',
  otherOffice: 'office',
  resource: 'resource',
  otherResource: 'resource',
  insurer: 'insurer',
  otherInsurer: 'insurer',
  meeting: 'meeting',
  otherMeeting: 'meeting',
};

/** What a consent says of a recipient: items in general, items by name; neither where it is not named or all was taken back. */
function saidOf(said: Said, names: readonly Named[]): { general: ConsentItem[]; byName: ConsentItem[] } {
  const left = (item: ConsentItem): boolean =>
    !said.takenBack.some(
      (back) =>
        (back.to === undefined || names.includes(back.to)) && (back.item === undefined || back.item === item),
    );
  const byName = said.also.filter((one) => names.includes(one.to)).flatMap((one) => one.items);
  const general = said.to.some((one) => names.includes(one)) ? said.items : [];
  return { general: general.filter(left), byName: byName.filter(left) };
}

const narrow = ({ general, byName }: ReturnType<typeof saidOf>): ConsentItem[] => [
  ...general.filter((item) => item === 'contact'),
  ...byName,
];
const names = (said: Said, to: readonly Named[]): boolean => {
  const { general, byName } = saidOf(said, to);
  return general.length + byName.length > 0;
};

/** What one consent in force opens to somebody, if anything. */
function grantOf(state: State, said: Said, { body, holds }: Who, audience: Audience): Grant | undefined {
  const kind = kindOf[body];
  if (said.status !== 'active' || said.period === 'over') return undefined;
  const works = said.period === 'current';
  const of = (may: readonly (Item | 'own')[], over = false): Grant => ({ items: may, works, over });
  const to: Named[] = kind === undefined ? [`the ${body}`] : [`the ${body}`, kind];
  if (said.basis === 'law') {
    // What rests on law names bodies, and opens items and nothing else.
    const fits =
      audience === (kind === 'office' || kind === undefined ? 'staff' : kind === 'resource' ? 'group' : kind);
    return said.to.includes(`the ${body}`) && fits ? of(said.items) : undefined;
  }
  const given = saidOf(said, to);
  const opened = [...given.general, ...given.byName];
  const [referred, asked] = [state.referral !== 'draft', state.requests !== 'draft'];
  switch (audience) {
    case 'staff': // an office to which the person was referred
      if (body !== 'office' || !referred || !names(said, to)) return undefined;
      return state.referral === 'called off' ? of([], true) : of([...opened, 'request', 'insurance']);
    case 'resident': // who helps there: whoever has it in hand, or all while nobody has
      if (body !== 'office' || !referred || !names(said, to) || !names(said, ['resident'])) return undefined;
      if (state.inHand === 'neighbour' && holds !== 'case') return undefined;
      return state.referral === 'called off'
        ? of([], true)
        : of(['request', ...narrow(saidOf(said, ['resident']))]);
    case 'group': // which was asked
      if (body !== 'resource' || !asked || !names(said, to)) return undefined;
      return state.requests === 'called off' ? of([], true) : of(['own', ...narrow(given)]);
    case 'meeting':
      if (body !== 'meeting' || !asked || !names(said, to)) return undefined;
      return state.requests === 'called off' ? of([], true) : of(['own', ...opened]);
    case 'insurer': // of its own members
      return body === 'insurer' && names(said, to) ? of([...opened, 'insurance']) : undefined;
    case 'nobody':
      return undefined;
  }
}

/** On what grounds somebody sees a person at all. */
export function grantsTo(state: State, who: Who, consents = state.consents): Grant[] {
  const { audience } = sightOf(who.role);
  const grants = consents.flatMap((said) => grantOf(state, said, who, audience) ?? []);
  if (state.unattended) grants.length = 0;
  if (who.body === 'clinic' && audience === 'staff')
    grants.push({ items: ['contact', 'insurance'], works: true, over: false });
  if (state.emergency === 'now' && who.holds === 'emergency')
    grants.push({ items, works: true, over: false });
  return grants;
}

const isTo = ({ addressee, type }: What, body: BodyName): boolean =>
  addressee === body && ['Task', 'ServiceRequest', 'Communication'].includes(type);

/** Whether one of the grounds opens the record to that role. */
function opens(state: State, who: Who, what: What, grants: readonly Grant[]): boolean {
  const sight = sightOf(who.role);
  if (!sight.items.includes(what.item) || who.bearer === 'another') return false;
  if (sight.audience === 'group' && state.limited && ['Patient', 'RelatedPerson'].includes(what.type))
    return false;
  // A file may show what was sealed.
  if (state.sealed && what.type === 'Binary' && who.named !== true) return false;
  return grants.some(
    (grant) =>
      grant.items.includes(what.item) ||
      (sight.own.includes(what.item) && (what.keeper === who.body || isTo(what, who.body))),
  );
}

export const sees = (state: State, who: Who, what: What): boolean =>
  opens(state, who, what, grantsTo(state, who));

/** Kinds of record that bearers of a link, groups and residents have to write. */
const parts: Partial<Record<Role, readonly RecordType[]>> = {
  patient: ['QuestionnaireResponse', 'Observation', 'Condition', 'Provenance'],
  resource: ['Task', 'ServiceRequest', 'Communication', 'Encounter', 'Procedure', 'Provenance'],
  neighbour: ['RelatedPerson', 'Task', 'ServiceRequest', 'Communication', 'Encounter', 'Provenance'],
  insurer: [],
  meeting: [],
};
const isTheirs = (role: Role, type: RecordType): boolean => parts[role]?.includes(type) !== false;

/** Whether the row rules let somebody write a next version; what else may change is for the slices to say. */
export function replaces(state: State, who: Who, what: What): boolean {
  const working = grantsTo(state, who).filter((grant) => grant.works);
  if (!opens(state, who, what, working)) return false;
  // A consent is taken back by whoever the person tells, also by a resident who helps.
  if (what.type === 'Consent') return !['patient', 'resource', 'insurer', 'meeting'].includes(who.role);
  const isOwn = what.keeper === who.body || (what.type !== 'Communication' && isTo(what, who.body));
  return isOwn && isTheirs(who.role, what.type);
}

/** Kinds of record that nobody deletes, and the person, whom everything else names. */
export const lasting: readonly RecordType[] = ['Consent', 'Provenance', 'Patient'];

/** Whether the row rules let somebody delete a record; what has to stay all the same is for the slices to say. */
export const removes = (state: State, who: Who, what: What): boolean =>
  ['doctor', 'reception', 'linkworker'].includes(who.role) &&
  what.keeper === who.body &&
  !lasting.includes(what.type) &&
  replaces(state, who, what);

/** Whether somebody may add such a record, kept by their own body. */
export function adds(state: State, who: Who, what: What): boolean {
  const { role, body } = who;
  const working = grantsTo(state, who).some((grant) => grant.works && !grant.over);
  const keepsPerson =
    body === 'clinic' && sees(state, who, { type: 'Patient', item: 'contact', keeper: 'clinic' });
  if (what.type === 'Communication' && what.report === true && role === 'neighbour')
    return working && what.addressee !== body;
  const answers =
    ['insurer', 'meeting'].includes(role) && ['Communication', 'Provenance'].includes(what.type);
  if (!sightOf(role).own.includes(what.item) || !(answers || isTheirs(role, what.type))) return false;
  if (what.type === 'Patient') return body === 'clinic';
  if (what.type === 'Consent') return keepsPerson || (what.lawful === true && working);
  if (what.type === 'Task')
    return what.requester === body && working && (what.partOf === true || keepsPerson);
  return working;
}
