import { lineWriter, Redactor, type Log } from '../../local';
import type { EffectContext } from '../driver';

/** The log of an effect, for what runs because of it. */
export function effectLog(
  { log }: EffectContext,
  secrets?: readonly string[],
): Log {
  const redactor = new Redactor(secrets);
  return {
    writer: stream =>
      lineWriter(redactor, lines => {
        for (const line of lines) log(line, stream);
      }),
  };
}
