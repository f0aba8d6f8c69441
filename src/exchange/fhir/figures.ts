import type { Bundle, MeasureReport } from '@medplum/fhirtypes';
import type { Records } from '../../fhir/records.ts';
import { forbidden, notFound } from '../../kernel/problem.ts';
import { figuresOf } from '../../statistics/figures.ts';
import { reportOf } from '../../statistics/report.ts';

const readers = ['council', 'coordinator'];

/** The council's figures for programs: one MeasureReport a fiscal year, masked as on the page. */
export const figures = {
  read: async (records: Records, id: string): Promise<MeasureReport> => {
    if (!readers.includes(records.actor.role)) throw forbidden();
    if (!/^\d{4}$/.test(id)) throw notFound();
    const found = await figuresOf(records, Number(id));
    if (!found) throw notFound();
    return reportOf(found, records.actor.organization, records.now);
  },
  find: async (records: Records, base: string): Promise<Bundle> => {
    if (!readers.includes(records.actor.role)) throw forbidden();
    const newest = await figuresOf(records);
    const reports = newest ? [reportOf(newest, records.actor.organization, records.now)] : [];
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      total: reports.length,
      entry: reports.map((resource) => ({
        fullUrl: `${base}/MeasureReport/${resource.id ?? ''}`,
        resource,
        search: { mode: 'match' },
      })),
    };
  },
};
