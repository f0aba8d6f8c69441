import type { CodeSystem, NamingSystem, SearchParameter, ValueSet } from '@medplum/fhirtypes';
import { systems } from '../fhir/codes.ts';
import type { Checked, Definition, Definitions } from '../fhir/defined.ts';
import { searchParameters } from '../fhir/parameters.ts';
import type { RecordType } from '../fhir/types.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { servesUrl } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { checkProfile } from './check.ts';
import { codeLists, type CodeList } from './code-lists.ts';
import type { Profile } from './constraint.ts';
import { extensionTables } from './extensions.ts';
import { profileFor, profileNamed, profiles, profileUrl } from './profiles.ts';
import { heading, nameOf, publisher } from './published.ts';
import { extensionStructure, structureOf } from './structure.ts';
import { choices, type CodeChoice } from './value-sets.ts';

/** They hang on no program, and each holds all of its base: made once. */
const structures = [...profiles.map(structureOf), ...extensionTables.map(extensionStructure)];

/** Our own definitions, made from the lists and tables that the service itself runs by. */
export function makeDefinitions(programs: readonly Program[]): Definitions {
  const lists = codeLists(programs);
  const codes = new Map(lists.map((list) => [list.system, new Set(Object.keys(list.codes))]));
  const none: ReadonlySet<string> = new Set();
  const known = (system: string): ReadonlySet<string> => codes.get(system) ?? none;
  const checked = (profile: Profile | undefined): Checked | undefined =>
    profile && {
      url: profileUrl(profile),
      type: profile.type,
      check: (record) => checkProfile(profile, record, known),
    };
  return {
    resources: [
      ...structures,
      ...lists.map(codeSystem),
      ...Object.entries<CodeChoice>(choices).map(valueSet),
      ...ownParameters.map(searchParameter),
      ...namingSystems,
    ] as Definition[],
    named: (url) => checked(profileNamed(url)),
    usual: (record) => checked(profileFor(record)),
  };
}

function codeSystem({ system, title, about, codes }: CodeList): CodeSystem {
  return {
    resourceType: 'CodeSystem',
    ...heading('CodeSystem', system.slice(system.lastIndexOf('/') + 1), title, about),
    caseSensitive: true,
    content: 'complete',
    count: Object.keys(codes).length,
    concept: Object.entries(codes).map(([code, words]) => ({
      code,
      display: words.ja,
      designation: [
        { language: 'ja', value: words.ja },
        { language: 'en', value: words.en },
      ],
    })),
  };
}

const valueSet = ([id, { title, codes }]: [string, CodeChoice]): ValueSet => ({
  resourceType: 'ValueSet',
  ...heading('ValueSet', id, title, title),
  compose: {
    include: Object.entries(codes).map(([system, list]) =>
      list === 'all' ? { system } : { system, concept: list.map((code) => ({ code })) },
    ),
  },
});

type OwnParameter = Readonly<{ type: RecordType; name: string; about: Sentence }>;

const serves: Sentence = {
  ja: '対象とする市町村（全国地方公共団体コード）。何も書かれていないところは、どこの人も受け入れる。',
  en: 'The municipalities that are served (codes of six digits). What names none takes everybody.',
};

/** The parameters of the registry that base R4 does not have. */
export const ownParameters: readonly OwnParameter[] = [
  { type: 'Organization', name: 'serves', about: serves },
  { type: 'HealthcareService', name: 'serves', about: serves },
  {
    type: 'Binary',
    name: 'patient',
    about: { ja: '誰の書類か。', en: 'Whose document it is.' },
  },
  {
    type: 'Task',
    name: 'output',
    about: { ja: 'その仕事から生まれた記録。', en: 'The records that came of the task.' },
  },
  {
    type: 'Task',
    name: 'due',
    about: { ja: 'いつまでに終えるか。', en: 'Until when the task is to be done.' },
  },
  {
    type: 'ServiceRequest',
    name: 'supporting-info',
    about: { ja: '紹介に添えた同意と回答。', en: 'The consent and answers that go with the referral.' },
  },
  {
    type: 'ServiceRequest',
    name: 'reason-code',
    about: { ja: '紹介の理由の分類。', en: 'The categories of why the person is referred.' },
  },
];

function searchParameter({ type, name, about }: OwnParameter): SearchParameter {
  const known = searchParameters[type][name];
  if (!known) throw new Error(`${type} has no parameter ${name}.`);
  const id = known.definition.slice(known.definition.lastIndexOf('/') + 1);
  // R4 gives a search parameter no title.
  const { title: _t, _title, ...named } = heading('SearchParameter', id, about, about);
  return {
    resourceType: 'SearchParameter',
    ...named,
    code: name,
    base: [type],
    type: known.type,
    expression: known.expression.replace("extension('serves')", `extension('${servesUrl}')`),
    ...(known.targets ? { target: [...known.targets] } : {}),
  };
}

const namingSystem = (id: string, url: string, title: Sentence): NamingSystem => ({
  resourceType: 'NamingSystem',
  id,
  language: 'ja',
  name: nameOf(id),
  status: 'active',
  kind: 'identifier',
  date: '2026-11-27',
  publisher,
  description: `${title.ja} (${title.en})`,
  uniqueId: [{ type: 'uri', value: url, preferred: true }],
});

const namingSystems = [
  namingSystem('case-number', systems.caseNumber, {
    ja: '紹介番号',
    en: 'Number of a referral, as people say it',
  }),
  namingSystem('municipality', systems.municipality, {
    ja: '全国地方公共団体コード',
    en: 'Code of a municipality, six digits',
  }),
  namingSystem('medical-area', systems.medicalArea, {
    ja: '二次医療圏コード',
    en: 'Code of a medical area of a prefecture',
  }),
];
