import type { Knex } from 'knex';
import * as records from './0001_records.ts';
import * as sight from './0002_sight.ts';
import * as access from './0003_access.ts';
import * as outbox from './0004_outbox.ts';
import * as inbox from './0005_inbox.ts';
import * as facts from './0006_facts.ts';
import * as clinic from './0007_clinic.ts';
import * as directory from './0008_directory.ts';
import * as typed from './0009_typed.ts';
import * as trail from './0010_trail.ts';
import * as openings from './0012_openings.ts';
import * as asker from './0015_asker.ts';
import * as danger from './0017_danger.ts';
import * as consentEnds from './0018_consent_ends.ts';
import * as entry from './0019_entry.ts';
import * as rowsOfThePerson from './0020_rows_of_the_person.ts';
import * as sightsAtOnce from './0021_sights_at_once.ts';
import * as attempts from './0023_attempts.ts';
import * as handover from './0023_handover.ts';
import * as sealed from './0023_sealed.ts';
import * as reviews from './0023_review.ts';
import * as deletion from './0030_deletion.ts';
import * as search from './0031_search.ts';
import * as exports from './0034_export.ts';
import * as subscription from './0035_subscription.ts';
import * as sightsThatChange from './0039_sights_that_change.ts';
import * as partnerServers from './0040_partner_servers.ts';
import * as partnerMenu from './0041_partner_menu.ts';
import * as programs from './0042_programs.ts';
import * as restricted from './0044_restricted.ts';
import * as searchEstimates from './0046_search_estimates.ts';
import * as programOfFacts from './0050_program_of_facts.ts';
import * as printedSheets from './0054_printed_sheets.ts';
import * as scans from './0055_scans.ts';
import * as passedOn from './0056_passed_on.ts';
import * as invitations from './0057_invitations.ts';
import * as gatherings from './0059_gatherings.ts';
import * as programTerms from './0060_program_terms.ts';
import * as print from './0061_print.ts';
import * as fillings from './0062_fillings.ts';
import * as partnerHooks from './0063_partner_hooks.ts';
import * as urgentAnswers from './0064_urgent_answers.ts';
import * as begun from './0065_begun.ts';
import * as answersCounted from './0066_answers_counted.ts';
import * as givenFiles from './0067_given_files.ts';
import * as sheetLanguages from './0069_sheet_languages.ts';
import * as formFailures from './0070_form_failures.ts';
import * as requestSheets from './0072_request_sheets.ts';
import * as returnedPaper from './0074_returned_paper.ts';
import * as closedDoors from './0076_closed_doors.ts';
import * as scanNames from './0077_scan_names.ts';
import * as seenNames from './0078_seen_names.ts';

/** In the order in which they run. A migration that has landed is never edited and never imports the application. */
export const migrations: Readonly<Record<string, Pick<Knex.Migration, 'up' | 'down'>>> = {
  '0001_records': records,
  '0002_sight': sight,
  '0003_access': access,
  '0004_outbox': outbox,
  '0005_inbox': inbox,
  '0006_facts': facts,
  '0007_clinic': clinic,
  '0008_directory': directory,
  '0009_typed': typed,
  '0010_trail': trail,
  '0012_openings': openings,
  '0015_asker': asker,
  '0017_danger': danger,
  '0018_consent_ends': consentEnds,
  '0019_entry': entry,
  '0020_rows_of_the_person': rowsOfThePerson,
  '0021_sights_at_once': sightsAtOnce,
  '0023_attempts': attempts,
  '0023_handover': handover,
  '0023_sealed': sealed,
  '0023_review': reviews,
  '0030_deletion': deletion,
  '0031_search': search,
  '0034_export': exports,
  '0035_subscription': subscription,
  '0039_sights_that_change': sightsThatChange,
  '0040_partner_servers': partnerServers,
  '0041_partner_menu': partnerMenu,
  '0042_programs': programs,
  '0044_restricted': restricted,
  '0046_search_estimates': searchEstimates,
  '0050_program_of_facts': programOfFacts,
  '0054_printed_sheets': printedSheets,
  '0055_scans': scans,
  '0056_passed_on': passedOn,
  '0057_invitations': invitations,
  '0059_gatherings': gatherings,
  '0060_program_terms': programTerms,
  '0061_print': print,
  '0062_fillings': fillings,
  '0063_partner_hooks': partnerHooks,
  '0064_urgent_answers': urgentAnswers,
  '0065_begun': begun,
  '0066_answers_counted': answersCounted,
  '0067_given_files': givenFiles,
  '0069_sheet_languages': sheetLanguages,
  '0070_form_failures': formFailures,
  '0072_request_sheets': requestSheets,
  '0074_returned_paper': returnedPaper,
  '0076_closed_doors': closedDoors,
  '0077_scan_names': scanNames,
  '0078_seen_names': seenNames,
};
