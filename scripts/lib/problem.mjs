/** Something the person at the keyboard can do something about: what is wrong, and what to do, without a stack. */
export class Problem extends Error {
  constructor(what, advice = []) {
    super(what);
    this.name = 'Problem';
    this.advice = advice;
  }
}

/** The end of a tool's output, without the lines that are whole files in one. */
export const lastLines = (text, count) =>
  text
    .split('\n')
    .slice(-count)
    .map(line => (line.length > 300 ? `${line.slice(0, 299)}…` : line));

export function describeFailure(error) {
  if (!(error instanceof Problem)) return error?.stack ?? String(error);
  return [`✖ ${error.message}`, ...error.advice.map(line => `  ${line}`)].join(
    '\n',
  );
}

const unreachable =
  /\b(ENOTFOUND|ECONNREFUSED|ETIMEDOUT|ECONNRESET|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_\w+|UNABLE_TO_GET_ISSUER_CERT\w*|SELF_SIGNED_CERT\w*)\b|YN0001: .*RequestError/;

const refused = /\b(YN0035|E40[134]|E5\d\d|ETARGET)\b/;

/**
 * Recognises in a tool's output the failures that people meet on a new machine, and says what to do about them.
 * Answers `undefined` for anything else, which is then shown as it is.
 */
export function recogniseFailure(output, step) {
  if (/\bENOSPC\b|no space left on device/i.test(output)) {
    return new Problem(`The disk is full: ${step} could not finish.`, [
      'Free about 3 GB (`df -h .` shows how much there is) and run the same command again.',
      'What was already downloaded is kept.',
    ]);
  }
  if (/\bYN0028\b/.test(output)) {
    return new Problem(
      'yarn.lock does not fit the package.json files of this checkout.',
      [
        'Run `yarn install`, look at the change of yarn.lock, and commit it with yours.',
      ],
    );
  }
  const code = unreachable.exec(output);
  if (code) {
    return new Problem(
      `The package registry could not be reached (${
        code[1] ?? 'request failed'
      }) while ${step}.`,
      [
        'Check that this prints the registry you expect: npm config get registry',
        'Check that it answers: npm ping',
        'Behind a proxy, set it: npm config set https-proxy http://<host>:<port>',
        'With a certificate of your own: export NODE_EXTRA_CA_CERTS=<file.pem>',
        'A second run continues where this one stopped.',
      ],
    );
  }
  const refusal = refused.exec(output);
  if (refusal) {
    return new Problem(
      `The package registry did not hand out what was asked for (${refusal[1]}) while ${step}.`,
      [
        ...output
          .split('\n')
          .filter(line => refused.test(line))
          .slice(0, 5),
        'Check that this prints the registry you expect: npm config get registry',
        'A mirror may be behind, or ask for a login: npm whoami',
      ],
    );
  }
  return undefined;
}
