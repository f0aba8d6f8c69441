import { afterAll, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../tools/chromium.ts';
import { startService, type Service } from '../support/service.ts';
import { tell, type Chapter } from './chapter.ts';
import { beginStory } from './whole/cast.ts';
import {
  clinicKeepsItsOwn,
  everybodyHasALetter,
  groupIsTold,
  losesTheRecord,
  officeSeesTheRequestEnd,
  savesTooLate,
} from './withdrawal/after.ts';
import { bothRecordIt, pressesTwice } from './withdrawal/at-once.ts';
import { groupReads, handsOut, worksOnTheCase } from './withdrawal/before.ts';
import type { Withdrawal } from './withdrawal/cast.ts';
import { opensOwnPage, takesBackGroups, takesBackTheRest } from './withdrawal/person.ts';
import { bothOnlyRead } from './withdrawal/runs-out.ts';
import { accepted } from './withdrawal/whose.ts';

let service: Service;
let browser: Browser;
let story: Withdrawal;

beforeAll(async () => {
  service = await startService();
  browser = await launchChromium();
  const [whose, ...others] = await accepted(service);
  if (!whose) throw new Error('The demo has nobody whose case has just been accepted.');
  const referral = `/referrals/${whose.referral}`;
  story = Object.assign(beginStory(browser, service), { whose, others, referral, browser, tabs: {} });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await service.stop();
});

const chapter: Chapter<Withdrawal> = tell(() => story);

chapter('a link worker has asked a group and is in the middle of the assessment', worksOnTheCase);
chapter('the group reads the request on a telephone and is about to answer', groupReads);
chapter('reception hands the person a sheet for a page of their own', handsOut);
chapter('the person opens it on a telephone and sees who sees them', opensOwnPage);
chapter('she takes back the part for groups, having read what will happen', takesBackGroups);
chapter('the group loses the request with the next click and is told', groupIsTold);
chapter('the office and the clinic see what ended and why; the rest goes on', officeSeesTheRequestEnd);
chapter('she takes back the rest, and pressing twice does it once', takesBackTheRest);
chapter(
  'the link worker presses save: refused with a sentence, and what was saved before stays on record',
  savesTooLate,
);
chapter('with the next click the record is gone, everywhere, and she is told why', losesTheRecord);
chapter('everybody concerned has a letter that names nobody', everybodyHasALetter);
chapter('the clinic keeps its own record, and who had been told what', clinicKeepsItsOwn);
chapter('another consent is taken back at reception and at the office in one moment: once', bothRecordIt);
chapter('a third by two presses without script: once, and calmly', pressesTwice);
chapter('two consents run out: office and group both read on, and find nothing to write with', bothOnlyRead);
