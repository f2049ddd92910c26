import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aPortal } from '../../__testUtils__/fakeApi';
import { renderPages, type PageOptions } from '../../__testUtils__/renderPages';

beforeEach(() => localStorage.clear());

const open = (search = '', options: Partial<PageOptions> = {}) =>
  renderPages({
    api: aPortal(),
    at: `/provisioning/gpu${search}`,
    ...options,
  });
const drawn = async (name: string | RegExp = /^Memory units/) => {
  const list = await screen.findByRole('list', { name });
  return within(list)
    .getAllByRole('listitem')
    .map(item => item.getAttribute('aria-label') ?? item.textContent);
};
const press = (name: string) =>
  userEvent.click(screen.getByRole('button', { name }));

describe('trying out GPUs', () => {
  it('draws where each instance lies', async () => {
    open('?cut=3g.40gb&cut=2g.20gb&cut=1g.10gb&cut=1g.10gb');
    expect(await screen.findByText('It goes')).toBeVisible();
    expect(await drawn()).toEqual([
      '2g.20gb0–1',
      '1g.10gb2–2',
      '1g.10gb3–3',
      '3g.40gb4–7',
    ]);
  });

  it('says why a layout does not fit, and takes what would', async () => {
    open('?cut=3g.40gb&cut=3g.40gb&cut=1g.10gb&count=1');
    expect(await screen.findByText('It does not go so')).toBeVisible();
    expect(
      screen.getByText(
        'GPU 0 has 7 compute slices and 8 memory units; that takes 7 and 9',
      ),
    ).toBeVisible();
    await press('Take 2 × 3g.40gb');
    expect(await screen.findByText('It goes')).toBeVisible();
    expect(await drawn()).toEqual(['3g.40gb0–3', '3g.40gb4–7']);
    expect(
      screen.queryByRole('heading', { name: 'What would fit instead' }),
    ).toBeNull();
  });

  it('fills as one chooses', async () => {
    open('?cut=3g.40gb');
    expect(await drawn()).toContain('Memory unit 4 is free');
    await press('One 4g.40gb more');
    expect(await drawn()).toEqual(['4g.40gb0–3', '3g.40gb4–7']);
    await press('One 3g.40gb less');
    expect(await drawn()).toHaveLength(5);
    await press('One 4g.40gb less');
    expect(await drawn()).toHaveLength(8);
    expect(screen.getByLabelText('4g.40gb wanted')).toHaveTextContent('0');
    expect(screen.getByText(/nobody can use it/)).toBeVisible();
  });

  it('says what does not go where, by its code', async () => {
    open('?sharing=mps&environment=container&share=99');
    const found = await screen.findByRole('list', { name: 'What was found' });
    expect(found).toHaveTextContent('MPS takes 1 to 48 clients, not 99');
    expect(found).toHaveTextContent('mps is set by the host of the container');
    expect(screen.queryByRole('list', { name: 'Profiles' })).toBeNull();
  });

  it('asks for what vGPUs take, and for what the machine can', async () => {
    open('?sharing=vgpu&environment=virtual_host&binding=host');
    const found = await screen.findByRole('list', { name: 'What was found' });
    expect(found).toHaveTextContent(/vGPU/);
    await userEvent.type(
      screen.getByRole('textbox', { name: /^vGPU type/ }),
      'H100-20C',
    );
    expect(
      await screen.findByText('vGPU needs a licence server (host:port)'),
    ).toBeVisible();
    await userEvent.type(
      screen.getByRole('textbox', { name: /^Licence server/ }),
      'licence.example.org:7070',
    );
    expect(
      screen.queryByText('vGPU needs a licence server (host:port)'),
    ).toBeNull();
    expect(screen.getByRole('button', { name: /IOMMU/ })).toBeVisible();
    expect(screen.getByLabelText('address')).toHaveTextContent(
      'vgpuType=H100-20C',
    );
  });

  it('says nothing of what the API would not take, but what is wrong with it', async () => {
    open('?sharing=vgpu&vgpuType=H100-20C&vgpuCount=0&licence=nonsense');
    const told = await screen.findAllByRole('alert');
    expect(told.map(each => each.textContent)).toEqual([
      '1 to 64.',
      'A host and a port, e.g. licence.example.org:7070.',
    ]);
    expect(screen.queryByRole('heading', { name: 'Does it go?' })).toBeNull();
  });

  it('knows when one strategy takes equal instances alone', async () => {
    open('?cut=3g.40gb&cut=1g.10gb&strategy=single');
    expect(await screen.findByText('It does not go so')).toBeVisible();
  });

  it('forgets what another board cannot be cut into', async () => {
    open('?gpu=0x20B010DE&cut=3g.40gb&cut=3g.20gb');
    expect(await drawn()).toEqual([
      '3g.20gb0–3',
      'Memory unit 4 is free',
      'Memory unit 5 is free',
      'Memory unit 6 is free',
      'Memory unit 7 is free',
    ]);
  });

  it('is a tab beside the list, for everybody', async () => {
    open();
    expect(
      await screen.findByRole('link', { name: 'GPU layouts' }),
    ).toHaveAttribute('href', '/provisioning/gpu');
    expect(screen.queryByRole('link', { name: 'Operator' })).toBeNull();
  });

  it('is German for whoever reads German', async () => {
    open('?cut=3g.40gb&cut=3g.40gb&cut=1g.10gb', { language: 'de' });
    expect(await screen.findByText('So geht es nicht')).toBeVisible();
    expect(screen.getAllByText(/GPU 0 hat 7 Compute-Slices/)[0]).toBeVisible();
  });
});
