import type { Communication } from '@medplum/fhirtypes';
import { codesOf, systems } from '../../fhir/codes.ts';
import { idsOf } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { asSent } from './bundle.ts';
import type { Meeting } from './meeting.ts';
import { unlessThere } from './names.ts';
import { markMade } from './partner-records.ts';

/** Reports that ours wrote to the doctor go to the server of the clinic, before the move that closes the person to ours there. */
export async function tellReports(meeting: Meeting): Promise<void> {
  const { pool, open, ours, shared, them, names, base } = meeting;
  const reports = await open(ours, async (records): Promise<Stored<Communication>[]> => {
    const [task] = await records.readMany('Task', [shared.task]);
    const [request] = idsOf(task?.focus && [task.focus], 'ServiceRequest');
    return request === undefined
      ? []
      : (await records.find('Communication', [['based-on', request]])).filter(
          (one) =>
            codesOf(one.category, systems.communication).includes('report') &&
            idsOf(one.sender && [one.sender], 'Organization').includes(records.actor.organization),
        );
  });
  for (const report of reports) {
    if (names.theirs.has(`Communication/${report.id}`)) continue;
    const id = await them.create(
      asSent(report, names),
      unlessThere(base, 'Communication', report.id),
      `report-${report.id}`,
    );
    const version = Number(report.meta.versionId);
    await markMade(pool, shared, { type: 'Communication', id: report.id, theirs: id, version });
  }
}
