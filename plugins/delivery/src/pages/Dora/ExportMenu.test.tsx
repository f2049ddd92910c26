import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  metricsAnswer,
  metricsByAnswer,
  metricsRow,
} from '../../__testUtils__/answers';
import { ExportMenu } from './ExportMenu';

const answer = metricsAnswer();
const by = metricsByAnswer([
  metricsRow('b', { sample: true }),
  metricsRow('a'),
]);

/** Text of what is handed to the browser as a file. */
function downloads() {
  const blobs: Blob[] = [];
  URL.createObjectURL = jest.fn((blob: Blob) => {
    blobs.push(blob);
    return 'blob:x';
  });
  URL.revokeObjectURL = jest.fn();
  const names: string[] = [];
  jest
    .spyOn(HTMLAnchorElement.prototype, 'click')
    .mockImplementation(function click(this: HTMLAnchorElement) {
      names.push(this.download);
    });
  const text = () => blobs[blobs.length - 1].text();
  return { names, text };
}

async function choose(item: string) {
  const files = downloads();
  renderInTestApp(
    <ExportMenu
      answer={answer}
      by={by}
      sort="name"
      link="https://portal.example/delivery?days=30"
    />,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Export' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: item }));
  return { name: files.names[0], text: await files.text() };
}

afterEach(() => jest.restoreAllMocks());

describe('ExportMenu', () => {
  it('writes the cards', async () => {
    const { name, text } = await choose('Metrics as CSV');
    expect(name).toBe('delivery-metrics.csv');
    expect(text.split('\r\n').slice(0, 6)).toEqual([
      'metric,value,unit,previous,difference,verdict,band,sample_size,reason',
      'deployments_per_day,4.3,per_day,4.2,0.1,noise,elite,129,',
      'lead_time_p50_seconds,120960,seconds,153360,-32400,better,high,412,',
      'recovery_p50_seconds,2820,seconds,2820,0,same,elite,9,',
      'change_fail_rate,0.081,share,0.061,0.02,worse,high,129,',
      'rework_rate,,share,,,unknown,,0,No source tells which deployments were unplanned.',
    ]);
  });

  it('writes the development over time, unknown as empty', async () => {
    const { text } = await choose('Development over time as CSV');
    const [head, , second] = text.split('\r\n');
    expect(head).toBe(
      'start,end,deployments,lead_time_p50_seconds,lead_time_p90_seconds,change_fail_rate,recovery_p50_seconds,recovery_p90_seconds,rework_rate,complete',
    );
    expect(second).toBe(
      '2026-03-09T00:00:00.000Z,2026-03-16T00:00:00.000Z,31,140400,284400,0.08,,,,true',
    );
  });

  it('writes the table in the order it is shown', async () => {
    const { name, text } = await choose('Teams as CSV');
    expect(name).toBe('delivery-teams.csv');
    expect(
      text
        .split('\r\n')
        .slice(1, 3)
        .map(line => line.split(',').slice(0, 6)),
    ).toEqual([
      ['component:default/a', 'a', 'false', '4.3', 'elite', '129'],
      ['component:default/b', 'b', 'true', '4.3', 'elite', '129'],
    ]);
  });

  it('writes everything as JSON, with the link to see it again', async () => {
    const { name, text } = await choose('Everything shown as JSON');
    expect(name).toBe('delivery.json');
    const file = JSON.parse(text);
    expect(file.link).toBe('https://portal.example/delivery?days=30');
    expect(file.metrics).toEqual(answer);
    expect(
      file.by.items.map(
        (row: { entity: { title: string } }) => row.entity.title,
      ),
    ).toEqual(['a', 'b']);
  });
});
