import { accountSketch } from '../../src/documents/account.ts';
import { consentSketch } from '../../src/documents/consent-form.ts';
import { faxCoverSketch } from '../../src/documents/fax-cover.ts';
import { faxRequestSketch } from '../../src/documents/fax-request.ts';
import { figuresSketch } from '../../src/documents/figures-report.ts';
import { handOverSketch } from '../../src/documents/hand-over-sheet.ts';
import { lettersSketch } from '../../src/documents/invitation-letter.ts';
import { planSketch } from '../../src/documents/plan-sheet.ts';
import { questionnaireSketch } from '../../src/documents/questionnaire-sheet.ts';
import { referralSketch } from '../../src/documents/referral-sheet.ts';
import { reportSketch } from '../../src/documents/report-back.ts';
import { requestSketch } from '../../src/documents/request-sheet.ts';
import { resourceSketch } from '../../src/documents/resource-sheet.ts';
import { calendarSketch, listSketch } from '../../src/documents/session-calendar.ts';
import type { Sketch } from '../../src/documents/sheet.ts';
import type { Language } from '../../src/kernel/sentence.ts';
import * as cases from './case-examples.ts';
import * as examples from './examples.ts';
import * as groups from './group-examples.ts';
import { signature } from './images.ts';

type Made = Sketch | Promise<Sketch>;

/** Every sheet there is, blank where it is a form and filled in. */
export const everySheet: Readonly<Record<string, (language: Language) => Made>> = {
  'blank questionnaire': (language) => questionnaireSketch({ ...examples.questionnaire, language }),
  'answered questionnaire': (language) => questionnaireSketch({ ...examples.answered, language }),
  'blank consent form': (language) => consentSketch({ ...examples.blankConsent, language }),
  'signed consent form': (language) =>
    consentSketch({ ...examples.givenConsent, language, signature: signature() }),
  'fax cover': (language) => faxCoverSketch({ ...cases.faxCover, language }),
  'referral sheet': (language) => referralSketch({ ...examples.referral, language }),
  'request to a group': (language) => requestSketch({ ...examples.request, language }),
  'request after the welcome': (language) => requestSketch({ ...examples.welcomed, language }),
  'blank assessment': (language) => questionnaireSketch({ ...cases.blankAssessment, language }),
  'assessment with its chart': (language) => questionnaireSketch({ ...cases.assessment, language }),
  'blank support plan': (language) => planSketch({ ...groups.blankPlan, language }),
  'support plan': (language) => planSketch({ ...cases.plan, language }),
  'report at the plan': (language) => reportSketch({ ...examples.report, language }),
  'report at the close': (language) => reportSketch({ ...examples.finalReport, language }),
  'sheet of a resource': (language) => resourceSketch({ ...cases.resource, language }),
  'record of provision': (language) => accountSketch({ ...cases.provision, language }),
  'figures of the council': (language) => figuresSketch({ ...cases.figures, language }),
  'sheet that hands a person over': (language) => handOverSketch({ ...groups.handOver, language }),
  'blank sheet to hand over': (language) => handOverSketch({ ...groups.blankHandOver, language }),
  'letters of an invitation': (language) => lettersSketch({ ...groups.letters, language }),
  'letters of many words': (language) => lettersSketch({ ...groups.fullLetters, language }),
  'calendar of sessions': (language) => calendarSketch({ ...groups.calendar, language }),
  'calendar of a full month': (language) => calendarSketch({ ...groups.fullCalendar, language }),
  'attendance list': (language) => listSketch({ ...groups.attendance, language }),
  'call list': (language) => listSketch({ ...groups.calls, language }),
  'blank request by fax': (language) => faxRequestSketch({ ...groups.faxRequest, language }),
  'blank request of a clinic': (language) => faxRequestSketch({ ...groups.sentRequest, language }),
};

export const eachSheet = Object.keys(everySheet).flatMap((name) =>
  (['ja', 'en'] as const).map((language) => [name, language] as const),
);
