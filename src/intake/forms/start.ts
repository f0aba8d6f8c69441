import { questionsIn, type Answers, type FormModel } from '../form.ts';

/** What stands in a form before anybody answers. */
export const initialAnswers = (model: FormModel): Answers =>
  Object.fromEntries(
    questionsIn(model.sections).flatMap(({ linkId, initial }) =>
      initial.length > 0 ? [[linkId, initial]] : [],
    ),
  );
