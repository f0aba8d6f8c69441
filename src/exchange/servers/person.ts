import { isDeepStrictEqual } from 'node:util';
import type { Consent, Extension, Patient } from '@medplum/fhirtypes';
import { extensions } from '../../fhir/codes.ts';
import type { Stored } from '../../fhir/types.ts';
import { withdrawalUrl } from '../../consent/record.ts';
import { readLimits } from '../../people/record.ts';
import { asSent } from './bundle.ts';
import type { Held } from './client.ts';
import { personNow } from './gather.ts';
import type { Meeting } from './meeting.ts';
import { isOurs } from './names.ts';
import { changedHere, markSent } from './partner-records.ts';
import { keepForPerson } from './partner-tasks.ts';
import { faults } from './faults.ts';
import { Unwilling } from './model.ts';

/** A consent that was taken back, whole or in part, is taken back there; why is between the person and us. */
export async function tellConsents(meeting: Meeting): Promise<void> {
  const { pool, open, ours, shared, them, names, base } = meeting;
  for (const { id, their_id: there } of await changedHere(pool, shared, 'Consent')) {
    const [consent]: Stored<Consent>[] = await open(ours, (records) => records.readMany('Consent', [id]));
    if (!consent) continue;
    const theirs = (await them.read(`/Consent/${there}`)) as (Consent & Held) | undefined;
    if (theirs && !isOurs(theirs, base, 'Consent', id)) throw new Unwilling(faults.another, { final: true });
    if (theirs) {
      const next = takenBack(theirs, asSent(consent, names) as Consent);
      if (!isDeepStrictEqual(next, theirs)) await them.update(next, theirs.meta?.versionId);
    }
    await markSent(pool, shared, consent);
  }
}

/** Theirs, with what was taken back since: nothing else of a consent ever changes. */
function takenBack(theirs: Consent & Held, ours: Consent): Consent & Held {
  const said = (ours.extension ?? []).filter((one) => one.url === withdrawalUrl).map(withoutWhy);
  const others = (theirs.extension ?? []).filter((one) => one.url !== withdrawalUrl);
  const [before, now] = [theirs.provision?.provision ?? [], ours.provision?.provision ?? []];
  const added = now.slice(before.length).map((part) => ({
    ...part,
    ...(part.extension ? { extension: part.extension.map(withoutWhy) } : {}),
  }));
  return {
    ...theirs,
    status: ours.status,
    ...(others.length + said.length > 0 ? { extension: [...others, ...said] } : {}),
    ...(added.length > 0 ? { provision: { ...theirs.provision, provision: [...before, ...added] } } : {}),
  };
}

const withoutWhy = (one: Extension): Extension =>
  one.url !== withdrawalUrl
    ? one
    : {
        ...one,
        extension: (one.extension ?? []).map((part) =>
          part.url === 'reason' ? { url: 'reason', valueString: '（わけは、同意を受けた機関が保管）' } : part,
        ),
      };

/** Where the person lives, how to reach it, and that it must not be contacted: as the receiver would see it here now. */
export async function tellPerson(meeting: Meeting): Promise<void> {
  const { pool, open, partner, ours, shared, them, names, base } = meeting;
  const [known] = await changedHere(pool, shared, 'Patient');
  if (!known) return;
  const isKnown = (one: Stored): one is Stored<Patient> => one.id === known.id;
  const shown = (await open(partner, (records) => personNow(records, shared.task))).find(isKnown);
  const patient = shown ?? (await open(ours, (records) => personNow(records, shared.task))).find(isKnown);
  // Without a limit, what closed the person to the receiver ends the task as well.
  if (!patient || (!shown && readLimits(patient) === undefined)) return;
  if (!shown) await keepForPerson(pool, shared, faults.limited);
  const theirs = (await them.read(`/Patient/${known.their_id}`)) as (Patient & Held) | undefined;
  if (theirs && !isOurs(theirs, base, 'Patient', known.id))
    throw new Unwilling(faults.another, { final: true });
  if (theirs) {
    const now = asSent(patient, names) as Patient;
    const next = shown ? { ...now, ...kept(theirs, now), id: theirs.id } : closed(theirs, patient);
    await them.update(next, theirs.meta?.versionId);
  }
  await markSent(pool, shared, patient);
}

/** How contact is allowed is not for everybody: whoever asked knows. */
const askUs = '依頼元にお尋ねください。';
const isLimit = (one: Extension): boolean => one.url === extensions.contactLimits;
const isAskUs = (one: Extension): boolean =>
  one.extension?.some((part) => part.url === 'how' && part.valueString === askUs) === true;

/** The person is closed to the receiver: that there is a limit is all it hears, and how to reach the person is removed. */
function closed(
  { telecom: _t, address: _a, contact: _c, ...theirs }: Patient & Held,
  patient: Patient,
): Patient & Held {
  const limit: Extension = {
    url: extensions.contactLimits,
    extension: [
      { url: 'since', valueDate: readLimits(patient)?.since ?? '' },
      { url: 'why', valueCode: 'other' },
      { url: 'how', valueString: askUs },
    ],
  };
  return { ...theirs, extension: [...(theirs.extension ?? []).filter((one) => !isAskUs(one)), limit] };
}

/** Limits of contact that were set there stay, and so do numbers that the person has there. */
function kept(theirs: Patient, now: Patient): Pick<Patient, 'extension' | 'identifier'> {
  const limits = (theirs.extension ?? []).filter((one) => isLimit(one) && !isAskUs(one));
  const [since, others] = [
    (now.extension ?? []).filter(isLimit),
    (now.extension ?? []).filter((e) => !isLimit(e)),
  ];
  const when = (one: Extension): unknown => one.extension?.slice(0, 3);
  const later = limits.map((one) => since.find((s) => isDeepStrictEqual(when(s), when(one))) ?? one);
  const added = since.filter((one) => !limits.some((l) => isDeepStrictEqual(when(l), when(one))));
  const extension = [...others, ...later, ...added];
  const ids = (now.identifier ?? []).filter(
    (one) => !(theirs.identifier ?? []).some((t) => t.system === one.system && t.value === one.value),
  );
  const identifier = [...(theirs.identifier ?? []), ...ids];
  return {
    ...(extension.length > 0 ? { extension } : {}),
    ...(identifier.length > 0 ? { identifier } : {}),
  };
}
