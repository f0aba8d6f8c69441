import { z } from 'zod';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { optionalDate, optionalText, saying } from '../web/form.tsx';
import { text } from './text.ts';

/** When and where somebody says that they have seen a doctor: both may be left out, and no day lies in the future. */
export const beenSchema = (now: Date) =>
  z.object({
    day: optionalDate().refine((day) => day === undefined || day <= dayInTokyo(now), saying(text.beenFuture)),
    place: optionalText(100).transform((place) => place?.replaceAll(/\s+/gu, ' ')),
  });
