// A place to sign with finger, pen or mouse. What is drawn goes into a hidden input as a PNG data URL.
'use strict';

for (const place of document.querySelectorAll('[data-signature]')) {
  const pad = place.querySelector('[data-signature-pad]');
  const canvas = pad.querySelector('canvas');
  const input = place.querySelector('input[type=hidden]');
  const pen = canvas.getContext('2d');
  let drawing = false;

  function blank() {
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.strokeStyle = '#1a1a1a';
    pen.lineWidth = 4;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
  }

  function at(event) {
    const box = canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * canvas.width) / box.width,
      ((event.clientY - box.top) * canvas.height) / box.height,
    ];
  }

  function stroke(event) {
    // Fast strokes arrive as one event with the points between.
    for (const one of event.getCoalescedEvents?.() ?? [event]) pen.lineTo(...at(one));
    pen.stroke();
  }

  canvas.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    pen.beginPath();
    pen.moveTo(...at(event));
    pen.lineTo(...at(event));
    pen.stroke();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (drawing) stroke(event);
  });
  for (const end of ['pointerup', 'pointercancel'])
    canvas.addEventListener(end, () => {
      if (!drawing) return;
      drawing = false;
      input.value = canvas.toDataURL('image/png');
    });
  pad.querySelector('[data-signature-clear]').addEventListener('click', () => {
    blank();
    input.value = '';
  });

  blank();
  pad.hidden = false;
  place.querySelector('[data-signature-paper]').hidden = true;
  // A form that comes back with problems keeps the signature.
  if (input.value.startsWith('data:image/png;base64,')) {
    const kept = new Image();
    kept.addEventListener('load', () => pen.drawImage(kept, 0, 0));
    kept.src = input.value;
  }
}
