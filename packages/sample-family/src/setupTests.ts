import '@fawkes/kit-ui/setupTests';

// A whole backend on two busy cores: slow is not broken.
jest.setTimeout(60_000);
