import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes';
import { canonical } from '../../../fhir/codes.ts';
import type { Definitions } from '../../../fhir/defined.ts';
import { fhirIssue, type FhirIssue } from '../../../fhir/outcome.ts';
import type { OpenRecords, Records } from '../../../fhir/records.ts';
import { isId } from '../../../fhir/references.ts';
import { eachReference } from '../../../fhir/referring.ts';
import { isRecordType, type FhirRecord, type RecordType } from '../../../fhir/types.ts';
import type { ValidateResource } from '../../../fhir/validate.ts';
import { localized } from '../links.ts';
import { turnAway } from '../refusal.ts';
import type { Asked, Run, Value } from './operation.ts';
import { inputText, validateText as text } from './text.ts';
import { refusedRemoval, refusedWriting } from './trying.ts';

type Needs = Readonly<{
  open: OpenRecords;
  validate: ValidateResource;
  definitions: Definitions;
  base: string;
}>;
type Severity = OperationOutcomeIssue['severity'];
type Found = FhirIssue & Readonly<{ severity: Severity }>;

const modes = ['create', 'update', 'delete', 'profile'] as const;
type Mode = (typeof modes)[number];

/**
 * `$validate` (FHIR R4, resource-operation-validate): base R4, profiles (those asked for, those the record claims, else
 * the one meant for it), references, and the rules of writing, tried in a transaction that is undone. Without a mode what
 * the rules would refuse is information; with `create`, `update` or `delete` it is an error. Always 200 when it could be read.
 */
export const validating =
  (needs: Needs): Run =>
  async (asked) => {
    const input = asked.input();
    const issues: Found[] = [];
    const add = (severity: Severity, ...list: readonly FhirIssue[]): void =>
      void issues.push(...list.map((one) => ({ ...one, severity })));
    const mode = modeOf(input('mode')[0], add);
    const record = await recordIn(needs, asked, input('resource')[0]);
    const wrong = structureOf(needs, asked, record);
    add('error', ...wrong);
    if (wrong.length > 0) return { body: outcome(asked, issues) };
    const sound = record as FhirRecord;
    // What is in a record that goes matters to nobody, unless it is asked.
    if (mode !== 'delete' || input('profile').length > 0) profilesOf(needs, sound, input('profile'), add);
    if (mode === 'delete') addRefusals(issues, 'error', await refusedRemoval(needs.open, asked, sound));
    else {
      const known = await lookUp(needs, asked, sound, add);
      const severity = mode === undefined ? 'information' : 'error';
      const does = mode ?? (known ? 'update' : 'create');
      if (does !== 'profile')
        addRefusals(issues, severity, await refusedWriting(needs.open, asked, sound, does));
    }
    return { body: outcome(asked, issues) };
  };

type Add = (severity: Severity, ...list: readonly FhirIssue[]) => void;

function modeOf(given: Value | undefined, add: Add): Mode | undefined {
  if (given === undefined) return undefined;
  const mode = modes.find((one) => one === given.value);
  if (mode === undefined)
    add('error', fhirIssue('value', given.path, text.mode(String(given.value).slice(0, 40))));
  return mode;
}

/** What came, with references to this server as `Type/id`; else what is stored under that id. */
async function recordIn({ open, base }: Needs, asked: Asked, given: Value | undefined): Promise<unknown> {
  if (given) return localized(given.resource as FhirRecord, base);
  const { id, type, bearer } = asked;
  if (id === undefined)
    throw turnAway(400, 'required', 'Parameters.parameter', inputText.missing('resource'));
  return open(bearer.actor, (records) => records.read(type, id));
}

function structureOf({ validate }: Needs, { type, id }: Asked, record: unknown): readonly FhirIssue[] {
  const { resourceType, id: own } = record as { resourceType?: unknown; id?: unknown };
  if (resourceType !== type) return [fhirIssue('invalid', `${type}.resourceType`, text.otherType(type))];
  if (id !== undefined && own !== undefined && own !== id)
    return [fhirIssue('invalid', `${type}.id`, text.otherId)];
  return validate(record);
}

