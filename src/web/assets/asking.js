// Comforts on pages that ask questions: rows without a new page, totals as one answers, questions read aloud.
'use strict';

/** Sends a form as it stands and returns the page that comes back, without going there. */
async function askServer(form, move) {
  const typed = new FormData();
  // What is worked out does not hang on a file: it is not sent for that.
  for (const [name, value] of new FormData(form))
    if (move !== 'work-out' || typeof value === 'string') typed.append(name, value);
  typed.set('_row', move);
  const body = form.enctype === 'multipart/form-data' ? typed : new URLSearchParams(typed);
  const answer = await fetch(form.action, { method: 'POST', body, credentials: 'same-origin' });
  // A file that is refused comes back with the page that says so.
  if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}
const asking = () => document.querySelector('[data-asking]');

// Before the listener that sends a form only once, so that this sending does not count.
document.addEventListener(
  'submit',
  (event) => {
    const { target: form, submitter } = event;
    if (submitter?.name !== '_row' || asking() === null) return;
    event.preventDefault();
    event.stopPropagation();
    askServer(form, submitter.value).then(
      (page) => {
        const [old, fresh] = [asking(), page.querySelector('[data-asking]')];
        // What is said above the questions goes with them: that of the page before is no longer so.
        document.querySelector('.error-summary')?.remove();
        const faults = page.querySelector('.error-summary');
        if (faults) old.before(document.adoptNode(faults));
        old.replaceWith(document.adoptNode(fresh));
        document.dispatchEvent(new Event('asked-anew'));
        const again = [...document.getElementsByName('_row')].find((one) => one.value === submitter.value);
        const field = submitter.closest('.field')?.querySelector('input[type=file]')?.id;
        const next = field === undefined ? null : document.getElementById(field);
        (faults ?? again ?? next ?? asking().querySelector('input, textarea, select'))?.focus();
      },
      () => {
        // What the script cannot do, the browser does by itself.
        const move = document.createElement('input');
        Object.assign(move, { type: 'hidden', name: '_row', value: submitter.value });
        form.append(move);
        form.submit();
      },
    );
  },
  true,
);

// What is calculated, and what is asked depending on it: the server works it out, a moment after each answer.
function showClosed() {
  for (const part of document.querySelectorAll('[data-open]')) {
    const closed = part.dataset.open === 'false';
    part.hidden = closed;
    for (const input of part.querySelectorAll('input, select, textarea')) input.disabled = closed;
  }
}
let waiting;
let asked = 0;
document.addEventListener('change', ({ target }) => {
  const form = target.form;
  if (!form?.action || asking()?.querySelector('[data-filled-in], [data-open], [data-options-by]') === null)
    return;
  if (form.method !== 'post') return;
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const mine = (asked += 1);
    const page = await askServer(form, 'work-out').catch(() => undefined);
    if (page === undefined || mine !== asked) return;
    for (const output of document.querySelectorAll('[data-filled-in]'))
      output.textContent =
        page.querySelector(`[data-filled-in="${CSS.escape(output.dataset.filledIn)}"]`)?.textContent ?? '';
    for (const part of document.querySelectorAll('[data-by]'))
      part.dataset.open =
        page.querySelector(`[data-by="${CSS.escape(part.dataset.by)}"]`)?.dataset.open ?? 'true';
    for (const part of document.querySelectorAll('[data-options-by]')) {
      const fresh = page.querySelector(`[data-options-by="${CSS.escape(part.dataset.optionsBy)}"]`);
      if (fresh && !part.contains(document.activeElement)) part.replaceWith(document.adoptNode(fresh));
    }
    showClosed();
  }, 200);
});

/** What a voice says of a label or hint: not its marks, nor how its words are read, which it knows. */
function saidIn(element) {
  const copy = element.cloneNode(true);
  for (const unsaid of copy.querySelectorAll('.mark, rt')) unsaid.remove();
  return copy.textContent.trim();
}

// Read aloud, by a voice of the device that speaks the language of the questions; without one there is no button.
const spoken = () => asking().closest('[lang]').lang.split('-x-')[0];
const voiceFor = (lang) =>
  speechSynthesis
    .getVoices()
    .find(
      (one) => one.lang.replace('_', '-').toLowerCase().split('-')[0] === lang.toLowerCase().split('-')[0],
    );
function showVoices() {
  if (asking() === null) return;
  const mute = voiceFor(spoken()) === undefined;
  for (const button of asking().querySelectorAll('button.aloud')) button.hidden = mute;
}
let speaking;
function speak(button, said) {
  const again = speaking === button;
  speechSynthesis.cancel();
  stopped();
  if (again) return;
  const speech = new SpeechSynthesisUtterance(said);
  speech.lang = spoken();
  speech.voice = voiceFor(speech.lang) ?? null;
  speech.addEventListener('end', () => speaking === button && stopped());
  speaking = button;
  button.textContent = asking().dataset.silent;
  speechSynthesis.speak(speech);
}
function stopped() {
  if (speaking) speaking.textContent = asking()?.dataset.aloud ?? '';
  speaking = undefined;
}
window.addEventListener('pagehide', () => 'speechSynthesis' in window && speechSynthesis.cancel());
function addVoices() {
  const words = asking()?.dataset.aloud;
  if (!('speechSynthesis' in window) || words === undefined) return;
  speechSynthesis.addEventListener?.('voiceschanged', showVoices);
  for (const label of asking().querySelectorAll('.field > .label')) {
    const field = label.parentElement;
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', className: 'button quiet small aloud', textContent: words });
    const text = (selector) => [...field.querySelectorAll(selector)].map(saidIn);
    button.setAttribute('aria-label', `${words}: ${saidIn(label)}`);
    button.addEventListener('click', () => {
      const said = [saidIn(label), ...text(':scope > .hint'), ...text('.card label')].join('。');
      speak(button, said);
    });
    field.append(button);
  }
  showVoices();
}

// How far one has come on a page with many questions.
const isAnswered = (one) =>
  ['radio', 'checkbox'].includes(one.type) ? one.checked : one.value.trim() !== '';
function countAnswers() {
  const place = asking()?.querySelector('[data-answered]');
  if (!place) return;
  const fields = [...asking().querySelectorAll('.field')].filter((one) => {
    const inputs = [...one.querySelectorAll('input, textarea')];
    return (
      inputs.length > 0 && inputs.some((input) => !input.disabled) && one.querySelector('.field') === null
    );
  });
  const done = fields.filter((one) => [...one.querySelectorAll('input, textarea')].some(isAnswered));
  const [says, bar] = place.children;
  says.textContent = says.dataset.says.replace('{n}', done.length).replace('{of}', fields.length);
  Object.assign(bar, { max: Math.max(1, fields.length), value: done.length });
  place.hidden = fields.length < 2;
}
document.addEventListener('change', () => setTimeout(countAnswers));
const begin = () => {
  showClosed();
  addVoices();
  countAnswers();
};
document.addEventListener('asked-anew', begin);
begin();
