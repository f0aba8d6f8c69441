/** What people do with a referral. Each takes the open records of whoever does it and makes one transaction's worth. */
export { assign, type Assigning } from './assign.ts';
export { move, type Moved, type Moving } from './move.ts';
export { send, type Sending, type Sent } from './send.ts';
