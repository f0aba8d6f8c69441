import { expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { assets } from '../../src/web/assets.ts';
import { bugPage, problemPage } from '../../src/web/errors.tsx';
import * as form from '../../src/web/form.tsx';
import { Frame, renderPage } from '../../src/web/frame.tsx';
import { everything, viewOf, words } from './everything.tsx';

test.each(['ja', 'en'] as const)('every control of every component has a label (%s)', (language) => {
  const page = everything(viewOf({ language }), form.emptyForm());
  const controls = [...page.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !tag.includes('type="hidden"'));
  expect(controls.length).toBe(17);
  for (const tag of controls) {
    const id = / id="([^"]+)"/.exec(tag)?.[1];
    expect(page).toContain(`for="${id ?? 'nothing'}"`);
  }
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, refs] of page.matchAll(/aria-(?:describedby|labelledby)="([^"]+)"/g))
    for (const ref of refs?.split(' ') ?? []) expect(ids).toContain(ref);
});

test('each problem leads to its field and stands beside it, with what was typed', () => {
  const names = ['text', 'area', 'list', 'one', 'several', 'yes', 'date', 'sign'];
  const issues = names.map((path) => ({ path, says: words(`${path}を直す。`, `Fix ${path}.`) }));
  const page = everything(viewOf(), {
    values: { text: 'たかはし', one: 'b', several: ['a', 'b'], area: '\n二行目' },
    issues,
  });
  for (const name of names) {
    expect(page).toContain(`href="#field-${name}"`);
    expect(page).toMatch(new RegExp(` id="field-${name}"`));
    expect(page.split(`${name}を直す。`)).toHaveLength(3);
  }
  expect(page).toContain('value="たかはし"');
  expect(page.match(/ checked/g)).toHaveLength(3);
  expect(page).toMatch(/<title>入力の確認: /);
});

test('whatever people type is text, never markup', () => {
  const evil = '"><script>alert(1)</script>';
  const issues = [{ path: 'text', says: words(evil, evil) }];
  const state = { values: { text: evil, area: `</textarea>${evil}` }, issues };
  const page = everything(
    viewOf({ path: `/x?q=${evil}`, who: { name: evil, post: evil, organization: evil } }),
    state,
  );
  expect(page).not.toContain('<script>');
  expect(page.split('</textarea>')).toHaveLength(2);
  const link = renderPage(<form.LinkButton href="javascript:alert(1)">x</form.LinkButton>);
  expect(link).not.toContain('javascript:');
  expect(renderPage(<form.WebLink href="javascript:alert(1)" />)).toBe(
    '<!doctype html><span>javascript:alert(1)</span>',
  );
});

test('no page carries an inline script, a style attribute or an outside address', () => {
  const page = everything(viewOf(), form.emptyForm());
  expect(page).not.toMatch(/ style=| on[a-z]+=|<style/);
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  for (const [, attributes] of page.matchAll(/<script([^>]*)>/g))
    expect(attributes).toContain('src="/assets/');
});

test('a password is never written back into the page', () => {
  const state = form.formAgain({ secret: 'hunter2' }, []);
  const page = renderPage(
    <form.TextField view={viewOf()} state={state} name="secret" label="x" type="password" />,
  );
  expect(page).not.toContain('hunter2');
});

test('a sentence that was put on a page without a language is a mistake, not a gap', () => {
  const sentence = words('あ', 'a') as unknown as string;
  expect(() => renderPage(<p>{sentence}</p>)).toThrow('without a language');
});

test('forms of somebody signed in carry the session token and the once-only key; a search carries neither', () => {
  const view = viewOf({ csrf: 'tok' });
  const post = renderPage(
    <form.Form view={view} action="/a" once="k1">
      x
    </form.Form>,
  );
  expect(post).toContain('<input type="hidden" name="_csrf" value="tok"');
  expect(post).toContain('<input type="hidden" name="_once" value="k1"');
  expect(
    renderPage(
      <form.Form view={view} action="/a" method="get">
        x
      </form.Form>,
    ),
  ).not.toContain('_csrf');
});

test('a patient’s page has no menu and no sign-out, and says when people are invented', () => {
  const view = viewOf({
    demo: true,
    nav: [{ href: '/inbox', label: words('受付箱', 'Inbox'), current: true }],
  });
  const plain = renderPage(
    <Frame view={view} plain title={words('質問', 'Question')}>
      x
    </Frame>,
  );
  expect(plain).not.toMatch(/<nav|sign-out/);
  expect(plain).toContain('架空');
  const full = renderPage(
    <Frame view={view} title={words('一覧', 'List')}>
      x
    </Frame>,
  );
  expect(full).toMatch(/^<!doctype html><html lang="ja">/);
  expect(full).toContain('aria-current="page"');
  expect(full).toContain('action="/sign-out"');
  expect(full).toContain('href="/language/en?to=%2Fhere"');
});

test('every refusal has a calm page that says what to do next; a fault of ours shows only its number', () => {
  const says = words('わけ', 'Reason');
  for (const problem of [
    { kind: 'invalid', issues: [{ path: 'a', says }] },
    { kind: 'signed-out' },
    { kind: 'forbidden', says },
    { kind: 'not-found', says },
    { kind: 'conflict', says },
    { kind: 'too-many', retryAfterSeconds: 90 },
    { kind: 'gone', says },
  ] as const) {
    const page = problemPage(viewOf(), problem, 'request-1');
    expect(page).toContain('request-1');
    expect(page).toMatch(/class="button/);
    if ('says' in problem || 'issues' in problem) expect(page).toContain('わけ');
  }
  expect(problemPage(viewOf(), { kind: 'too-many', retryAfterSeconds: 90 }, 'x')).toContain('2分');
  expect(problemPage(viewOf(), { kind: 'signed-out' }, 'x')).toContain('/sign-in?to=%2Fhere');
  expect(bugPage(viewOf({ language: 'en' }), 'request-1')).toContain('request-1');
});

test('style sheets, scripts and fonts come from this server and may be kept for ever', async () => {
  const app = express().use(assets());
  const page = everything(viewOf(), form.emptyForm());
  const addresses = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((m) => m[1] ?? '');
  expect(addresses.length).toBeGreaterThan(5);
  for (const address of addresses) {
    const answer = await request(app).get(address);
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(answer.headers['content-encoding']).toBe('gzip');
  }
  const css = await request(app).get('/assets/font-400.css');
  const font = /url\(\.\/(files\/[^)]+woff2)\)/.exec(css.text)?.[1] ?? '';
  expect((await request(app).get(`/assets/${font}`)).status).toBe(200);
  expect((await request(app).get('/assets/app.css')).text).not.toMatch(/https?:\/\//);
  expect((await request(app).get('/assets/files/../package.json')).status).toBe(404);
});
