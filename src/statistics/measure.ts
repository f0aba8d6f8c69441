import type {
  CodeableConcept,
  Extension,
  MeasureReport,
  MeasureReportGroup,
  MeasureReportGroupPopulation,
  MeasureReportGroupStratifierStratum,
  Organization,
  Period,
  Reference,
} from '@medplum/fhirtypes';
import { concept } from '../fhir/codes.ts';
import type { Masked, Protected } from './linked.ts';

const dataAbsentReason = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const measurePopulation = 'http://terminology.hl7.org/CodeSystem/measure-population';

export type MeasureGroup = Readonly<{
  /** What is counted: one published list, such as referrals by age band. */
  code: CodeableConcept;
  /** The people in all strata together. */
  total?: Masked;
  strata: readonly Readonly<{ code: CodeableConcept; value: Masked }>[];
}>;

export type MeasureNeeds = Readonly<{
  id: string;
  /** Canonical of the Measure. */
  measure: string;
  period: Period;
  /** The organization whose figures these are. */
  reporter: Reference<Organization>;
  groups: readonly MeasureGroup[];
  /** Instant of the report, with offset. */
  date: string;
}>;

/**
 * A FHIR R4 MeasureReport of type summary: figures, no person and no reference to one. A masked number has no count but
 * the data-absent-reason `masked` in its place, so that nobody takes it for zero.
 */
export const buildMeasureReport = ({
  id,
  measure,
  period,
  reporter,
  groups,
  date,
}: MeasureNeeds): MeasureReport => ({
  resourceType: 'MeasureReport',
  id,
  status: 'complete',
  type: 'summary',
  measure,
  date,
  reporter: { ...reporter },
  period: { ...period },
  group: groups.map(groupOf),
});

/** A protected list (its items are the row totals) as a group. */
export const groupOfList = (
  list: Pick<Protected, 'rows' | 'rowTotals' | 'total'>,
  code: CodeableConcept,
  codeOf: (row: string) => CodeableConcept,
): MeasureGroup => ({
  code,
  total: list.total,
  strata: list.rows.map((row, r) => ({ code: codeOf(row), value: list.rowTotals[r] ?? { kind: 'masked' } })),
});

/** A protected table as groups: one for each row, its cells as strata, its row total as the whole. */
export const groupsOfTable = (
  table: Protected,
  rowCode: (row: string) => CodeableConcept,
  columnCode: (column: string) => CodeableConcept,
): MeasureGroup[] =>
  table.rows.map((row, r) => ({
    code: rowCode(row),
    total: table.rowTotals[r] ?? { kind: 'masked' },
    strata: table.columns.map((column, c) => ({
      code: columnCode(column),
      value: table.cells[r]?.[c] ?? { kind: 'masked' },
    })),
  }));

const groupOf = ({ code, total, strata }: MeasureGroup): MeasureReportGroup => ({
  code,
  ...(total === undefined ? {} : { population: [populationOf(total)] }),
  ...(strata.length === 0 ? {} : { stratifier: [{ code: [code], stratum: strata.map(stratumOf) }] }),
});

const stratumOf = ({ code, value }: MeasureGroup['strata'][number]): MeasureReportGroupStratifierStratum => ({
  value: code,
  population: [populationOf(value)],
});

/** FHIR JSON writes what is said about an absent primitive under its name with an underscore. */
type Population = MeasureReportGroupPopulation & { _count?: { extension: Extension[] } };

const populationOf = (value: Masked): Population => ({
  code: concept(measurePopulation, 'initial-population', 'Initial Population'),
  ...(value.kind === 'shown'
    ? { count: value.value }
    : { _count: { extension: [{ url: dataAbsentReason, valueCode: 'masked' }] } }),
});
