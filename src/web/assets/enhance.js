// Small comforts on top of pages that work without them. No page depends on anything here.
'use strict';

// A form goes once, however often its button is pressed. The server refuses a second one anyway.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || event.defaultPrevented) return;
  if (form.dataset.sent === 'yes') {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'yes';
  for (const button of form.querySelectorAll('button[type=submit]'))
    button.setAttribute('aria-disabled', 'true');
});
// Back to a page the browser kept: its forms may go again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('[aria-disabled]')) button.removeAttribute('aria-disabled');
  }
});

document.querySelector('[data-focus]')?.focus();

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// Another language in the middle of a form: what was typed comes along to that one page and is then forgotten.
const typedKey = 'typed';
const writable = (form) =>
  [...form.elements].filter(
    (one) => one.name && !['hidden', 'file', 'password', 'submit', 'fieldset'].includes(one.type),
  );
const ticks = (one) => one.type === 'radio' || one.type === 'checkbox';
const formsHere = () =>
  [...document.querySelectorAll('main form[method=post]')].map(writable).filter((form) => form.length > 0);
document.querySelector('.languages')?.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (link === null) return;
  const path = new URL(link.href).searchParams.get('to').split('?')[0];
  const values = formsHere().map((form) => form.map((one) => (ticks(one) ? one.checked : one.value)));
  sessionStorage.setItem(typedKey, JSON.stringify({ path, values }));
});
const typed = JSON.parse(sessionStorage.getItem(typedKey) ?? 'null');
sessionStorage.removeItem(typedKey);
if (typed?.path === location.pathname)
  formsHere().forEach((form, i) => {
    const values = typed.values[i];
    if (values?.length !== form.length) return;
    form.forEach((one, at) => {
      one[ticks(one) ? 'checked' : 'value'] = values[at];
    });
  });

// An answer such as 「どれもない」 goes with no other one.
document.addEventListener('change', ({ target }) => {
  if (target.type !== 'checkbox' || !target.checked) return;
  const alone = 'exclusive' in target.dataset;
  for (const other of target.form?.elements ?? [])
    if (other !== target && other.name === target.name && (alone || 'exclusive' in other.dataset))
      other.checked = false;
});

// One press ticks every box of some questions; without script the form comes back so ticked.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-ticks]');
  if (!button) return;
  event.preventDefault();
  const names = button.dataset.ticks.split(' ');
  for (const one of button.form.elements) if (names.includes(one.name)) one.checked = true;
  button.dispatchEvent(new Event('input', { bubbles: true }));
  button.nextElementSibling.textContent = button.dataset.says;
});

// Questions that depend on other answers (FHIR enableWhen).
let dependents = [];
/** The fields of the page's forms by name: looked up for every condition at every answer, so collected once. */
let fields = new Map();
function findDependents() {
  dependents = [...document.querySelectorAll('[data-enable-when]')].map((part) => ({
    part,
    outer: part.parentElement.closest('[data-enable-when]'),
    inputs: [...part.querySelectorAll('input, select, textarea')],
    form: part.closest('form'),
    when: JSON.parse(part.dataset.enableWhen),
  }));
  fields = new Map();
  for (const form of new Set(dependents.map((one) => one.form))) {
    const byName = new Map();
    for (const one of form?.elements ?? []) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
    fields.set(form, byName);
  }
}

/** The answers given under a name, leaving out questions that are not asked at the moment. */
function answersTo(form, name) {
  const inputs = (fields.get(form)?.get(name) ?? []).filter((one) => !one.disabled);
  return inputs
    .filter((one) => (one.type !== 'radio' && one.type !== 'checkbox') || one.checked)
    .map((one) => one.value.normalize('NFKC').trim())
    .filter((value) => value !== '');
}

// Times compare as texts, as long as they are written with the same number of figures.
const numeric = (value) => /^-?[\d.]+$/.test(value);
const order = (a, b) => (numeric(a) && numeric(b) ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0);
const compare = {
  '=': (a, b) => a === b || (numeric(a) && numeric(b) && Number(a) === Number(b)),
  '>': (a, b) => order(a, b) > 0,
  '<': (a, b) => order(a, b) < 0,
  '>=': (a, b) => order(a, b) >= 0,
  '<=': (a, b) => order(a, b) <= 0,
};

function holds(form, { question, operator, answer }) {
  const given = answersTo(form, question);
  if (operator === 'exists') return given.length > 0 === (String(answer) === 'true');
  if (operator === '!=') return !given.some((one) => compare['='](one, String(answer)));
  return given.some((one) => compare[operator](one, String(answer)));
}

/** In the order of the page, so that a question hidden just now counts as unanswered for the ones after it. */
function arrange() {
  for (const one of dependents) {
    const { part, outer, form, when } = one;
    const results = when.conditions.map((condition) => holds(form, condition));
    const asked = when.behavior === 'any' ? results.some(Boolean) : results.every(Boolean);
    const within = outer !== null && outer.closest('[data-enable-when][hidden]') !== null;
    const now = `${String(asked)} ${String(within)}`;
    // An answer gives two events, and changes little: what stays is left alone.
    if (one.before === now) continue;
    one.before = now;
    part.hidden = !asked;
    for (const input of one.inputs) input.disabled = !asked || within;
  }
}
findDependents();
document.addEventListener('asked-anew', () => {
  findDependents();
  arrange();
});
document.addEventListener('input', arrange);
document.addEventListener('change', arrange);
window.addEventListener('pageshow', () => {
  findDependents();
  arrange();
});
arrange();

// What is being made tells how far it is: the part is asked for again and put in place, and the page stays where it is.
async function renew() {
  const part = document.querySelector('[data-renew]');
  if (part === null) return;
  const answer = await fetch(location.href, { headers: { 'x-renew': 'yes' } }).catch(() => undefined);
  if (answer?.ok === true) {
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const again = page.getElementById(part.id);
    // When it has ended, more of the page has changed than this part.
    if (again === null || again.dataset.renew === undefined) {
      location.reload();
      return;
    }
    part.replaceChildren(...again.childNodes);
  }
  setTimeout(renew, 1000);
}
if (document.querySelector('[data-renew]') !== null) setTimeout(renew, 1000);
