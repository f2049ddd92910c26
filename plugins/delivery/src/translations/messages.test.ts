import { expectSameMessages } from '@fawkes/kit-ui/testUtils';
import de from './de';
import { doraMessages } from './doraMessages';
import { factMessages } from './factMessages';
import { wordMessages } from './words';

it('says the same in both languages', () => {
  const messages = { ...doraMessages, ...factMessages, ...wordMessages };
  expect(() => expectSameMessages(messages, de)).not.toThrow();
});

it('has every text in one file only', () => {
  const keys = [doraMessages, factMessages, wordMessages].flatMap(messages =>
    Object.keys(messages),
  );
  expect(new Set(keys).size).toBe(keys.length);
});
