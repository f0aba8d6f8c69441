import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startService, type Service } from '../support/service.ts';
import { colleagueElsewhere } from './elsewhere.ts';
import { casesOf, logins, placesOf, type Login } from './places.ts';
import { reader, shapeOf } from './reader.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** What each role can print; the sheet of a request is asked for with a button, since it makes a one-time link. */
const sheets: Partial<Record<Login, readonly string[]>> = {
  doctor: [
    '/consents/:id/form.pdf',
    '/patients/:id/answers/:id.pdf',
    '/patients/:id/consent-form.pdf',
    '/patients/:id/everything.pdf',
    '/patients/:id/provided.pdf',
    '/patients/:id/questionnaire.pdf',
    '/referrals/:id/fax.pdf',
    '/referrals/:id/sheet.pdf',
    '/reports/:id/letter.pdf',
    '/resources/:id/sheet.pdf',
  ],
  linkworker: [
    '/patients/:id/answers/:id.pdf',
    // The cases come across here have neither sheet nor plan yet; the story of Yabu prints both.
    '/referrals/:id/assessment-form.pdf',
    '/referrals/:id/plan-form.pdf',
    '/referrals/:id/sheet.pdf',
    '/reports/:id/fax.pdf',
    '/reports/:id/letter.pdf',
    '/resources/:id/sheet.pdf',
    '/scans/request-sheet.pdf',
    '/sessions/:id/calls.pdf',
    '/sessions/:id/list.pdf',
    '/sessions/calendar.pdf',
  ],
  neighbour: [
    '/referrals/:id/sheet.pdf',
    '/resources/:id/sheet.pdf',
    '/sessions/:id/list.pdf',
    '/sessions/calendar.pdf',
  ],
  coordinator: ['/figures/report.pdf', '/resources/:id/sheet.pdf'],
  resource: ['/resources/:id/sheet.pdf'],
  council: ['/figures/report.pdf'],
  insurer: ['/invitations/:id/letters.pdf', '/invitations/:id/reminders.pdf'],
};

const printed = new Map<Login, readonly string[]>();

test.each(logins)(
  'everything that the %s is offered to print comes out as a PDF',
  async (login) => {
    const { files } = await placesOf(service, login);
    const pdfs = files.filter((one) => one.path.includes('.pdf'));
    // What is taken along for another program is no sheet, nor is a list to be filled in.
    expect(
      files.filter(
        (one) =>
          one.type !== 'application/pdf' &&
          !/\/(?:everything|document)\.json$|\/example\.csv$/.test(one.path) &&
          // What the page of the interface describes.
          !one.path.startsWith('/fhir/'),
      ),
    ).toEqual([]);
    expect([...new Set(pdfs.map((one) => shapeOf(one.path)))].toSorted()).toEqual(sheets[login] ?? []);
    const who = await reader(service, login);
    for (const { path } of pdfs) {
      const bytes = Buffer.from(await (await who.get(path)).arrayBuffer());
      expect([path, bytes.subarray(0, 5).toString('latin1')]).toEqual([path, '%PDF-']);
    }
    printed.set(
      login,
      pdfs.map((one) => one.path),
    );
  },
  120_000,
);

test('a doctor or link worker elsewhere finds none of it, and other roles are turned away', async () => {
  const others = await Promise.all(
    (['resource', 'coordinator', 'council', 'admin'] as const).map((login) => reader(service, login)),
  );
  const elsewhere = [
    await colleagueElsewhere(service, 'doctor'),
    await colleagueElsewhere(service, 'linkworker'),
  ];
  const nobody = await reader(service);
  // Community resources, figures and blank sheets are about no person; whom an insurer invites has tests of their own.
  const all = [...new Set([...printed.values()].flat())].filter(
    (path) => !/^\/(?:resources|figures|scans|sessions|invitations)\//.test(path),
  );
  expect(all.length).toBeGreaterThan(8);
  for (const path of all) {
    const clinicOnly =
      (path.startsWith('/patients/') && !path.includes('/answers/')) ||
      /^\/referrals\/.*\/fax\.pdf$/.test(path);
    const officeOnly = /\/(?:assessment|assessment-form|plan|plan-form)\.pdf$|^\/reports\/.*\/fax\.pdf$/.test(
      path,
    );
    const [doctor, worker] = await Promise.all(elsewhere.map((one) => one.get(path)));
    expect([path, doctor?.status, worker?.status]).toEqual([
      path,
      officeOnly ? 403 : 404,
      clinicOnly ? 403 : 404,
    ]);
    for (const one of others) expect([path, (await one.get(path)).status]).toEqual([path, 403]);
    const signIn = await nobody.get(path);
    expect([path, signIn.status, signIn.headers.get('location')?.startsWith('/sign-in?')]).toEqual([
      path,
      303,
      true,
    ]);
  }
}, 120_000);

test('the sheet of a request is printed by the office that asks, and by no other', async () => {
  const request = (await casesOf(service, 'linkworker')).find(
    (one) => one.part !== null && one.status === 'requested',
  );
  const path = `/requests/${request?.id ?? ''}`;
  const own = await reader(service, 'linkworker');
  const sheet = await own.send(path, `${path}/sheet.pdf`);
  expect([sheet.status, sheet.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(
    Buffer.from(await sheet.arrayBuffer())
      .subarray(0, 5)
      .toString('latin1'),
  ).toBe('%PDF-');
  const other = await colleagueElsewhere(service, 'linkworker');
  expect((await other.send('/inbox', `${path}/sheet.pdf`)).status).toBe(404);
  for (const login of ['doctor', 'resource', 'neighbour'] as const) {
    const one = await reader(service, login);
    expect([login, (await one.send('/account', `${path}/sheet.pdf`)).status]).toEqual([login, 403]);
  }
});
