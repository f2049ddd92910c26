import { textUpTo } from '@fawkes/kit-contract';

/** Longest title of a service. @public */
export const MAX_SERVICE_TITLE = 80;
/** Longest description of a service. @public */
export const MAX_DESCRIPTION = 500;

/**
 * What no file keeps as it is: control characters, the ends of lines, half a
 * surrogate pair, characters that are none, the byte order mark; and what turns
 * the direction of text around, which makes a file read other than it is.
 */
const UNFIT =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{feff}\u{fffe}\u{ffff}]/u;

/**
 * One line of free text. Quotes, markup, other scripts and shell characters are
 * welcome: whoever writes it into a file quotes it.
 * @public
 */
export function lineSchema(max: number) {
  return textUpTo(max)
    .min(1)
    .refine(
      text => !UNFIT.test(text),
      'must be one line without control characters or marks that turn the direction of text',
    )
    .refine(text => text.trim() === text, 'must not begin or end with a space');
}

/** Why a person does what others will ask about. @public */
export const reasonSchema = textUpTo(1_000).trim().min(3);
