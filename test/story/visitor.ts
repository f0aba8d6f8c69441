import type { Browser, BrowserContext, Page } from 'playwright-core';
import { demoPassword } from '../../seeds/load.ts';
import type { Service } from '../support/service.ts';

export type Visitor = Readonly<{
  page: Page;
  context: BrowserContext;
  /** What went wrong in this browser that nobody would see: script errors, console errors, breaches of the policy. */
  faults: string[];
}>;

type Manner = Readonly<{
  /** Who signs in; nobody when left out. */
  login?: string;
  width?: number;
  height?: number;
  script?: boolean;
  locale?: 'ja-JP' | 'en-GB';
}>;

/** Somebody with a browser of their own: no cookie is shared with the others. */
export async function visitor(browser: Browser, service: Service, manner: Manner = {}): Promise<Visitor> {
  const { login, width = 1280, height = 900, script = true, locale = 'ja-JP' } = manner;
  const context = await browser.newContext({
    baseURL: service.url,
    locale,
    viewport: { width, height },
    javaScriptEnabled: script,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('console', (said) => {
    // A browser reports a page that refuses (a form to correct, a link that was used) as an error; whoever expects one
    // looks at the page itself.
    if (said.type() === 'error' && !/status of 4(09|10|22) /.test(said.text()))
      faults.push(`${page.url()}: ${said.text()}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    if (why !== 'net::ERR_ABORTED') faults.push(`${request.url()}: ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.url()}: ${String(response.status())}`);
  });
  const one = { page, context, faults };
  if (login !== undefined) await signIn(one, login);
  return one;
}

async function signIn({ page }: Visitor, login: string): Promise<void> {
  await page.goto('/sign-in');
  const form = page.getByRole('main');
  await form.getByLabel(/ログイン名|Login name/).fill(login);
  await form.getByLabel(/パスワード|Password/).fill(demoPassword);
  await form.getByRole('button').click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}
