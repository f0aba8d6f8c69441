import { afterAll, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../tools/chromium.ts';
import { startService, type Service } from '../support/service.ts';
import { tell } from './chapter.ts';
import { answersRequest, hears, closes } from './whole/answer.ts';
import { registers, givesAddress, seesNeeds, consents, refers, isTold } from './whole/clinic.ts';
import { countedBefore, countedAfter } from './whole/council.ts';
import { accepts, contacts, assesses, plans, asks } from './whole/office.ts';
import { answers, sends } from './whole/patient.ts';
import { beginStory, type Story } from './whole/cast.ts';

let service: Service;
let browser: Browser;
let story: Story;

beforeAll(async () => {
  service = await startService();
  browser = await launchChromium();
  story = beginStory(browser, service);
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

const chapter = tell(() => story);

chapter('before it begins, the council counts what was referred so far', countedBefore);
chapter('reception registers a patient, and is first shown whom she may be', registers);
chapter('she gives the patient a one-time address for a tablet', givesAddress);
chapter('the patient answers page by page on a tablet, without an account', answers);
chapter('she looks at her answers once more, corrects one and sends them', sends);
chapter('reception sees which needs the answers show, and why', seesNeeds);
chapter('she records the consent, and the patient signs on the screen', consents);
chapter('the doctor writes the referral, checks it, changes one thing and sends it', refers);
chapter('the link worker finds it in the inbox and accepts it', accepts);
chapter('she calls, reaches nobody, then visits', contacts);
chapter('she fills in the assessment, which begins with what the patient answered', assesses);
chapter('she writes down a goal and tells the doctor of the plan', plans);
chapter('she looks for community resources and asks one that can be reached by mail', asks);
chapter('the group answers on a telephone, through the link, without an account', answersRequest);
chapter('the link worker sees the answer and writes down that it has begun', hears);
chapter('in the end she closes the case with what came of it', closes);
chapter('the doctor reads what became of it, without having asked, and takes the letter', isTold);
chapter('the council counts one referral more, and nobody by name', countedAfter);
