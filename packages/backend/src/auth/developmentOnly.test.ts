import { mockServices } from '@backstage/backend-test-utils';
import { developmentSignInEnabled } from './developmentOnly';

const configured = (environment?: string, listen: {} = { host: '127.0.0.1' }) =>
  mockServices.rootConfig({
    data: {
      backend: { listen },
      auth: { environment, providers: { 'fawkes-dev': {} } },
    },
  });

describe('developmentSignInEnabled', () => {
  it.each(['development', 'test'])('is on with NODE_ENV=%s', nodeEnv => {
    expect(developmentSignInEnabled(configured('development'), nodeEnv)).toBe(
      true,
    );
  });

  it.each(['production', undefined, '', 'staging'])(
    'is off, and no error, where nobody configured it (NODE_ENV=%s)',
    nodeEnv => {
      const config = mockServices.rootConfig({
        data: { auth: { environment: 'production', providers: {} } },
      });
      expect(developmentSignInEnabled(config, nodeEnv)).toBe(false);
    },
  );

  it.each(['production', undefined, '', 'staging'])(
    'refuses NODE_ENV=%s',
    nodeEnv => {
      expect(() =>
        developmentSignInEnabled(configured('development'), nodeEnv),
      ).toThrow(/auth\.providers\.fawkes-dev .* NODE_ENV is/);
    },
  );

  it.each(['production', 'staging', undefined])(
    'refuses auth.environment=%s',
    environment => {
      expect(() =>
        developmentSignInEnabled(configured(environment), 'development'),
      ).toThrow(/auth\.providers\.fawkes-dev .* auth\.environment is/);
    },
  );

  it.each([{ port: 7007 }, { host: '0.0.0.0' }, ':7007', '10.0.0.1:7007'])(
    'refuses backend.listen %j, and says what to set',
    listen => {
      expect(() =>
        developmentSignInEnabled(
          configured('development', listen),
          'development',
        ),
      ).toThrow(
        /auth\.providers\.fawkes-dev .* backend\.listen has the host '.*set backend\.listen\.host to 127\.0\.0\.1/,
      );
    },
  );
});
