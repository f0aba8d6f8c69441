import { randomUUID } from 'node:crypto';
import type { Bundle } from '@medplum/fhirtypes';
import { concept, systems } from '../../../src/fhir/codes.ts';
import { reference } from '../../../src/fhir/references.ts';
import type { RecordType } from '../../../src/fhir/types.ts';
import { smallestReferral } from '../../support/referral.ts';
import { madeIn, referralBundle } from '../bundle.ts';
import type { ClientName } from '../api.ts';
import type { Scene } from './scene.ts';

type Body = Readonly<{ resourceType: string; [element: string]: unknown }>;
/** A record that somebody can create over HTTP, and who. */
export type Sample = Readonly<{ who: ClientName; body: Body }>;

/** A new record of a type, as one that may write it would send it; what belongs to a referral stands beside one that was sent. */
export async function sampleOf(scene: Scene, type: RecordType): Promise<Sample> {
  const { clinic, resource } = scene.bodies;
  const fresh = smallestReferral(scene.bodies);
  const bare = ({ id: _id, ...body }: Body & { id?: unknown }): Body => body;
  switch (type) {
    case 'Organization':
      return {
        who: 'office',
        body: {
          resourceType: type,
          active: true,
          name: '新しいサロン',
          type: [concept(systems.organizationType, 'resource')],
        },
      };
    case 'HealthcareService':
      return {
        who: 'resource',
        body: {
          resourceType: type,
          active: true,
          name: 'お茶の間',
          providedBy: reference('Organization', resource.id),
        },
      };
    case 'Location':
      return {
        who: 'resource',
        body: {
          resourceType: type,
          name: '公民館',
          managingOrganization: reference('Organization', resource.id),
        },
      };
    case 'Practitioner':
      return { who: 'admin', body: { resourceType: type, name: [{ text: '試験 先生' }] } };
    case 'PractitionerRole': {
      const { body } = await scene.send('admin', 'post', '/Practitioner', {
        resourceType: 'Practitioner',
        name: [{ text: '試験 先生' }],
      });
      return {
        who: 'admin',
        body: {
          resourceType: type,
          practitioner: reference('Practitioner', (body as { id: string }).id),
          organization: reference('Organization', clinic.id),
          code: [concept(systems.post, 'doctor')],
        },
      };
    }
    case 'Patient':
      return { who: 'clinic', body: bare({ ...fresh.patient }) };
    case 'Consent':
    case 'QuestionnaireResponse':
    case 'ServiceRequest':
    case 'Task': {
      const { body } = await scene.send('clinic', 'post', '', referralBundle(scene.bodies)).expect(200);
      const id = (of: RecordType) => reference(of, madeIn(body as Bundle, of));
      const records = {
        Consent: fresh.consent,
        QuestionnaireResponse: fresh.answers,
        ServiceRequest: fresh.request,
        // What was sent stays.
        Task: { ...fresh.task, status: 'draft' },
      };
      const known = {
        patient: id('Patient'),
        subject: id('Patient'),
        for: id('Patient'),
        focus: id('ServiceRequest'),
        supportingInfo: [id('Consent'), id('QuestionnaireResponse')],
      };
      const record = bare({ ...records[type] });
      return {
        who: 'clinic',
        body: {
          ...record,
          ...Object.fromEntries(Object.entries(known).filter(([element]) => element in record)),
        },
      };
    }
    case 'Questionnaire':
    case 'RelatedPerson':
    case 'Coverage':
    case 'Observation':
    case 'Condition':
    case 'Goal':
    case 'CarePlan':
    case 'Communication':
    case 'Encounter':
    case 'Procedure':
    case 'DocumentReference':
    case 'Binary':
    case 'Provenance': {
      // The second of the invented ones says no more than it must.
      const made = scene.made.filter((one) => one.type === type && one.world === 'a').at(-1);
      return { who: 'clinic', body: bare((made?.record ?? { resourceType: type }) as unknown as Body) };
    }
  }
}

export const withId = (body: Body): Body & { id: string } => ({ ...body, id: randomUUID() });
