import { expectSameMessages } from '@fawkes/kit-ui/testUtils';
import de from './de';
import { doraMessages } from './doraMessages';
import { factMessages } from './factMessages';

it('says the same in both languages', () => {
  const messages = { ...doraMessages, ...factMessages };
  expect(() => expectSameMessages(messages, de)).not.toThrow();
});

it('has every text in one file only', () => {
  const inBoth = Object.keys(doraMessages).filter(key => key in factMessages);
  expect(inBoth).toEqual([]);
});
