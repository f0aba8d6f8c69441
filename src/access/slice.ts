import type { Database } from '../database/database.ts';
import type { OpenRecords } from '../fhir/records.ts';
import type { Surroundings } from '../kernel/clock.ts';
import type { Pages } from './visit.ts';

/** What every slice with pages is given by `app.ts`; a slice that needs more says so beside it. */
export type SliceNeeds = Surroundings &
  Readonly<{
    /** Everything about persons and the directory goes through here. */
    open: OpenRecords;
    /** For what is no health record: links, drafts. */
    database: Database;
    pages: Pages;
    /** Where links in printed sheets and messages lead; no trailing slash. */
    publicUrl: string;
  }>;
