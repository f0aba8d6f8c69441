import type { Questionnaire } from '@medplum/fhirtypes';
import { checkConditions } from '../../programs/check-conditions.ts';
import { checkExpressions } from '../../programs/check-expressions.ts';
import { changedUnheeded, passedOver } from '../../programs/check-extensions.ts';
import { checkFiles, filesPassedOver } from '../../programs/check-files.ts';
import { checkReadings } from '../../programs/check-readings.ts';
import type { Fault } from '../../programs/fault.ts';
import { placedItems } from '../../programs/items.ts';
import { withOptions } from '../../programs/value-sets.ts';
import { checkExtraction } from './check-extraction.ts';
import { checkHead, checkItem, checkNames, checkOptions } from './check-items.ts';
import { tryForm } from './trial.ts';

/** What stands against using a form, and what of it is passed over here; each with its place in the file. */
export type Checked = Readonly<{ faults: readonly Fault[]; lacking: readonly Fault[] }>;

const most = { items: 500, depth: 10 } as const;

/**
 * Holds a FHIR R4 Questionnaire made elsewhere against what this software can do. It has been validated as FHIR before.
 * Nothing is dropped in silence: what would change what is asked, or what an answer means, stands against its use; what
 * only changes how it looks is named.
 */
export function checkForm(form: Questionnaire): Checked {
  const placed = placedItems(form);
  const deep = placed.find(({ place }) => place.split('.').length > most.depth);
  if (placed.length > most.items || deep !== undefined)
    return {
      faults: [
        {
          place: deep?.place ?? 'item',
          says: `has more than ${String(most.items)} items, or more than ${String(most.depth)} levels`,
          ja: `項目が${String(most.items)}を超えるか、入れ子が${String(most.depth)}段を超えています`,
        },
      ],
      lacking: [],
    };
  const resolved = placedItems(withOptions(form));
  const faults = [
    ...checkHead(form),
    ...checkNames(placed),
    ...placed.flatMap((one) => checkItem(form, one)),
    ...resolved.flatMap(checkOptions),
    ...checkConditions(resolved, { backwards: false }),
    ...checkExpressions(form),
    ...checkFiles(form),
    ...changedUnheeded(form),
    ...checkReadings(form),
  ];
  const lacking = [...passedOver(form), ...filesPassedOver(form)];
  if (faults.length > 0) return { faults, lacking };
  const [worked, extraction] = [tryForm(form), checkExtraction(form)];
  return {
    faults: [...worked.faults, ...extraction.faults],
    lacking: [...lacking, ...worked.lacking, ...extraction.lacking],
  };
}

/**
 * The same trial for a form of a program's folder, whose author is there to mend it: what is only named of a form made
 * elsewhere, because it leaves a question open that could have been filled in, is a mistake here.
 */
export function tryProgramForm(form: Questionnaire): readonly Fault[] {
  const { faults, lacking } = tryForm(form);
  return [...faults, ...lacking.filter(({ isSure }) => isSure), ...checkExtraction(form).faults];
}
