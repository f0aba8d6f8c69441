import { everythingTypes, personTypes } from '../../../fhir/everything.ts';
import { fhirIssue, type FhirIssue } from '../../../fhir/outcome.ts';
import type { OpenRecords } from '../../../fhir/records.ts';
import type { RecordType } from '../../../fhir/types.ts';
import { Refused } from '../../../kernel/problem.ts';
import type { Input, SystemRun } from '../operations/operation.ts';
import { outsideScope, turnAway, TurnedAway } from '../refusal.ts';
import { addJob } from './queries.ts';
import { exportText as text } from './text.ts';

type Needs = Readonly<{ open: OpenRecords; base: string }>;

/** How long a program is asked to wait that has as many exports as it may, in seconds. */
const wait = 60;

/**
 * `$export` (Bulk Data Access 2.0): writes down what is wanted and answers at once; the job runner does it. Only kinds of
 * record that the token is for.
 */
export const exporting =
  ({ open, base }: Needs, level: 'system' | 'Patient'): SystemRun =>
  async ({ bearer, input, given, header, language }) => {
    if (!/(?:^|[\s,;])respond-async(?=$|[\s,;])/.test(header('prefer') ?? ''))
      throw turnAway(400, 'required', 'http.Prefer', text.async);
    const exported = level === 'system' ? everythingTypes : personTypes;
    const { types, since } = wanted(input(), exported);
    const outside = types?.find((type) => !bearer.may(type, 'r'));
    if (outside !== undefined) throw outsideScope(outside, 'r');
    const query = new URLSearchParams(given.map(([name, value]) => [name, value])).toString();
    const asked = `${base}/${level === 'system' ? '' : 'Patient/'}$export${query === '' ? '' : `?${query}`}`;
    const readable = types ?? exported.filter((type) => bearer.may(type, 'r'));
    const id = await open(bearer.actor, (records) => addJob(records, { types: readable, since, asked }));
    if (id === undefined) throw new Refused({ kind: 'too-many', retryAfterSeconds: wait });
    return {
      status: 202,
      headers: { 'Content-Location': `${base}/export/${id}` },
      body: {
        resourceType: 'OperationOutcome',
        issue: [
          { severity: 'information', code: 'informational', details: { text: text.started[language] } },
        ],
      },
    };
  };

function wanted(
  input: Input,
  exported: readonly RecordType[],
): { types: RecordType[] | undefined; since: Date | undefined } {
  const faults: FhirIssue[] = [];
  for (const { path, value } of input('_outputFormat'))
    // A plus sign in an address is a space.
    if (
      !['application/fhir+ndjson', 'application/ndjson', 'ndjson'].includes(
        String(value).replaceAll(' ', '+'),
      )
    )
      faults.push(fhirIssue('not-supported', path, text.format));
  const types = input('_type').flatMap(({ path, value }) =>
    String(value)
      .split(',')
      .flatMap((name) => {
        const type = exported.find((one) => one === name);
        if (type === undefined) faults.push(fhirIssue('not-supported', path, text.type(name.slice(0, 40))));
        return type ?? [];
      }),
  );
  if (faults.length > 0) throw new TurnedAway(400, ...faults.slice(0, 100));
  const [since] = input('_since');
  return {
    types: types.length > 0 ? [...new Set(types)] : undefined,
    since: since && new Date(String(since.value)),
  };
}
