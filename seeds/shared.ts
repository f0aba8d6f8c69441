import { buildLawful } from '../src/consent/legal-basis.ts';
import { dayInTokyo } from '../src/kernel/japan/calendar.ts';
import type { DemoData } from './demo.ts';
import type { Written } from './happen.ts';
import { dice } from './random.ts';

/** Persons of the demo's clinic whom a support meeting talks about, on a legal basis. */
export function shareWithMeeting(data: DemoData, now: Date): Written[] {
  const { id: newId } = dice(1, 'shared with the meeting');
  const clinic = data.accounts.find((one) => one.login === 'doctor')?.organizationId ?? '';
  const at = new Date(now.getTime() - 3 * 86_400_000);
  return data.cases
    .filter((one) => one.clinicId === clinic && one.sentAt !== undefined)
    .slice(0, 2)
    .map((one) => ({
      record: {
        ...buildLawful({
          patient: one.patientId,
          from: clinic,
          to: [data.bodies.meeting.id],
          items: ['contact', 'answers'],
          basis: 'support-meeting',
          why: '家賃の滞納が続き、電気が止まりそうです。ご本人は人と会うことを望んでいません。',
          start: dayInTokyo(at),
          end: dayInTokyo(new Date(now.getTime() + 60 * 86_400_000)),
          at: at.toISOString(),
        }),
        id: newId(),
      },
      keeper: clinic,
      at: at.toISOString(),
    }));
}
