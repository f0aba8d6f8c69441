// Answers that cannot be sent yet stay in this browser, encrypted, and are put back (docs/decisions/0062). No service worker.
'use strict';

(() => {
  const place = document.querySelector('[data-keeping]');
  // Without a secure context there is no encryption, and nothing is kept that is not encrypted.
  if (place === null || !window.isSecureContext || !window.crypto?.subtle) return;
  const { keeping: base, ...words } = place.dataset;
  const prefix = 'tsunagi-answers:';
  const twelveHours = 12 * 3_600_000;
  const text = new TextEncoder();
  const bytesOf = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const base64Of = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));

  /** A browser that keeps nothing (private window, full) is one without this comfort. */
  const tried = (act) => {
    try {
      return act();
    } catch {
      return undefined;
    }
  };
  const store = tried(() => window.localStorage);
  if (!store) return;

  // What was forgotten here goes, whoever's it is.
  for (const name of Object.keys(store).filter((one) => one.startsWith(prefix))) {
    const until = tried(() => JSON.parse(store.getItem(name)).until);
    if (!(until > Date.now())) store.removeItem(name);
  }

  /** Moved to the top of the page when it has something to say. */
  const box = place.querySelector('[data-said]');
  const say = (kind, message, link) => {
    const said = box;
    said.hidden = false;
    said.dataset.kind = kind;
    said.textContent = message;
    if (link) {
      const a = document.createElement('a');
      Object.assign(a, { href: link, textContent: words.see });
      said.append(' ', a);
    }
    const main = document.querySelector('main');
    if (said.parentElement !== main) main.prepend(said);
  };
  let name;
  let key;
  let whole;
  let id = crypto.randomUUID();
  let isKept = false;
  const form = () => document.getElementById('answers');
  const here = () => location.pathname + location.search.replace(/[?&]from=check/, '');

  const nameFor = async () => {
    // The address is a secret; its hash tells nobody what it was.
    const hash = await crypto.subtle.digest('SHA-256', text.encode(base));
    return prefix + [...new Uint8Array(hash)].map((b) => b.toString(16).padStart(2, '0')).join('');
  };
  const getKey = async () => {
    const answer = await fetch(`${base}/key`, { credentials: 'same-origin' });
    if (answer.status === 410 || answer.status === 404) return undefined;
    const { key: given, taken } = await answer.json();
    const made = await crypto.subtle.importKey('raw', bytesOf(given), 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ]);
    return { made, taken };
  };

  const fieldsIn = (of) =>
    [...new FormData(of)].filter(([field, value]) => !field.startsWith('_') && typeof value === 'string');
  let last = Promise.resolve();
  /** One after the other, so that the newest is what stays. */
  const keep = () => {
    last = last.then(async () => {
      if (key === undefined || form() === null) return;
      const content = JSON.stringify({ id, page: here(), fields: fieldsIn(form()) });
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const additionalData = text.encode(name);
      const data = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData },
        key,
        text.encode(content),
      );
      isKept =
        tried(() => {
          const until = Date.now() + twelveHours;
          store.setItem(name, JSON.stringify({ until, iv: base64Of(iv), data: base64Of(data) }));
          return true;
        }) === true;
    });
    return last;
  };
  const kept = async () => {
    const found = tried(() => JSON.parse(store.getItem(name)));
    if (!found) return undefined;
    try {
      const additionalData = text.encode(name);
      const algorithm = { name: 'AES-GCM', iv: bytesOf(found.iv), additionalData };
      const data = await crypto.subtle.decrypt(algorithm, key, bytesOf(found.data));
      return JSON.parse(new TextDecoder().decode(data));
    } catch {
      store.removeItem(name);
      return undefined;
    }
  };

  /** Puts answers into the fields of a form; whether that changed anything. */
  const putInto = (of, fields) => {
    const given = new Map();
    for (const [field, value] of fields) given.set(field, [...(given.get(field) ?? []), value]);
    let changed = false;
    for (const input of of.elements) {
      // Which files were given the server knows.
      if (!input.name?.startsWith('q.') || input.type === 'hidden') continue;
      const values = given.get(input.name) ?? [];
      if (input.type === 'radio' || input.type === 'checkbox') {
        const now = values.includes(input.value);
        if (now !== input.checked) changed = true;
        input.checked = now;
      } else if (given.has(input.name) && input.type !== 'file' && input.value !== values[0]) {
        input.value = values[0];
        changed = true;
      }
    }
    if (changed) of.dispatchEvent(new Event('change', { bubbles: true }));
    return changed;
  };
  const mark = () => {
    const of = form();
    if (of === null) return;
    const carried = of.querySelector('[name=_kept]') ?? document.createElement('input');
    Object.assign(carried, { type: 'hidden', name: '_kept', value: id });
    of.append(carried);
  };

  const reachable = async () => {
    if (!navigator.onLine) return false;
    try {
      await fetch(`${base}/key`, { credentials: 'same-origin', signal: AbortSignal.timeout(6000) });
      return true;
    } catch {
      return false;
    }
  };

  /** Goes on without a connection: the rest of the form stands on one page, which was fetched beforehand. */
  const goOn = () => {
    const old = form();
    const files = [...old.querySelectorAll('input[type=file]')].some((one) => one.files.length > 0);
    const offline = files ? `${words.offline} ${words.files}` : words.offline;
    const page = whole && new DOMParser().parseFromString(whole, 'text/html');
    const fresh = page?.getElementById('answers');
    if (!isKept || !fresh || location.pathname === `${base}/all`) {
      say('offline', isKept ? offline : words.alone);
      return;
    }
    const typed = fieldsIn(old);
    const names = new Set([...old.elements].map((one) => one.name));
    const sections = [...old.querySelectorAll('section[aria-labelledby]')].map((one) =>
      one.getAttribute('aria-labelledby'),
    );
    document.title = page.title;
    old.replaceWith(document.adoptNode(fresh));
    history.replaceState(null, '', `${base}/all`);
    const before = fieldsIn(form()).filter(([field]) => !names.has(field));
    putInto(form(), [...before, ...typed]);
    for (const one of document.querySelectorAll('main > p, main > .error-summary')) one.remove();
    mark();
    document.dispatchEvent(new Event('asked-anew'));
    say('offline', offline);
    keep();
    const all = [...form().querySelectorAll('section[aria-labelledby]')];
    const at = all.findIndex((one) => one.getAttribute('aria-labelledby') === sections.at(-1));
    const next = document.getElementById(all[at + 1]?.getAttribute('aria-labelledby') ?? '');
    if (next) {
      next.tabIndex = -1;
      next.focus();
    }
  };

  // Whether the server could be reached when somebody last answered: as long as it could, a page is sent as any other.
  let reached = true;
  let felt = 0;
  const feel = () => {
    if (Date.now() - felt < 8000) return;
    felt = Date.now();
    reachable().then((is) => (reached = is));
  };
  let passing = false;
  document.addEventListener(
    'submit',
    (event) => {
      if (event.target !== form() || passing || event.submitter?.name === '_row') return;
      if (navigator.onLine && reached) return;
      event.preventDefault();
      event.stopPropagation();
      const { submitter } = event;
      (async () => {
        await keep();
        if (!(await reachable())) return goOn();
        passing = true;
        reached = true;
        form().requestSubmit(submitter?.form === form() ? submitter : undefined);
        setTimeout(() => (passing = false), 3000);
      })();
    },
    true,
  );
  document.addEventListener('input', ({ target }) => {
    if (target.form !== form()) return;
    keep();
    feel();
  });
  document.addEventListener(
    'change',
    ({ target, isTrusted }) => isTrusted && target.form === form() && keep(),
  );
  window.addEventListener('online', () => box.dataset.kind === 'offline' && say('online', words.online));
  window.addEventListener('pageshow', () => (passing = false));

  (async () => {
    name = await nameFor();
    if ('done' in words) {
      store.removeItem(name);
      return;
    }
    const given = await getKey().catch(() => null);
    if (given === null) return;
    if (given === undefined) {
      store.removeItem(name);
      return;
    }
    key = given.made;
    const before = await kept();
    if (before && given.taken.includes(before.id)) store.removeItem(name);
    else if (before && form() !== null && before.page === here()) {
      ({ id } = before);
      if (putInto(form(), before.fields)) say('restored', words.restored);
      isKept = true;
    } else if (before) say('unsent', words.unsent, before.page);
    mark();
    if (form() !== null && location.pathname !== `${base}/all`)
      whole = await fetch(`${base}/all`, { credentials: 'same-origin' })
        .then((answer) => answer.text())
        .catch(() => undefined);
    document.documentElement.dataset.keeps = 'yes';
  })();
})();
