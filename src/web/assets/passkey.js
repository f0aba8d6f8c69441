// Passkeys: the device asks its owner for a finger, a face or a number. Only script can ask the device.
'use strict';

(() => {
  const { browserSupportsWebAuthn, startAuthentication, startRegistration } = window.SimpleWebAuthnBrowser;
  if (!browserSupportsWebAuthn()) return;

  const askDevice = async (form) => {
    const answer = await fetch(form.dataset.options, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
    });
    // The server wants something else first, such as the password once more.
    if (answer.redirected) return window.location.assign(answer.url);
    if (!answer.ok) throw new Error(String(answer.status));
    const optionsJSON = await answer.json();
    const given =
      form.dataset.passkey === 'make'
        ? await startRegistration({ optionsJSON })
        : await startAuthentication({ optionsJSON });
    form.elements.answer.value = JSON.stringify(given);
    form.submit();
    return undefined;
  };

  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    const missing = form.parentElement.querySelector('[data-passkey-missing]');
    if (missing) missing.hidden = true;
    const failed = form.querySelector('[data-passkey-failed]');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      failed.hidden = true;
      // Called off, not known, or no answer in time: another way is on the page.
      askDevice(form).catch(() => {
        failed.hidden = false;
      });
    });
  }
})();
