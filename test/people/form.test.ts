import { describe, expect, test } from '@jest/globals';
import { withCheckDigit } from '../../src/kernel/japan/insurer.ts';
import { registrationSchema, valuesOf } from '../../src/people/form.ts';
import type { ReadBody } from '../../src/people/record.ts';
import { readForm } from '../../src/web/form.tsx';

const town: ReadBody = {
  id: 't',
  kind: 'municipality',
  name: '試験市',
  address: {
    postalCode: '',
    prefecture: '架空県',
    municipalityCode: '990001',
    municipality: '試験市',
    line: '',
  },
  municipalityCode: '990001',
  serves: [],
  active: true,
};
const schema = registrationSchema(new Date('2026-11-21T10:00:00+09:00'), [town]);
const right = {
  family: '髙﨑',
  given: '花子',
  familyKana: 'たかさき',
  givenKana: 'ﾊﾅｺ',
  'birthDate-era': 'showa',
  'birthDate-year': '16',
  'birthDate-month': '3',
  'birthDate-day': '4',
  sex: 'female',
  postalCode: '０００１２３４',
  municipality: '990001',
  line: '本町1-2',
  phone: '０９０ー００００ー１２３４',
  insurerNumber: withCheckDigit('3999001'),
  number: '10000001',
  branch: '1',
};
const faults = (changed: Record<string, string>) => {
  const form = readForm(schema, { ...right, ...changed });
  return form.ok ? [] : form.state.issues.map((one) => [one.path, one.says.ja]);
};

describe('registering a person', () => {
  test('figures typed in full width are understood in every field', () => {
    const wide = (typed: string) =>
      typed.replaceAll(/[0-9]/g, (d) => String.fromCodePoint(0xff10 + Number(d)));
    const figures = [
      'birthDate-year',
      'birthDate-month',
      'birthDate-day',
      'insurerNumber',
      'number',
      'branch',
    ];
    const typed = Object.fromEntries(
      Object.entries(right).map(([name, value]) => [name, figures.includes(name) ? wide(value) : value]),
    );
    expect(typed['branch']).toBe('１');
    const [form, plain] = [readForm(schema, typed), readForm(schema, right)];
    if (!form.ok || !plain.ok) throw new Error(JSON.stringify(form));
    expect(form.data).toEqual(plain.data);
  });

  test('what was typed is kept as Japan writes it: katakana, half-width figures, two digits of a branch', () => {
    const form = readForm(schema, right);
    if (!form.ok) throw new Error(JSON.stringify(form.state.issues));
    expect(form.data.person).toEqual({
      family: '髙﨑',
      given: '花子',
      familyKana: 'タカサキ',
      givenKana: 'ハナコ',
      birthDate: '1941-03-04',
      sex: 'female',
      postalCode: '000-1234',
      prefecture: '架空県',
      municipalityCode: '990001',
      municipality: '試験市',
      line: '本町1-2',
      phone: '090-0000-1234',
    });
    expect(form.data.insurance).toEqual({
      insurerNumber: withCheckDigit('3999001'),
      symbol: '',
      number: '10000001',
      branch: '01',
    });
    expect(readForm(schema, valuesOf(form.data.person, form.data.insurance))).toMatchObject({ ok: true });
  });

  test('an empty form says every missing thing at once, and nothing about insurance', () => {
    const form = readForm(schema, {});
    expect(form.ok ? [] : form.state.issues.map((one) => one.path)).toEqual([
      'family',
      'given',
      'familyKana',
      'givenKana',
      'birthDate',
      'sex',
      'municipality',
    ]);
  });

  test.each([
    [{ familyKana: '高崎' }, 'familyKana', /ひらがなかカタカナ/],
    [{ 'birthDate-month': '13' }, 'birthDate', /その日付はありません/],
    [{ 'birthDate-era': 'western', 'birthDate-year': '2027' }, 'birthDate', /今日より後/],
    [{ 'birthDate-era': 'western', 'birthDate-year': '1880' }, 'birthDate', /130年以上前/],
    [{ postalCode: '12' }, 'postalCode', /7けた/],
    [{ municipality: '123456' }, 'municipality', /登録されていません/],
    [{ phone: '123' }, 'phone', /市外局番/],
    [{ email: 'hanako' }, 'email', /メールアドレス/],
    [{ insurerNumber: '39990016' }, 'insurerNumber', /最後のけた/],
    [{ insurerNumber: '3999001' }, 'insurerNumber', /今は7けた/],
    [{ insurerNumber: 'あ' }, 'insurerNumber', /数字だけ/],
    [{ insurerNumber: '' }, 'insurerNumber', /すべて空けて/],
    [{ number: '' }, 'number', /保険証の番号/],
    [{ symbol: 'a:b' }, 'symbol', /「:」は使えません/],
    [{ branch: 'x' }, 'branch', /2けた/],
  ])('%j is answered in a sentence a receptionist understands', (changed, path, says) => {
    const found = faults(changed);
    expect(found).toEqual([[path, expect.stringMatching(says)]]);
  });

  test('faults of the insurance are said beside all the others', () => {
    expect(faults({ family: '', insurerNumber: '', phone: '1' }).map(([path]) => path)).toEqual([
      'family',
      'phone',
      'insurerNumber',
    ]);
  });
});
