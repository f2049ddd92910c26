import { toastApiRef } from '@backstage/frontend-plugin-api';
import { say } from '@fawkes/backstage-plugin-cab-common';
import { downloadBlob } from '@fawkes/kit-ui/charts';
import { refusedBy } from '@fawkes/kit-ui/testUtils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aChange,
  aPiece,
  CHANGE,
  someEvidence,
} from '../../../../dev/builders';
import { aPortal, type Answers } from '../../../__testUtils__/fakeApi';
import { renderPages } from '../../../__testUtils__/renderPages';

jest.mock('@fawkes/kit-ui/charts', () => ({
  ...jest.requireActual('@fawkes/kit-ui/charts'),
  downloadBlob: jest.fn(),
}));

function open(over: Answers = {}) {
  const api = aPortal(over);
  const post = jest.fn();
  renderPages({
    api,
    at: `/changes/${CHANGE}`,
    apis: [[toastApiRef, { post }]],
  });
  return { ...api, post };
}
const section = () => screen.findByRole('region', { name: 'Evidence' });
const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }));

it('says what is there, what is missing, and what each piece says', async () => {
  open();
  const told = await section();
  await within(told).findByText('Jonas Lindqvist');
  const asked = within(told).getByRole('list', { name: /asks for$/ });
  expect(asked).toHaveTextContent('Security scan: there');
  expect(asked).toHaveTextContent(
    'Tests: missing – A JUnit report, sent by the pipeline that ran them',
  );
  const [scan, tests] = within(
    within(told).getByRole('list', { name: 'What was attached' }),
  )
    .getAllByRole('listitem')
    .filter(item => item.textContent?.includes('attached by'));
  expect(scan).toHaveTextContent('Security scan: Verified');
  expect(scan).toHaveTextContent(
    'Trivy · worst finding: medium · 1 suppressed',
  );
  expect(scan).toHaveTextContent(
    'attached by a pipeline (repo:org/payments-api) · 12.3 kB',
  );
  expect(scan).toHaveTextContent(
    'medium: CVE-2026-1 (2×) An old parser – package.json:3',
  );
  expect(tests).toHaveTextContent('Tests: Refused');
  expect(tests).toHaveTextContent('It says nothing: no test case is in it.');
});

it('says of what does not count why, and shows no word of what may not be done', async () => {
  open({
    getEvidence: async () =>
      someEvidence({
        required: [],
        missing: [],
        items: [
          aPiece({ inPack: false }),
          aPiece({ id: 'e2', inPack: false, superseded: true }),
        ],
        attach: say('change.not_owner', {
          submitter: 'user:default/jonas',
          entity: 'component:default/x',
        }),
        download: say('evidence.bytes_whose', { entity: 'x' }),
      }),
  });
  const told = await section();
  await within(told).findByText(/It is kept beside/);
  expect(told).toHaveTextContent('Another one took its place.');
  expect(told).toHaveTextContent('Nothing has to be shown there.');
  expect(told).toHaveTextContent(/or the owner of .* may do this/);
  expect(
    within(told).queryByRole('button', { name: /Attach|Download/ }),
  ).toBeNull();
});

it('says that there is nothing, and what could not be loaded', async () => {
  open({ getEvidence: async () => someEvidence({ items: [] }) });
  expect(
    await within(await section()).findByText('Nothing is attached yet.'),
  ).toBeVisible();
});

it('attaches a file as what it was said to be', async () => {
  const api = open({
    attachEvidence: async () => ({
      item: aPiece({ kind: 'tests' }),
      changeId: CHANGE,
      state: 'board_review',
      revision: 2,
    }),
  });
  await press('Attach evidence');
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('votes no longer count');
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'Attach it' }),
  );
  expect(within(dialog).getByText('Choose a file.')).toBeVisible();
  expect(api.attachEvidence).not.toHaveBeenCalled();
  const file = new File(['<testsuite/>'], 'report.xml', { type: 'text/xml' });
  await userEvent.upload(within(dialog).getByLabelText('File'), file);
  await userEvent.click(within(dialog).getByRole('checkbox'));
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'Attach it' }),
  );
  await waitFor(() =>
    expect(api.post).toHaveBeenCalledWith(
      expect.objectContaining({ title: 'It is attached' }),
    ),
  );
  expect(api.attachEvidence).toHaveBeenCalledWith({
    id: CHANGE,
    kind: 'tests',
    supersede: true,
    body: file,
    contentType: 'text/xml',
  });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('stays open and says why where it could not be attached', async () => {
  const refused = await refusedBy(400, {
    name: 'InputError',
    message: 'x',
    ...say('EVIDENCE_TIME', { reason: '2027' }),
  });
  open({
    getChange: async () => aChange({ state: 'draft' }),
    attachEvidence: async () => {
      throw refused;
    },
  });
  await press('Attach evidence');
  const dialog = await screen.findByRole('dialog');
  expect(dialog).not.toHaveTextContent('votes no longer count');
  await userEvent.upload(
    within(dialog).getByLabelText('File'),
    new File(['x'], 'report.xml'),
  );
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'Attach it' }),
  );
  expect(
    await within(dialog).findByText('It could not be attached'),
  ).toBeVisible();
  expect(dialog).toHaveTextContent('It is from the future: 2027');
});

it('hands the bytes out under the name the backend gives them', async () => {
  const api = open({
    downloadEvidence: async () =>
      new Response('{}', {
        headers: {
          'content-disposition': 'attachment; filename="scan-abc.json"',
        },
      }),
  });
  await press(/^Download: Security scan/);
  await waitFor(() =>
    expect(downloadBlob).toHaveBeenCalledWith(
      'scan-abc.json',
      expect.any(Blob),
    ),
  );
  expect(api.downloadEvidence).toHaveBeenCalledWith({
    id: CHANGE,
    piece: 'e1',
  });
});
