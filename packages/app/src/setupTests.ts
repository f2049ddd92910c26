import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A whole app renders in these tests. It takes a second on an idle machine and many on a busy one;
// waiting longer costs nothing where all is well.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);

// The styles of Backstage's older components meet a rule jsdom cannot parse, and say so for every
// component of every test. Nothing in this package can be done about it, so that line is left out.
const { warn } = console;
jest.spyOn(console, 'warn').mockImplementation((...args) => {
  if (!String(args[0]).includes('processedRuleToParse is not defined')) {
    warn(...args);
  }
});
