// npx tsx bench/form.ts: how long a page of 60 questions with 40 conditions takes to follow an answer, in a real Chromium.
import type { QuestionnaireItem } from '@medplum/fhirtypes';
import { serveForms } from '../test/intake/asking.tsx';
import { formOf } from '../test/intake/forms.ts';
import { launchChromium } from '../tools/chromium.ts';

const [items, conditions] = [60, 40];
const questions = Array.from({ length: items }, (_, i): QuestionnaireItem => {
  const question: QuestionnaireItem = {
    linkId: `q${String(i)}`,
    type: 'boolean',
    text: `質問 ${String(i + 1)}`,
  };
  if (i < items - conditions) return question;
  // Each waits for the first question and for one before it, so that the first opens and closes all of them.
  const before = `q${String(i - (items - conditions))}`;
  return {
    ...question,
    enableBehavior: 'all',
    enableWhen: [
      { question: 'q0', operator: '=', answerBoolean: true },
      { question: before, operator: 'exists', answerBoolean: true },
    ],
  };
});

const served = await serveForms({ long: formOf(...questions) });
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
  await page.goto(`${served.base}/long`);
  for (let i = 0; i < items; i += 1) {
    const answer = page.locator(`[name="q.q${String(i)}"][value="true"]`);
    if (await answer.isVisible()) await answer.check();
  }
  // From the answer until the page is laid out anew, with every condition true before and after in turn.
  const times = await page.evaluate<number[]>(`(() => {
    const [yes, no] = document.getElementsByName('q.q0');
    return Array.from({ length: 200 }, (_, i) => {
      const start = performance.now();
      (i % 2 === 0 ? no : yes).click();
      document.body.getBoundingClientRect();
      return performance.now() - start;
    });
  })()`);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(1);
  const shown = await page.locator('.dependent:not([hidden])').count();
  console.log(
    `${String(items)} questions, ${String(conditions)} conditions (${String(shown)} open at the end), ${String(times.length)} answers: ` +
      `half within ${at(0.5)} ms, 95 % within ${at(0.95)} ms, the slowest ${at(1)} ms`,
  );
} finally {
  await browser.close();
  await served.stop();
}
process.exit(0);
