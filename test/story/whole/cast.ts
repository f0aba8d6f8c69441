import fs from 'node:fs';
import type { Browser } from 'playwright-core';
import type { Service } from '../../support/service.ts';
import { visitor, type Visitor } from '../visitor.ts';

type Part = 'reception' | 'tablet' | 'doctor' | 'worker' | 'group' | 'council' | 'person';

/** Who plays in the story, and what one of them leaves for the next. */
export type Story = {
  readonly service: Service;
  /** Lets somebody come in with a browser of their own. */
  readonly comes: (part: Part, manner: Parameters<typeof visitor>[2]) => Promise<Visitor>;
  /** Somebody who came in before. */
  readonly cast: (part: Part) => Visitor;
  /** What anybody's browser complained about. */
  readonly faults: () => string[];
  /** Keeps a picture in the folder `SHOTS`, to be looked at; without one, nothing. */
  readonly shot: (one: Visitor, name: string) => Promise<void>;
  readonly everybody: () => readonly Visitor[];
  /** What the council counted before it began. */
  before: number;
  patientPage: string;
  answerLink: string;
  referral: string;
  requestLink: string;
  closingReport: string;
  /** The way to the person's own page. */
  ownLink: string;
};

export function beginStory(browser: Browser, service: Service): Story {
  const shots = process.env['SHOTS'];
  const people: Visitor[] = [];
  const parts = new Map<Part, Visitor>();
  return {
    service,
    comes: async (part, manner) => {
      const one = await visitor(browser, service, manner);
      people.push(one);
      parts.set(part, one);
      return one;
    },
    cast: (part) => {
      const found = parts.get(part);
      if (!found) throw new Error(`${part} has not come in.`);
      return found;
    },
    faults: () => people.flatMap((one) => one.faults),
    everybody: () => people,
    shot: async ({ page }, name) => {
      if (shots === undefined) return;
      fs.mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
    },
    before: 0,
    patientPage: '',
    answerLink: '',
    referral: '',
    requestLink: '',
    closingReport: '',
    ownLink: '',
  };
}
