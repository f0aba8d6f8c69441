import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';

/*
 * An invented instrument in the manner of those that are scored: English, questions without a group, options with scores
 * from a value set that it carries along, a total by FHIRPath, and a question that is asked from a total on.
 */
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire';
const standard = 'http://hl7.org/fhir/StructureDefinition';
const fhirpath = (expression: string) => ({ language: 'text/fhirpath' as const, expression });
const translated = (content: string, lang = 'ja') => ({
  extension: [
    {
      url: `${standard}/translation`,
      extension: [
        { url: 'lang', valueCode: lang },
        { url: 'content', valueString: content },
      ],
    },
  ],
});
const level = (code: string, display: string, score: number) => ({
  code,
  display,
  extension: [{ url: `${standard}/ordinalValue`, valueDecimal: score }],
});
const scored = (
  linkId: string,
  text: string,
  ja: string,
): QuestionnaireItem & Readonly<{ _text: object }> => ({
  linkId,
  type: 'choice',
  text,
  _text: translated(ja),
  required: true,
  answerValueSet: '#levels',
});

export const instrument: Questionnaire = {
  resourceType: 'Questionnaire',
  url: 'https://instruments.example/Questionnaire/quiet-days',
  version: '2.1',
  language: 'en',
  status: 'active',
  title: 'Quiet days (invented)',
  subjectType: ['Patient'],
  contained: [
    {
      resourceType: 'ValueSet',
      id: 'levels',
      status: 'active',
      compose: {
        include: [
          {
            system: 'https://instruments.example/CodeSystem/levels',
            concept: [level('L0', 'Not at all', 0), level('L1', 'Some days', 1), level('L2', 'Every day', 3)],
          },
        ],
      },
    },
  ],
  item: [
    scored('/q1', 'I sat at home with nothing to do', '家で何もすることがなかった'),
    scored('/q2', 'I spoke with nobody', '誰とも話さなかった'),
    {
      linkId: '/total',
      type: 'integer',
      text: 'Total',
      readOnly: true,
      extension: [
        {
          url: `${sdc}-calculatedExpression`,
          valueExpression: fhirpath('%resource.item.answer.value.ordinal().sum()'),
        },
      ],
    },
    {
      linkId: '/since',
      type: 'string',
      text: 'Since when?',
      extension: [
        {
          url: `${sdc}-enableWhenExpression`,
          valueExpression: fhirpath("%resource.item.where(linkId = '/total').answer.value >= 4"),
        },
      ],
    },
  ],
};
