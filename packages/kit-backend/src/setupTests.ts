// Real databases on busy cores: slow is not broken.
jest.setTimeout(60_000);
