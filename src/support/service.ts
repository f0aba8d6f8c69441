/**
 * What a link worker does with a referral. Each takes the open records of whoever does it and makes one transaction's
 * worth; what it refuses stands with it.
 */
export { confirmAnswers, followUp, recordAnswer, type Answering, type FollowingUp } from './answer.ts';
export { askResources, type AskedNow, type Asking } from './ask.ts';
export { readAssessment, saveAssessment, type SavingAssessment } from './assessment.ts';
export { close, type Closed, type Closing, type Ending } from './close.ts';
export { logContact, type Logged, type Logging } from './contact.ts';
export { findResources } from './find.ts';
export { tellPlan, writeGoal, type TellingPlan, type WritingGoal } from './plan.ts';
