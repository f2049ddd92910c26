// What the people of the sample organisation ask to ship, and what others say about it.
import { createHash } from 'node:crypto';

const user = name => `user:default/${name}`;
const MIRA = user('mira.okafor');
const JONAS = user('jonas.lindqvist');
const IVANA = user('ivana.petrovic');
const BEATRIZ = user('beatriz.nogueira');
const ADAEZE = user('adaeze.bello');

/** No commit of anybody's: the same one each time, so that telling it twice asks once. */
const shaOf = text =>
  createHash('sha1').update(`fawkes-story/${text}`).digest('hex');

/** A scan of somebody's own machine: read and shown, and nobody vouches for it. */
const SCAN = {
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'Trivy',
          rules: [
            {
              id: 'CVE-2026-10001',
              properties: { 'security-severity': '5.3' },
            },
          ],
        },
      },
      invocations: [{ executionSuccessful: true }],
      results: [
        {
          ruleId: 'CVE-2026-10001',
          ruleIndex: 0,
          message: { text: 'An old parser of dates reads more than it should' },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'package.json' },
                region: { startLine: 31 },
              },
            },
          ],
        },
      ],
    },
  ],
};

const ROLLOUT = {
  stages: [
    { name: 'own shop', description: 'The flag is on for our own shop' },
    { name: 'everybody', description: 'The flag is on for everybody' },
  ],
  success: ['No refund is booked twice for a day'],
  owner: MIRA,
};

/**
 * In the order they are asked for. `votes` are by review, because it is the portal that
 * decides who is asked; what is told of a change stops where its votes stop.
 */
export const CHANGES = [
  {
    by: MIRA,
    entityRef: 'component:default/payments-api',
    environment: 'test',
    headSha: shaOf('refunds-in-two-steps'),
    title: 'Refunds in two steps, behind a flag',
    description: [
      '## Why\nA refund that times out is booked twice, three times last month.',
      '## Rollout\nThe flag is off at first; it goes on for our own shop, then for everybody.',
      '## Way back\nSwitch the flag off. Nothing is migrated.',
    ].join('\n\n'),
    evidence: [
      ['scan', SCAN],
      ['rollout_plan', ROLLOUT],
    ],
    votes: {
      board_review: [
        [
          BEATRIZ,
          'approve',
          'The flag makes the way back a matter of seconds.',
        ],
      ],
      peer_review: [],
    },
  },
  {
    by: JONAS,
    entityRef: 'component:default/ledger',
    environment: 'test',
    headSha: shaOf('balanced-postings'),
    title: 'Postings that do not balance are refused',
    description: [
      '## Why\nThe month-end run found four of them, and nobody can say where they came from.',
      '## Way back\nRevert; refused postings are kept and can be sent again.',
    ].join('\n\n'),
    votes: {
      board_review: [
        [BEATRIZ, 'approve', 'Refusing early is what the auditors asked for.'],
        [ADAEZE, 'approve', 'Nothing is lost, and going back was shown to me.'],
      ],
      peer_review: [[IVANA, 'approve', 'I have read it twice.']],
    },
  },
  {
    by: MIRA,
    entityRef: 'component:default/settlement-worker',
    environment: 'test',
    headSha: shaOf('payouts-without-limit'),
    title: 'Payouts are tried again until they arrive',
    description:
      '## Why\nMerchants call when a payout fails once and nobody tries again.',
    votes: {
      board_review: [
        [
          ADAEZE,
          'reject',
          'Without an end it would pay forever while a bank is down. Give it a limit and say how to stop it.',
        ],
      ],
      peer_review: [
        [
          JONAS,
          'reject',
          'Without an end it would pay forever while a bank is down. Give it a limit and say how to stop it.',
        ],
      ],
    },
  },
];
