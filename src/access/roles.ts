import type { Role } from '../kernel/actor.ts';
import type { Sentence } from '../kernel/sentence.ts';

const names: Readonly<Record<Role, Sentence>> = {
  doctor: { ja: '医師', en: 'Doctor' },
  reception: { ja: '受付', en: 'Reception' },
  linkworker: { ja: 'リンクワーカー', en: 'Link worker' },
  neighbour: { ja: '住民リンクワーカー', en: 'Resident link worker' },
  coordinator: { ja: '生活支援コーディネーター', en: 'Life-support coordinator' },
  resource: { ja: '地域の活動団体', en: 'Community group' },
  insurer: { ja: '保険者', en: 'Insurer' },
  meeting: { ja: '支援会議の構成員', en: 'Member of a support meeting' },
  council: { ja: '保険者協議会', en: 'Insurer council' },
  admin: { ja: '管理者', en: 'Administrator' },
  patient: { ja: 'ご本人', en: 'Patient' },
  system: { ja: 'システム', en: 'System' },
};

export const roleName = (role: Role): Sentence => names[role];
