import type { HealthcareService, Location, Organization } from '@medplum/fhirtypes';
import type { Change, Records, Rule } from '../fhir/records.ts';
import { idOf } from '../fhir/references.ts';
import type { RecordOf, RecordType, Stored } from '../fhir/types.ts';
import { forbidden, invalid, issue } from '../kernel/problem.ts';
import { organizationKinds, readOrganization } from '../people/record.ts';
import { keeps, keepsEntries, readKeeper } from './keeper.ts';
import { readResource } from './record.ts';
import { notAKeeper, notYours, outsideArea, unfitProvider } from './refusals.ts';

/** What the store refuses of the directory: who keeps which entry, and that nobody makes a group into something else. */
export const directoryRules: readonly Rule[] = [
  { types: ['HealthcareService'], check: checkService, remove: checkRemoval },
  { types: ['Location'], check: checkLocation },
  { types: ['Organization'], check: checkOrganization },
  {
    types: ['Organization', 'Practitioner', 'PractitionerRole'],
    check: () => undefined,
    remove: refuseRemoval,
  },
];

async function checkRemoval(record: Stored, records: Records): Promise<void> {
  const keeper = await readKeeper(records);
  if (!keepsEntries(records.actor.role) || !keeps(keeper, readResource(record as Stored<HealthcareService>)))
    throw notYours(keeper);
}

/** What bodies and people did names them for good. */
function refuseRemoval(): never {
  throw forbidden({
    ja: '機関・人・役割の登録は削除できません。使わなくなったら active を false にしてください。',
    en: 'Bodies, people and their posts are never deleted. Set active to false when they are over.',
  });
}

async function checkService({ before, after, together }: Change, records: Records): Promise<void> {
  const { role } = records.actor;
  if (role === 'system') return;
  if (!keepsEntries(role)) throw notAKeeper();
  const keeper = await readKeeper(records);
  const is = readResource(after as Stored<HealthcareService>);
  const was = before && readResource(before as Stored<HealthcareService>);
  if (was && !keeps(keeper, was)) throw notYours(keeper);
  if (was && was.organizationId !== is.organizationId)
    throw invalid(
      issue(
        'HealthcareService.providedBy',
        '活動する団体は変えられません。この登録を休止にして、新しく登録してください。',
        'The provider cannot be changed. Close this entry and make a new one.',
      ),
    );
  if (!was && keeper.role === 'resource' && !keeps(keeper, is)) throw notYours(keeper);
  if (!was && !keeps(keeper, is)) throw invalid(outsideArea('HealthcareService.extension', keeper));
  if (!was) {
    // Asking a resource opens a person to its provider, so that must be a group and not another office.
    const provider = await arrivingOrStored('Organization', is.organizationId, together, records);
    if (!provider || readOrganization(provider).kind !== 'resource')
      throw invalid(unfitProvider('HealthcareService.providedBy'));
  }
  await checkPlaceOf(after as Stored<HealthcareService>, together, records);
}

/** A place that belongs to somebody else would be changed by whoever keeps this entry. */
async function checkPlaceOf(
  service: Stored<HealthcareService>,
  together: readonly Stored[],
  records: Records,
): Promise<void> {
  const id = idOf(service.location?.[0], 'Location');
  if (id === undefined) return;
  const place = await arrivingOrStored('Location', id, together, records);
  if (place?.managingOrganization?.reference !== service.providedBy?.reference)
    throw invalid(
      issue(
        'HealthcareService.location',
        '場所は、活動する団体のものでなければなりません。',
        'The location must be managed by the provider.',
      ),
    );
}

const managerOf = (place: Stored): string | undefined =>
  idOf((place as Stored<Location>).managingOrganization, 'Organization');

async function checkLocation({ before, after }: Change, records: Records): Promise<void> {
  const { role, organization } = records.actor;
  if (role === 'system') return;
  if (!keepsEntries(role)) throw notAKeeper();
  const keeper = await readKeeper(records);
  if (managerOf(after) === undefined)
    throw invalid(
      issue(
        'Location.managingOrganization',
        '場所には、活動する団体が必要です。',
        'A location must name the organization that manages it.',
      ),
    );
  if (before && managerOf(before) !== managerOf(after))
    throw invalid(
      issue(
        'Location.managingOrganization',
        '場所の団体は変えられません。',
        'The organization of a location cannot be changed.',
      ),
    );
  if (role === 'resource') {
    if (managerOf(after) !== organization) throw notYours(keeper);
    return;
  }
  if (!before) return;
  const there = await records.find('HealthcareService', [['location', before.id]]);
  if (!there.some((service) => keeps(keeper, readResource(service)))) throw notYours(keeper);
}

/** What an organization is decides what is sent to it and who may act for it; that is not for its own people to say. */
const fixed = ['kind', 'serves', 'active', 'partOf', 'municipalityCode', 'insurerNumber'] as const;

function checkOrganization({ before, after }: Change, records: Records): void {
  const { role, organization } = records.actor;
  if (role === 'system' || role === 'admin') return;
  const is = readOrganization(after as Stored<Organization>);
  if (!before) {
    if (role === 'resource' || !keepsEntries(role)) throw notAKeeper();
    if (!isGroupAlone(after as Stored<Organization>)) throw invalid(unfitProvider('Organization.type'));
    return;
  }
  const was = readOrganization(before as Stored<Organization>);
  if (was.id !== organization && was.kind !== 'resource')
    throw forbidden({
      ja: 'ほかの機関の登録は変えられません。',
      en: 'You cannot change the entry of another organization.',
    });
  const changed = fixed.some((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
  const sameType =
    String(typesOf(before as Stored<Organization>)) === String(typesOf(after as Stored<Organization>));
  if (changed || !sameType)
    throw forbidden({
      ja: '機関の種類・担当の地域・番号を変えられるのは、管理者だけです。',
      en: 'Only an administrator changes what an organization is and where it works.',
    });
}

const typesOf = (body: Organization): string[] =>
  (body.type ?? []).flatMap((t) => t.coding ?? []).map((c) => `${c.system ?? ''}|${c.code ?? ''}`);

/** A second type, in whatever system, would make the row rules take a group for an office. */
const isGroupAlone = (body: Organization): boolean =>
  readOrganization(body).kind === 'resource' &&
  typesOf(body).every((token) => !organizationKinds.some((k) => k !== 'resource' && token.endsWith(`|${k}`)));

async function arrivingOrStored<T extends RecordType>(
  type: T,
  id: string,
  together: readonly Stored[],
  records: Records,
): Promise<Stored<RecordOf<T>> | undefined> {
  const arriving = together.find((r) => r.resourceType === type && r.id === id);
  if (arriving) return arriving as Stored<RecordOf<T>>;
  const [stored] = await records.readMany(type, [id]);
  return stored;
}
