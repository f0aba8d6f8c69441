// Sends what is typed on the page of the API and shows the answer. Nothing is kept.
'use strict';

(() => {
  const here = document.querySelector('[data-try]');
  const [forToken, forRequest] = [
    here.querySelector('[data-try-token]'),
    here.querySelector('[data-try-request]'),
  ];
  const answer = here.querySelector('[data-try-answer]');
  here.hidden = false;

  const shown = (text) => {
    try {
      return JSON.stringify(JSON.parse(text), undefined, 2);
    } catch {
      return text;
    }
  };
  const sending = (form, send) => {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      answer.textContent = '…';
      send(form.elements).catch((error) => {
        answer.textContent = String(error);
      });
    });
  };
  const show = async (response) => {
    const text = await response.text();
    answer.textContent = `${response.status} ${response.statusText}\n\n${shown(text)}`;
    return text;
  };

  sending(forToken, async ({ client, secret }) => {
    const response = await fetch('/oauth/token', {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${client.value}:${secret.value}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const text = await show(response);
    if (response.ok) forRequest.elements.token.value = JSON.parse(text).access_token;
  });

  sending(forRequest, async ({ token, method, path, body }) => {
    const isPatch = method.value === 'PATCH';
    const type = `application/${isPatch ? 'json-patch' : 'fhir'}+json`;
    await show(
      await fetch(`/fhir/${path.value.replace(/^\/?(?:fhir\/)?/, '')}`, {
        method: method.value,
        headers: {
          Accept: 'application/fhir+json',
          ...(token.value.trim() === '' ? {} : { Authorization: `Bearer ${token.value.trim()}` }),
          ...(body.value.trim() === '' ? {} : { 'Content-Type': type }),
        },
        ...(body.value.trim() === '' || method.value === 'GET' ? {} : { body: body.value }),
      }),
    );
  });
})();
