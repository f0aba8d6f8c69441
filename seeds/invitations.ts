import type pg from 'pg';
import { addWorkingDays, dayInTokyo } from '../src/kernel/japan/calendar.ts';
import { displayName } from '../src/people/record.ts';
import type { Program } from '../src/programs/program.ts';
import { addressIn, phoneBook } from './bodies.ts';
import type { DemoData } from './demo.ts';
import { invent } from './names.ts';
import { municipality } from './places.ts';
import { dice } from './random.ts';

const day = 86_400_000;

/** Members whom the demo's insurer invites, all invented: some not written to yet, some due to be asked again, one who said yes. */
export async function loadInvitations(
  client: pg.Client,
  data: DemoData,
  programs: readonly Program[],
  now: Date,
): Promise<void> {
  const insurer = data.accounts.find((one) => one.login === 'insurer');
  const program = programs.find((one) => one.invitations !== undefined);
  if (!insurer || !program?.invitations) return;
  const { reasons, followUp } = program.invitations;
  const random = dice(1, 'invitations');
  const phone = phoneBook('050', 9100);
  const list = random.id();
  const madeAt = new Date(now.getTime() - 45 * day);
  const sentAt = new Date(now.getTime() - 40 * day);
  const members = Array.from({ length: 12 }, (_, i) => {
    const year = random.whole(1941, 1966);
    const name = invent(random, random.chance(0.5) ? 'female' : 'male', year);
    const home = addressIn(random, municipality(random.pick(['千草', '若竹'])));
    const isSent = i < 8;
    return {
      id: random.id(),
      line: i + 2,
      number: `77${String(1001 + i)}`,
      branch: '01',
      name: displayName(name, 'ja'),
      kana: `${name.familyKana} ${name.givenKana}`,
      birth_date: `${String(year)}-${String(random.whole(1, 12)).padStart(2, '0')}-${String(random.whole(1, 28)).padStart(2, '0')}`,
      postal_code: home.postalCode,
      address: `${home.prefecture}${home.municipality}${home.line}`,
      phone: random.chance(0.7) ? phone() : '',
      reason: reasons[i % reasons.length]?.code ?? '',
      code: `9${String(random.whole(0, 99_999_999_999)).padStart(11, '0')}`,
      sent_on: isSent ? dayInTokyo(sentAt) : null,
      agreed_at: i === 0 ? now.toISOString() : null,
      agreed_by: i === 0 ? 'telephone' : null,
      due_on: !isSent
        ? null
        : dayInTokyo(
            i < 3 ? addWorkingDays(now, followUp.workingDays) : addWorkingDays(sentAt, followUp.workingDays),
          ),
    };
  });
  await client.query(
    `insert into invitation_list (id, insurer_id, program, title, made_at, made_by, ends_on, taken, ended) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      list,
      insurer.organizationId,
      program.id,
      '千草町・若竹村 受診案内 架空',
      madeAt,
      insurer.postId,
      dayInTokyo(new Date(now.getTime() + 135 * day)),
      members.length + 2,
      2,
    ],
  );
  await client.query(
    `insert into invitation (id, list_id, insurer_id, line, symbol, number, branch, name, kana, birth_date, postal_code, address, phone, reason, code,
       sent_on, agreed_at, agreed_by, due_on)
     select m.id, $1, $2, m.line, '', m.number, m.branch, m.name, m.kana, m.birth_date, m.postal_code, m.address, m.phone, m.reason, m.code,
       m.sent_on, m.agreed_at, m.agreed_by, m.due_on
     from jsonb_to_recordset($3::jsonb) as m (id uuid, line integer, number text, branch text, name text, kana text, birth_date text, postal_code text,
       address text, phone text, reason text, code text, sent_on date, agreed_at timestamptz, agreed_by text, due_on date)`,
    [list, insurer.organizationId, JSON.stringify(members)],
  );
  await client.query(
    `insert into invitation_contact (invitation_id, at, kind, by_post) select id, $2, 'letter', $3 from invitation where list_id = $1 and sent_on is not null`,
    [list, sentAt, insurer.postId],
  );
}
