import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * A sheet may be printed in a language of its form beside Japanese and English, such as easy Japanese (`ja-x-easy`), and with
 * readings above its words (`ja-x-furigana`): each is laid out differently, and so is a sheet of its own.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `alter table printed_sheet drop constraint printed_sheet_language_check,
      add constraint printed_sheet_language_check check (language ~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,6}$')`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `delete from printed_sheet where language not in ('ja', 'en');
     alter table printed_sheet drop constraint printed_sheet_language_check,
      add constraint printed_sheet_language_check check (language in ('ja', 'en'))`,
  );
}
