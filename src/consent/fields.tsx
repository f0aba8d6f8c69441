import type { JSX } from 'preact';
import type { readPost } from '../people/record.ts';
import { consentWords } from '../programs/consent-words.ts';
import type { Program } from '../programs/program.ts';
import { viewIn } from '../programs/speaking.ts';
import type { FormVariant } from '../programs/variants.ts';
import type { TypedFrom } from '../web/beside.tsx';
import {
  CheckField,
  DateField,
  Dependent,
  FileField,
  HiddenFields,
  RadioField,
  SelectField,
  SignatureField,
  TextField,
  type FormState,
} from '../web/form.tsx';
import { Panel } from '../web/parts.tsx';
import { shown } from '../web/ruby.tsx';
import type { View } from '../web/view.ts';
import { AsOnPaper } from './as-on-paper.tsx';
import { paperText } from './as-on-paper-text.ts';
import { evidences, signers } from './form.ts';
import { explainedHows } from './record.ts';
import { alsoNames, howNames, text } from './text.ts';

type Props = Readonly<{
  view: View;
  state: FormState;
  program: Program;
  /** Who can have explained it. */
  posts: readonly ReturnType<typeof readPost>[];
  /** In which of its languages the form is shown, and whether with readings. */
  variant?: FormVariant | undefined;
  /** Typed in from a picture of the signed form, which is the proof. */
  from?: TypedFrom | undefined;
}>;

/** The fields of a consent, wherever it is taken. */
export const ConsentFields = (props: Props): JSX.Element => (
  <>
    <ExplainingFields {...props} />
    <ChoosingFields {...props} />
    <SigningFields {...props} />
  </>
);
/** The page's words as the person is spoken to. */
function speaking({ view, program, variant }: Pick<Props, 'view' | 'program' | 'variant'>) {
  const { tongue, furigana } = variant ?? { tongue: view.language, furigana: false };
  return {
    tongue,
    words: consentWords(program, tongue),
    view: variant === undefined ? view : { ...viewIn(view, tongue), furigana },
    /** Of what is said in another language than the page. */
    lang: tongue === view.language ? undefined : tongue,
  };
}

/** What is told before anybody agrees, in the words of the form. */
export function Explained(props: Pick<Props, 'view' | 'program' | 'variant'>): JSX.Element {
  const { words, view, lang } = speaking(props);
  return (
    <Panel view={props.view} title={text.explain}>
      <div class="prose" lang={lang}>
        {[words.intro, words.purpose, words.period, words.withdrawal].map((says, i) => (
          <p key={i}>{shown(view, says)}</p>
        ))}
      </div>
    </Panel>
  );
}

/** Who told them, and how. */
export function ExplainingFields({
  view,
  state,
  posts,
}: Pick<Props, 'view' | 'state' | 'posts'>): JSX.Element {
  return (
    <>
      <h2>{view.t(text.explaining)}</h2>
      <SelectField
        view={view}
        state={state}
        name="explainedBy"
        label={text.explainedBy}
        required
        options={posts.map((post) => ({ value: post.id, label: post.name ?? post.id }))}
      />
      <RadioField
        view={view}
        state={state}
        name="explainedHow"
        label={text.explainedHow}
        required
        options={explainedHows.map((value) => ({ value, label: howNames[value] }))}
      />
    </>
  );
}

/** Whom they let see what, and until when. */
export function ChoosingFields(props: Pick<Props, 'view' | 'state' | 'program' | 'variant'>): JSX.Element {
  const { state, program, variant } = props;
  const { words, view, tongue, lang } = speaking(props);
  const optionsOf = (list: typeof words.items) => list.map(({ code, label }) => ({ value: code, label }));
  return (
    <div class="form-part" lang={lang}>
      <h2>{view.t(text.choosing)}</h2>
      <AsOnPaper view={view} state={state} />
      <CheckField
        view={view}
        state={state}
        name="recipients"
        label={text.recipients}
        required
        options={optionsOf(words.recipients)}
      />
      <CheckField
        view={view}
        state={state}
        name="items"
        label={text.items}
        hint={text.itemsHint}
        required
        options={optionsOf(words.items)}
      />
      {(['resident', 'resource'] as const)
        .filter((kind) => words.recipients.some(({ code }) => code === kind))
        .map((kind) => (
          <Dependent key={kind} when={when('recipients', kind)}>
            <CheckField
              view={view}
              state={state}
              name={alsoFields[kind]}
              label={alsoNames[kind]}
              hint={text.alsoHint}
              options={optionsOf(words.items.filter(({ code }) => code !== 'contact'))}
            />
          </Dependent>
        ))}
      <DateField
        view={view}
        state={state}
        name="until"
        label={text.until}
        hint={text.untilHint(program.consentTerms.months)}
        required
      />
      <HiddenFields values={{ words: tongue, furigana: variant?.furigana === true ? 'on' : undefined }} />
    </div>
  );
}

const alsoFields = { resident: 'alsoResident', resource: 'alsoResource' } as const;

const when = (question: string, answer: string) =>
  ({ behavior: 'all', conditions: [{ question, operator: '=', answer }] }) as const;

/** Who signed, and what proves it; `scan={false}` for a form without a file. */
export function SigningFields({
  view,
  state,
  from,
  scan = true,
}: Pick<Props, 'view' | 'state' | 'from'> & Readonly<{ scan?: boolean }>): JSX.Element {
  const field = { view, state };
  const proxy = { ...field, required: true, whom: paperText.whenProxy };
  return (
    <>
      <h2>{view.t(text.signing)}</h2>
      <RadioField
        {...field}
        name="signer"
        label={text.signer}
        required
        inline
        options={signers.map((value) => ({ value, label: text[value] }))}
      />
      <Dependent when={when('signer', 'proxy')}>
        <TextField {...proxy} name="proxyName" label={text.proxyName} lang="ja" />
        <TextField
          {...proxy}
          name="proxyRelation"
          label={text.proxyRelation}
          hint={text.proxyRelationHint}
          lang="ja"
        />
        <TextField {...proxy} name="proxyWhy" label={text.proxyWhy} lang="ja" />
      </Dependent>
      {from === undefined ? (
        <ProofFields {...field} scan={scan} />
      ) : (
        <HiddenFields values={{ evidence: 'scan' }} />
      )}
    </>
  );
}

function ProofFields({
  scan,
  ...field
}: Pick<Props, 'view' | 'state'> & Readonly<{ scan: boolean }>): JSX.Element {
  return (
    <>
      <RadioField
        {...field}
        name="evidence"
        label={text.evidence}
        required
        options={evidences
          .filter((value) => scan || value !== 'scan')
          .map((value) => ({ value, label: text[value] }))}
      />
      <Dependent when={when('evidence', 'drawn')}>
        <SignatureField
          {...field}
          name="signature"
          label={text.signature}
          whom={paperText.whenDrawn}
          required
        />
      </Dependent>
      <Dependent when={when('evidence', 'paper')}>
        <TextField
          {...field}
          name="kept"
          label={text.kept}
          hint={text.keptHint}
          whom={paperText.whenPaper}
          required
          lang="ja"
        />
      </Dependent>
      {/* The file comes last: when it is too large, everything before it has arrived. */}
      {scan ? (
        <Dependent when={when('evidence', 'scan')}>
          <FileField
            {...field}
            name="scan"
            label={text.scanFile}
            hint={text.scanHint}
            whom={paperText.whenScan}
            required
            accept="application/pdf,image/png,image/jpeg"
          />
        </Dependent>
      ) : null}
    </>
  );
}
