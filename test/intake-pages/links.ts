import type { Service } from '../support/service.ts';
import type { Desk } from '../support/desk.ts';

/** A person nobody knows yet, registered by the reception; the path of their page. */
export async function newPatient(reception: Desk, name: string): Promise<string> {
  const page = await reception.get('/patients/new');
  const [, town = ''] = /<option value="(\d{6})"/.exec(page.html) ?? [];
  const saved = await reception.send(page, '/patients', {
    family: '試験',
    given: name,
    familyKana: 'シケン',
    givenKana: name,
    'birthDate-era': 'showa',
    'birthDate-year': '16',
    'birthDate-month': '3',
    'birthDate-day': '4',
    sex: 'female',
    municipality: town,
  });
  return saved.location.split('?')[0] ?? '';
}

/** A link to the questionnaire, as the reception makes it: `/a/<secret>`. */
export async function newLink(reception: Desk, patient: string): Promise<string> {
  const made = await reception.send(await reception.get(`${patient}/answers`), '/answer-links');
  return /\/a\/[\w-]{43}/.exec(made.html)?.[0] ?? '';
}

type Item = Readonly<{ linkId: string; text?: string; item?: Item[]; answer?: Record<string, unknown>[] }>;
export type StoredAnswers = Readonly<{ language: string; questionnaire: string; item?: Item[] }>;

/** What was stored of a person's answers, oldest first. */
export async function storedOf(service: Service, patient: string): Promise<StoredAnswers[]> {
  const { rows } = await service.owner.query<{ content: StoredAnswers }>(
    'select content from questionnaire_response where patient_id = $1 order by updated_at',
    [patient.split('/').at(-1)],
  );
  return rows.map((row) => row.content);
}

/** An item of a response, wherever it stands. */
export function itemIn(answers: StoredAnswers | undefined, linkId: string): Item | undefined {
  const walk = (items: readonly Item[] = []): Item[] => items.flatMap((one) => [one, ...walk(one.item)]);
  return walk(answers?.item).find((one) => one.linkId === linkId);
}
