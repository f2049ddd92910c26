import { wordsOf, type WordCodeOf, type WordArgs } from '@fawkes/kit-contract';
import { BENCHMARK_WORDS } from './benchmarkWords';
import { ERROR_WORDS } from './errorWords';
import { FACT_WORDS } from './factWords';
import { FIGURE_WORDS } from './figureWords';
import { QUALITY_WORDS } from './qualityWords';
import { REJECTED_WORDS } from './rejectedWords';

/**
 * Everything the delivery backend says to people, in English by code. The
 * backend speaks by it, and the English of the screens is made of it.
 * @public
 */
export const deliveryWords = wordsOf({
  ...FIGURE_WORDS,
  ...FACT_WORDS,
  ...QUALITY_WORDS,
  ...REJECTED_WORDS,
  ...ERROR_WORDS,
  ...BENCHMARK_WORDS,
});

/** A code of {@link deliveryWords}. @public */
export type DeliveryWordCode = WordCodeOf<typeof deliveryWords.texts>;
/** The params of a code. @public */
export type DeliveryWordArgs<C extends DeliveryWordCode> = WordArgs<
  typeof deliveryWords.texts,
  C
>;

/** Words of the delivery backend with their English text. @public */
export const { say } = deliveryWords;

/** Codes of what rejected events were kept with. */
const REJECTED_CODES = deliveryWords.codes.filter(code =>
  code.startsWith('rejected.'),
);

/**
 * Code and params of the reason an event was rejected with; neither for what is
 * no common fault.
 * @public
 */
export function codeOfRejection(reason: string) {
  return codeOf(reason, REJECTED_CODES);
}

/** The same for why a backfill ended. @public */
export function codeOfBackfillEnd(message: string) {
  return codeOf(message, ['backfill.stopped', 'backfill.git_unreadable']);
}

function codeOf(text: string, among: readonly DeliveryWordCode[]) {
  const said = deliveryWords.recognise(text, among);
  return said ? { code: said.code, params: said.params } : {};
}