function profilesOf({ definitions }: Needs, record: FhirRecord, asked: readonly Value[], add: Add): void {
  const claimed = record.meta?.profile ?? [];
  const wanted = asked.map(({ value, path }) => ({ url: String(value), path }));
  let held = 0;
  const hold = (url: string, path: string, missing: Severity): void => {
    const profile = definitions.named(url);
    const shown = url.slice(0, 200);
    if (profile === undefined) {
      const says = missing === 'error' ? text.unknownProfile(shown) : text.foreignProfile(shown);
      add(missing, fhirIssue('not-found', path, says));
      return;
    }
    held += 1;
    if (profile.type === record.resourceType) add('error', ...profile.check(record));
    else add('error', fhirIssue('invalid', path, text.otherProfile(shown, record.resourceType)));
  };
  for (const { url, path } of wanted) hold(url, path, 'error');
  claimed.forEach((url, i) => {
    if (wanted.some((one) => one.url === url)) return;
    const path = `${record.resourceType}.meta.profile[${String(i)}]`;
    hold(url, path, url.startsWith(`${canonical}/`) ? 'error' : 'warning');
  });
  if (held > 0 || wanted.length > 0) return;
  const usual = definitions.usual(record);
  if (!usual) add('information', fhirIssue('informational', record.resourceType, text.noProfile));
  else {
    add('error', ...usual.check(record));
    add('information', fhirIssue('informational', record.resourceType, text.held(usual.url)));
  }
}

/** Looks where the references lead, as the caller sees it. Says whether the record itself is there already. */
async function lookUp({ open }: Needs, asked: Asked, record: FhirRecord, add: Add): Promise<boolean> {
  const local = new Map<RecordType, Map<string, string>>();
  eachReference(record, record.resourceType, (link, path) => {
    if (link.startsWith('#')) return;
    const [type, id, ...more] = link.split('/');
    const shown = link.slice(0, 100);
    if (isRecordType(type) && isId(id) && more.length === 0)
      local.set(type, (local.get(type) ?? new Map<string, string>()).set(id, path));
    else if (/^(?:https?|urn):/.test(link))
      add('warning', fhirIssue('incomplete', path, text.elsewhere(shown)));
    else add('warning', fhirIssue('not-found', path, text.unresolved(shown)));
  });
  const own = asked.id ?? record.id;
  const look = async (records: Records): Promise<boolean> => {
    for (const [type, ids] of local) {
      const seen = new Set((await records.readMany(type, [...ids.keys()])).map((one) => one.id));
      for (const [id, path] of ids)
        if (!seen.has(id)) add('warning', fhirIssue('not-found', path, text.unresolved(`${type}/${id}`)));
    }
    return own !== undefined && (await records.readMany(record.resourceType, [own])).length > 0;
  };
  return open(asked.bearer.actor, look);
}

/** A reference that leads nowhere was said already; to a writer it is more than a warning. */
function addRefusals(
  issues: Found[],
  severity: 'error' | 'information',
  refusals: readonly FhirIssue[],
): void {
  for (const refusal of refusals) {
    const said = issues.findIndex(({ path, code }) => path === refusal.path && code === 'not-found');
    if (said >= 0 && severity === 'information') continue;
    if (said >= 0) issues.splice(said, 1);
    issues.push({ ...refusal, severity });
  }
}

const order: readonly Severity[] = ['fatal', 'error', 'warning', 'information'];

function outcome({ language, type }: Asked, issues: readonly Found[]): OperationOutcome {
  const bad = issues.some((one) => one.severity !== 'information');
  const refused = issues.some((one) => one.severity === 'information' && one.code !== 'informational');
  const fine: Found = { ...fhirIssue('informational', type, text.fine), severity: 'information' };
  const all = bad || refused ? issues : [fine, ...issues];
  const sorted = all.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return {
    resourceType: 'OperationOutcome',
    issue: sorted.slice(0, 200).map(({ severity, code, path, says }) => ({
      severity,
      code,
      details: { text: says[language] },
      expression: [path === '' ? type : path],
    })),
  };
}
