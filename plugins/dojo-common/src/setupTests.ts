// Real databases and servers on two busy cores: slow is not broken.
jest.setTimeout(60_000);
