import type { JSX } from 'preact';
import { Button, FileField, type FieldProps } from '../../web/form.tsx';
import { speak, type View } from '../../web/view.ts';
import type { Question } from '../form.ts';
import { filesText, sizeOf } from './text.ts';
import { readFileValue, sentAs, type GivenFile } from './value.ts';

const filesAmong = (values: readonly string[]): GivenFile[] =>
  values.flatMap((value) => readFileValue(value) ?? []);
const isPicture = ({ contentType }: GivenFile): boolean => contentType?.startsWith('image/') === true;

/** A file by its name, with a small picture where it is one. `files`: the address below which its bytes are had. */
function KeptFile(props: Readonly<{ view: View; file: GivenFile; files: string | undefined }>): JSX.Element {
  const { view, file, files } = props;
  const name = file.title === '' ? view.t(filesText.nameless) : file.title;
  const size = file.size === undefined ? '' : ` ${sizeOf(file.size)}`;
  if (file.id === undefined || files === undefined)
    return (
      <span class="kept-file">
        <span>
          {name}
          {file.id === undefined ? view.t(filesText.elsewhere) : size}
        </span>
      </span>
    );
  const href = `${files}/${file.id}`;
  return (
    <span class="kept-file">
      {isPicture(file) ? (
        <a href={href} target="_blank" rel="noopener">
          <img src={`${href}?small`} alt={view.t(filesText.pictureOf(name))} loading="lazy" />
        </a>
      ) : null}
      <span>
        <a href={href} target="_blank" rel="noopener">
          {name}
        </a>
        <span class="hint">{size}</span>
      </span>
    </span>
  );
}

/** The files that were given to a question, to look at. */
export const FilesRead = (
  props: Readonly<{ view: View; values: readonly string[]; files: string | undefined }>,
): JSX.Element => (
  <ul class="kept-files">
    {filesAmong(props.values).map((file, i) => (
      <li key={i}>
        <KeptFile view={props.view} file={file} files={props.files} />
      </li>
    ))}
  </ul>
);

/** A question for a file: what was given, each with a way to take it back, and a place for another. Works without script. */
export function GivenFiles(
  props: FieldProps & Readonly<{ question: Question; values: readonly string[]; files: string | undefined }>,
): JSX.Element {
  const { view, name, question, values, files, hint, required } = props;
  const given = filesAmong(values);
  const { types = [], maxBytes = 0 } = question.files ?? {};
  const hints = [
    ...(hint === undefined ? [] : [speak(view, hint)]),
    view.t(filesText.hint(types, maxBytes)),
    ...(question.repeats ? [view.t(filesText.more)] : given.length > 0 ? [view.t(filesText.another)] : []),
  ];
  return (
    <FileField
      {...props}
      hint={hints.join(' ')}
      required={required === true}
      accept={types.join(',')}
      multiple={question.repeats}
      before={
        given.length === 0 ? undefined : (
          <ul class="kept-files" aria-label={view.t(filesText.given)}>
            {given.map((file, i) => (
              <li key={i}>
                <input type="hidden" name={name} value={sentAs(file)} />
                <KeptFile view={view} file={file} files={files} />
                <Button kind="quiet" name="_row" value={`drop:${question.linkId} ${sentAs(file)}`}>
                  {view.t(filesText.takeAway(file.title === '' ? view.t(filesText.nameless) : file.title))}
                </Button>
              </li>
            ))}
          </ul>
        )
      }
    />
  );
}
