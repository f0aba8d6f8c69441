import { expect } from '@jest/globals';
import { heading, press } from '../story.ts';
import { saved, tellsNothing, unsaved, type Withdrawal } from './cast.ts';

const why = 'ご本人が同意を取り消したため、この方の記録は見られなくなりました。';

export async function groupIsTold(story: Withdrawal): Promise<void> {
  const group = story.cast('group');
  const { page } = group;
  await press(page, /次へ進む/);
  expect(await heading(page)).toBe('このご依頼は取り下げられました');
  expect(await page.getByRole('main').innerText()).toContain('ご本人が同意を取り消されたため');
  await story.shot(group, 'group-told-360');
  await tellsNothing(page, story.whose, ['お待ちしています']);
  await page.goBack();
  expect(await heading(page)).toBe('このご依頼は取り下げられました');
  await tellsNothing(page, story.whose);
}

export async function officeSeesTheRequestEnd(story: Withdrawal): Promise<void> {
  const worker = story.cast('worker');
  const { page } = worker;
  await page.goto(`${story.referral}/requests`);
  const main = await page.getByRole('main').innerText();
  expect(main).toContain(story.whose.name);
  expect(main).toContain('ご本人が同意を取り消した');
  // Nobody answered anything.
  expect(main).not.toContain('団体からの返事が');
  await story.shot(worker, 'office-requests-ended');
  await page.locator('tbody').getByRole('link').first().click();
  expect(await page.getByRole('main').innerText()).toContain(
    'ご本人が同意を取り消されたため、終わりました。',
  );
  await story.shot(worker, 'office-request-ended');
  await page.goto('/inbox');
  await page.getByText('ご本人の同意の一部が取り消されました').waitFor();
  await page.goto(story.referral);
  const reception = story.cast('reception');
  await reception.page.goto(`/consents/${story.whose.consent}`);
  expect(await reception.page.getByRole('main').innerText()).toContain(
    'ご本人が、ご本人用のページで取り消した',
  );
  await story.shot(reception, 'clinic-part');
}

export async function savesTooLate(story: Withdrawal): Promise<void> {
  const worker = story.cast('worker');
  const { sheet } = story.tabs;
  if (!sheet) throw new Error('Nobody had begun.');
  await press(sheet, '途中まで保存する');
  const main = await sheet.getByRole('main').innerText();
  expect(main).toContain('いま送った内容は保存されませんでした。');
  expect(main).toContain(why);
  await tellsNothing(sheet, story.whose, [saved, unsaved]);
  await story.shot({ ...worker, page: sheet }, 'office-save-refused');
  await sheet.goBack();
  await tellsNothing(sheet, story.whose, [saved, unsaved]);

  const { rows } = await story.service.owner.query<{ content: string }>(
    `select content::text from questionnaire_response where patient_id = $1`,
    [story.whose.patient],
  );
  const kept = rows.map((row) => row.content).join('\n');
  expect([kept.includes(saved), kept.includes(unsaved)]).toEqual([true, false]);
}

export async function losesTheRecord(story: Withdrawal): Promise<void> {
  const worker = story.cast('worker');
  const { page } = worker;
  // The case still stands on the screen; the next click is the first that asks.
  await page.getByRole('link', { name: '連絡', exact: true }).click();
  expect(await page.getByRole('main').innerText()).toContain(why);
  await tellsNothing(page, story.whose);
  await story.shot(worker, 'office-told-why');
  await page.goBack();
  await tellsNothing(page, story.whose);

  const { consent, patient } = story.whose;
  for (const path of [
    story.referral,
    ...[
      'contacts',
      'assessment',
      'goals',
      'resources',
      'requests',
      'close',
      'reports',
      'sheet.pdf',
      'document.json',
    ].map((part) => `${story.referral}/${part}`),
    `/consents/${consent}`,
    `/consents/${consent}/form.pdf`,
    `/consents/${consent}/withdraw`,
    `/patients/${patient}/contact-limits`,
  ]) {
    const answer = await worker.context.request.get(path);
    expect([path, answer.status()]).toEqual([path, 410]);
    expect(answer.headers()['cache-control']).toBe('no-store');
    const body = await answer.text();
    expect([path, body.includes(why)]).toEqual([path, true]);
    for (const word of story.whose.telling)
      expect([path, word, body.includes(word)]).toEqual([path, word, false]);
  }
  for (const tab of ['new', 'open', 'mine', 'waiting', 'closed']) {
    await page.goto(`/inbox?tab=${tab}`);
    await tellsNothing(page, story.whose);
  }
  for (const tab of ['open', 'closed']) {
    await page.goto(`/requests?tab=${tab}`);
    await tellsNothing(page, story.whose);
  }
  await page.goto('/inbox');
  await page.locator('#notices').getByText('ご本人の同意が取り消されたため').first().waitFor();
  await story.shot(worker, 'office-inbox-after');
}

export async function everybodyHasALetter(story: Withdrawal): Promise<void> {
  const { service, whose } = story;
  const group = service.mailbox.letters.find((one) => one.text.includes('/r/'))?.to[0] ?? '';
  const { rows } = await service.owner.query<{ email: string }>(
    `select jsonb_path_query_first(o.content, '$.telecom[*] ? (@.system == "email").value') #>> '{}' as email
     from task t join organization o on o.id = t.owner_id where t.id = $1`,
    [whose.referral],
  );
  for (const to of [group, rows[0]?.email ?? '']) {
    const letter = await service.mailbox.wait(
      (one) => one.to.includes(to) && one.text.includes('同意が取り消された'),
    );
    expect(letter.subject).toMatch(/^お知らせ（番号 /);
  }
  for (const letter of service.mailbox.letters)
    for (const word of [...whose.personal, saved, unsaved])
      expect([word, `${letter.subject}\n${letter.text}`.includes(word)]).toEqual([word, false]);
}

export async function clinicKeepsItsOwn(story: Withdrawal): Promise<void> {
  const reception = story.cast('reception');
  const { page } = reception;
  await page.goto(`/patients/${story.whose.patient}`);
  expect(await heading(page)).toBe(story.whose.name);
  expect(await page.locator('#consent').innerText()).toContain('撤回済み');
  await story.shot(reception, 'clinic-person');
  await page.goto(`/consents/${story.whose.consent}`);
  expect(await page.getByRole('main').innerText()).toContain('ご本人が、ご本人用のページで取り消した');
  await page.goto(`/patients/${story.whose.patient}/provided`);
  const provided = await page.locator('#provided').innerText();
  expect(provided).toContain('朝凪つながり支援室');
  expect(provided).toContain('活動団体');
  expect(provided).toContain('同意が取り消されたため');
  expect(provided).not.toContain('今も見られます');
  await story.shot(reception, 'clinic-provided');
  const { rows } = await story.service.owner.query<{ what: string; why: string }>(
    `select what, why from access_log where action = 'refused' and role = 'linkworker' and what like $1`,
    [`%${story.referral}%`],
  );
  const noted = rows.map((row) => row.what);
  for (const what of [
    `POST ${story.referral}/assessment`,
    `GET ${story.referral}/contacts`,
    `GET ${story.referral}/sheet.pdf`,
  ])
    expect(noted).toContain(what);
}
