import '@testing-library/jest-dom';

// The styles of Backstage's older components meet a rule jsdom cannot parse, and say so for every
// component of every test. Nothing in this package can be done about it, so that line is left out.
const { warn } = console;
jest.spyOn(console, 'warn').mockImplementation((...args) => {
  if (!String(args[0]).includes('processedRuleToParse is not defined')) {
    warn(...args);
  }
});
