import { readFileSync } from 'node:fs';
import { parseDeliveryEvent } from '@fawkes/backstage-plugin-delivery-common';
import {
  examples,
  map,
  resolveAll,
  type Payload,
} from './__testUtils__/examples';

describe('the payloads GitHub publishes', () => {
  const answers = examples.map(({ event, action, payload }) => ({
    event,
    action,
    mapped: map(event, payload),
  }));

  it('are all there', () => {
    expect(examples).toHaveLength(329);
  });

  it('tell what they are known to tell', () => {
    const counts: Record<string, number> = {};
    for (const { event, mapped } of answers) {
      const key = `${event} ${mapped.outcome}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    const telling = Object.entries(counts).filter(
      ([key]) =>
        key.endsWith('claims') ||
        key.endsWith('rejected') ||
        /^(push|issues|pull_request_review) /.test(key),
    );
    expect(Object.fromEntries(telling)).toEqual({
      'deployment claims': 4,
      'deployment_status claims': 4,
      'issues ignored': 29,
      'pull_request claims': 29,
      'pull_request_review ignored': 4,
      'push claims': 2,
      'push ignored': 5,
      'repository claims': 6,
    });
  });

  it('are ignored with a reason that names the event', () => {
    const nameless = answers.filter(
      ({ event, mapped }) =>
        mapped.outcome === 'ignored' &&
        !new RegExp(`^GitHub event ${event}\\b.`).test(mapped.reason),
    );
    expect(nameless).toEqual([]);
  });

  it('make claims that pass the canonical contract', () => {
    const claims = answers.flatMap(({ mapped }) =>
      mapped.outcome === 'claims' ? mapped.claims : [],
    );
    const events = claims.flatMap(claim =>
      claim.claim === 'whole' ? [claim.event] : [],
    );
    expect(events.map(event => parseDeliveryEvent(event, Date.now()))).toEqual(
      events.map(event => ({ ok: true, event })),
    );
    const alone = claims.flatMap(claim => [...resolveAll([claim]).values()]);
    expect(new Set(alone.map(fact => fact.status))).toEqual(new Set(['known']));
  });

  it('make the same facts in any order', () => {
    const claims = answers.flatMap(({ mapped }) =>
      mapped.outcome === 'claims' ? mapped.claims : [],
    );
    const sorted = (facts: Map<string, unknown>) => [...facts].sort();
    expect(sorted(resolveAll([...claims].reverse()))).toEqual(
      sorted(resolveAll(claims)),
    );
  });
});

describe.each(['31', '32', '33', '34', '35'])(
  'the payloads of GitHub Enterprise Server, folder ghes-%s',
  version => {
    const definitions: { name: string; examples: Payload[] }[] = JSON.parse(
      readFileSync(
        require.resolve(
          `@octokit/webhooks-examples/ghes-${version}/index.json`,
        ),
        'utf8',
      ),
    );
    const answers = definitions.flatMap(({ name, examples: payloads }) =>
      payloads.map(payload => map(name, payload)),
    );

    it('are understood', () => {
      expect(answers.filter(({ outcome }) => outcome === 'rejected')).toEqual(
        [],
      );
    });

    it('tell facts of that server', () => {
      const sources = answers.flatMap(mapped =>
        mapped.outcome === 'claims'
          ? mapped.claims.map(claim =>
              claim.claim === 'whole' ? claim.event.source : claim.source,
            )
          : [],
      );
      const others = sources.filter(
        source =>
          ![
            'octocoders.github.io/codertocat',
            // Newer ones tell of repositories of an organisation too.
            'octocoders.github.io/octocoders',
          ].includes(source),
      );
      expect(others).toEqual([]);
      expect(sources).toContain('octocoders.github.io/codertocat');
    });
  },
);

describe('payloads nobody publishes', () => {
  it.each([undefined, null, 'text', 7, [], {}, { action: {} }])(
    'rejects %j with a path and never throws',
    payload => {
      for (const event of [
        'deployment',
        'deployment_status',
        'push',
        'pull_request',
        'pull_request_review',
        'issues',
      ]) {
        expect(map(event, payload)).toMatchObject({
          outcome: 'rejected',
          fault: { path: expect.any(String), reason: expect.any(String) },
        });
      }
    },
  );

  it.each([...examples.keys()])(
    'survives example %i with any one top field gone',
    index => {
      const { event, payload } = examples[index];
      for (const name of Object.keys(payload)) {
        const { [name]: _gone, ...rest } = payload;
        expect(['claims', 'ignored', 'rejected']).toContain(
          map(event, rest).outcome,
        );
      }
    },
  );
});
