import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { gpuWords } from '@fawkes/backstage-plugin-provisioning-common/gpu';
import { provisioningWordTables } from '@fawkes/backstage-plugin-provisioning-common/rules';
import type { Coded, Speak } from '@fawkes/kit-ui/values';
import { useCallback } from 'react';
import { provisioningTranslationRef } from '../translation';
import { paramMessages } from '../translations/paramMessages';
import { stateMessages } from '../translations/stateMessages';

/** Messages by keys that are known only when they are asked for. */
type Translate = (key: string, params?: Coded['params']) => string;
type Param = string | number;

const CODES: Readonly<Record<string, string>> = {
  ...paramMessages,
  ...stateMessages,
};

/** The key of the message for a code in a blank; undefined for what is no code. */
function keyOf(name: string, code: string): string | undefined {
  const key =
    name === 'state'
      ? `request.${code}`
      : `param.${name}.${code.replace(/ /g, '-')}`;
  return Object.hasOwn(CODES, key) ? key : undefined;
}

/** Everything that is said in the language of the reader. */
const TABLES = [...provisioningWordTables, gpuWords];

/** `exited 1`: a code, and what its program said. */
const WITH_NUMBER = /^([a-z-]{1,40}) (\d{1,6})$/;

/** What stands in a blank, in words: codes are said, names and numbers stay. */
export function sayParam(t: Translate, name: string, value: Param): Param {
  if (typeof value !== 'string') return value;
  const [, code = value, number] = WITH_NUMBER.exec(value) ?? [];
  const key = keyOf(name, code);
  if (!key) return value;
  return number ? `${t(key)}: ${number}` : t(key);
}

/**
 * Says what the backend said in the language of the person. A code of a newer
 * backend, or one whose params do not fit, is said as the backend wrote it.
 */
export function useSpeak(): Speak {
  const { t } = useTranslationRef(provisioningTranslationRef);
  return useCallback(
    (words, text) => {
      if (!TABLES.some(table => table.knows(words))) {
        return text;
      }
      const say = t as Translate;
      const params = Object.fromEntries(
        Object.entries(words.params ?? {}).map(([name, value]) => [
          name,
          sayParam(say, name, value),
        ]),
      );
      return say(`words.${words.code}`, params);
    },
    [t],
  );
}
