import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Forms printed for many may be in a language of theirs beside Japanese and English, and with readings above their words, as
 * those printed alone: as one tag, such as `ja-x-easy-furigana`. Without one each is printed as it usually is.
 */
export const up = (db: Knex): Promise<void> =>
  run(
    db,
    `alter table print_job add column variant text check (variant ~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,6}$')`,
  );

export const down = (db: Knex): Promise<void> => run(db, `alter table print_job drop column variant`);
