import { buildPatient } from '../../src/people/record.ts';

/** An invented person of whom everything is known that a page can show; of another family where that matters. */
export const hanako = (id: string, clinic: string, family = '試験') =>
  buildPatient(
    {
      family,
      given: '花子',
      familyKana: 'シケン',
      givenKana: 'ハナコ',
      birthDate: '1948-05-03',
      sex: 'female',
      phone: '018-000-0101',
      postalCode: '010-0001',
      prefecture: '秋田県',
      municipalityCode: '052019',
      municipality: '架空市',
      line: '本町1丁目1番1号',
    },
    { id, clinic },
  );
