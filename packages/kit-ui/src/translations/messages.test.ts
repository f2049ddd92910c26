import { expectSameMessages } from '../testUtils/expectSameMessages';
import { messages } from './messages';
import { messagesDe } from './messages.de';

it('says the same in both languages', () => {
  expect(() => expectSameMessages(messages, messagesDe)).not.toThrow();
});

it('finds what one language lacks, or fills in differently', () => {
  const one = { hello: 'Hello {{name}}', bye: 'Bye' };
  expect(() => expectSameMessages(one, { hello: 'Hallo {{name}}' })).toThrow();
  expect(() =>
    expectSameMessages(one, { hello: 'Hallo {{nane}}', bye: 'Tschüss' }),
  ).toThrow();
  expect(() =>
    expectSameMessages(one, { hello: 'Hallo {{name}}', bye: ' ' }),
  ).toThrow();
  expectSameMessages(one, { hello: 'Hallo {{name}}', bye: 'Tschüss' });
});
