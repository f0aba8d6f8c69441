import { of, type Sentence } from '../../kernel/sentence.ts';
import type { SealFacts } from './chain.ts';
import { firstId } from './seal.ts';

type S = Pick<SealFacts, 'number' | 'sealedAt'>;
const at = ({ number, sealedAt }: S): Sentence =>
  of(`封印${String(number)}（${sealedAt}）`, `seal ${String(number)} of ${sealedAt}`);

/** What `npm run audit:verify` says of a log that is not whole. */
export const text = {
  changed: (id: string, seal: S): Sentence =>
    of(
      `行${id}の内容が、${at(seal).ja}のあとで変えられています。`,
      `Row ${id} was changed after ${at(seal).en}.`,
    ),
  added: (id: string, seal: S): Sentence =>
    of(`行${id}は、${at(seal).ja}のあとで加えられたものです。`, `Row ${id} was put in after ${at(seal).en}.`),
  removed: (count: number, after: string, before: string | undefined, seal: S): Sentence =>
    of(
      `${after === firstId ? '最初' : `行${after}の次`}から${before === undefined ? '' : `行${before}の前まで、`}${String(count)}行が、${at(seal).ja}のあとで消されています。`,
      `${String(count)} rows ${after === firstId ? 'at the beginning' : `after row ${after}`}${before === undefined ? '' : ` and before row ${before}`} were removed after ${at(seal).en}.`,
    ),
  outOfOrder: (id: string, seal: S): Sentence =>
    of(
      `行${id}が、${at(seal).ja}の中で順序どおりではありません。`,
      `Row ${id} is out of order in ${at(seal).en}.`,
    ),
  sealGone: (wanted: number, found: number): Sentence =>
    of(
      `封印${String(wanted)}がなく、封印${String(found)}が続いています。`,
      `Seal ${String(wanted)} is missing; seal ${String(found)} follows.`,
    ),
  sealMoved: (seal: S): Sentence =>
    of(
      `${at(seal).ja}が、前の封印に続いていません。`,
      `${at(seal).en} does not follow on the one before it.`,
    ),
  sealChanged: (seal: S): Sentence =>
    of(`${at(seal).ja}そのものが変えられています。`, `The ${at(seal).en} was itself changed.`),
  forged: (seal: S): Sentence =>
    of(`${at(seal).ja}の署名が正しくありません。`, `The signature of ${at(seal).en} is not good.`),
  otherKey: (seal: S & { key: string }): Sentence =>
    of(
      `${at(seal).ja}は、信頼すると示されていない鍵（${seal.key}）で署名されています。`,
      `The ${at(seal).en} is signed with a key that was not given as trusted (${seal.key}).`,
    ),
  outOfTurn: (seal: S & { key: string }): Sentence =>
    of(
      `${at(seal).ja}は、鍵（${seal.key}）が使われていなかった時期のものです。`,
      `The ${at(seal).en} is signed with a key (${seal.key}) that was not in use then.`,
    ),
  otherHandover: (number: number): Sentence =>
    of(
      `封印${String(number)}が、次の鍵に引き継がれたときのものと違います。ログが作り直されたおそれがあります。`,
      `Seal ${String(number)} is not the one that was handed over to the next key: the log may have been made anew.`,
    ),
  handoverGone: (number: number, last: number): Sentence =>
    of(
      `次の鍵に引き継がれた封印${String(number)}がありません（最後は${String(last)}）。ログの終わりが切り取られています。`,
      `Seal ${String(number)}, which was handed over to the next key, is gone (the last is ${String(last)}): the end of the log was cut off.`,
    ),
  otherHead: (number: number): Sentence =>
    of(
      `封印${String(number)}が、別に保管していたものと違います。ログ全体が作り直されたおそれがあります。`,
      `Seal ${String(number)} is not the one that was kept elsewhere: the log may have been made anew.`,
    ),
  headGone: (number: number, last: number): Sentence =>
    of(
      `別に保管していた封印${String(number)}がありません（最後は${String(last)}）。ログの終わりが切り取られています。`,
      `Seal ${String(number)}, which was kept elsewhere, is gone (the last is ${String(last)}): the end of the log was cut off.`,
    ),
};
