import type { RelatedPerson } from '@medplum/fhirtypes';
import { codeOf, systems } from '../../fhir/codes.ts';
import { idOf, reference } from '../../fhir/references.ts';
import { buildTelecom, readTelecom, type Reach } from './address.ts';
import { buildNames, readNames, type Name } from './name.ts';

/** Somebody at the person's side: family, a friend, a guardian. */
export type Helper = Name &
  Reach &
  Readonly<{
    /** In words: 長女, 隣人, 成年後見人. */
    relationship: string;
    /** HL7 v3 RoleCode where one fits: `CHILD`, `SPS`, `NBOR`, `GUARD` … */
    relationshipCode?: string;
  }>;

export const buildHelper = (
  helper: Helper,
  given: Readonly<{ patient: string; id?: string }>,
): RelatedPerson => {
  const telecom = buildTelecom(helper);
  const relationship = {
    ...(helper.relationshipCode
      ? { coding: [{ system: systems.roleCode, code: helper.relationshipCode }] }
      : {}),
    ...(helper.relationship ? { text: helper.relationship } : {}),
  };
  return {
    resourceType: 'RelatedPerson',
    ...(given.id === undefined ? {} : { id: given.id }),
    active: true,
    patient: reference('Patient', given.patient),
    ...(Object.keys(relationship).length > 0 ? { relationship: [relationship] } : {}),
    name: buildNames(helper),
    ...(telecom ? { telecom } : {}),
  };
};

export function readHelper(
  helper: RelatedPerson,
): Helper & Readonly<{ id: string; patient: string | undefined }> {
  const first = helper.relationship?.[0];
  const code = codeOf(helper.relationship, systems.roleCode);
  return {
    id: helper.id ?? '',
    patient: idOf(helper.patient, 'Patient'),
    ...readNames(helper.name),
    relationship: first?.text ?? first?.coding?.[0]?.display ?? '',
    ...(code === undefined ? {} : { relationshipCode: code }),
    ...readTelecom(helper.telecom),
  };
}
