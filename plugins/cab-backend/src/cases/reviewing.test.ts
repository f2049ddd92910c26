import type {
  ChangeState,
  ChangeType,
} from '@fawkes/backstage-plugin-cab-common';
import { wordsOfError } from '@fawkes/kit-contract';
import { reviewRefusal } from './reviewing';

const BOARD = 'group:default/board';
const OWNER = 'group:default/shopping';
const SUE = 'user:default/sue';

function refusal(
  state: ChangeState,
  type: ChangeType,
  group: string,
  { submitter = 'user:default/sam', author = 'ada' } = {},
) {
  const refused = reviewRefusal(
    { groups: { board: BOARD, security: 'group:default/security' } },
    { state, type, owner_ref: OWNER, submitter },
    {
      userRef: SUE,
      person: {
        userRef: SUE,
        emails: ['sue@x'],
        accounts: [],
        groups: [group],
      },
    },
    [{ duty: 'author', email: `${author}@x` }],
  );
  return refused && wordsOfError(refused)?.code;
}

it.each<[ChangeState, ChangeType, string, string | undefined]>([
  ['failed', 'normal', OWNER, undefined],
  ['failed', 'normal', BOARD, undefined],
  ['rolled_back', 'normal', OWNER, undefined],
  ['failed', 'normal', 'group:default/other', 'review.not_yours'],
  ['unauthorized', 'normal', OWNER, 'review.not_yours'],
  ['unauthorized', 'normal', BOARD, undefined],
  ['implemented_pending_review', 'emergency', OWNER, 'review.not_yours'],
  ['failed', 'emergency', OWNER, 'review.not_yours'],
  ['rolled_back', 'emergency', OWNER, 'review.not_yours'],
  ['failed', 'emergency', BOARD, undefined],
  ['approved', 'normal', BOARD, 'ILLEGAL_TRANSITION'],
])('a %s %s change, by one of %s: %s', (state, type, group, code) => {
  expect(refusal(state, type, group)).toBe(code);
});

it('is for nobody who had a part in it', () => {
  for (const part of [{ submitter: SUE }, { author: 'sue' }]) {
    expect(refusal('failed', 'normal', BOARD, part)).toBe('review.involved');
  }
});
