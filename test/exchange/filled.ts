import type { Questionnaire } from '@medplum/fhirtypes';
import { questionsIn, readQuestionnaire, type Answers, type Question } from '../../src/intake/form.ts';
import { visible } from '../../src/intake/visible.ts';

/** Answers to every question of a form that is asked, the first option of each, until nothing more is asked. */
export function filled(form: Questionnaire, atMost = 1000): Answers {
  const model = readQuestionnaire(form, 'ja');
  let answers: Answers = {};
  for (;;) {
    const shown = visible(model, answers);
    const next = questionsIn(model.sections).filter((q) => shown.has(q.linkId) && !(q.linkId in answers));
    const wanted = Object.keys(answers).length < atMost ? next[0] : next.find((q) => q.required);
    if (!wanted) return answers;
    answers = { ...answers, [wanted.linkId]: [answerTo(wanted)] };
  }
}

function answerTo({ type, options, min }: Question): string {
  switch (type) {
    case 'boolean':
      return 'true';
    case 'choice':
      return options[0]?.value ?? '';
    case 'integer':
      return min ?? '1';
    case 'date':
      return '2026-11-20';
    case 'decimal':
    case 'quantity':
      return min ?? '1.5';
    case 'dateTime':
      return '2026-11-20T09:00';
    case 'time':
      return '09:00';
    case 'url':
      return 'https://example.org/';
    case 'attachment':
      return '- image/png 100 - ためし.png';
    case 'open-choice':
    case 'reference':
    case 'string':
    case 'text':
      return 'ためしに書いた答え';
  }
}
