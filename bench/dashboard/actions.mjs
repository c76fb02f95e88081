/** What somebody does with a campaign. Opening a view is told of; what is done in it must not block. */
const listed = (page) => page.getByText(/listed(; scroll on for more)?\.$/).first();
const panel = (page) => page.getByRole('region', { name: /^Candidates/ });
const list = (page) => page.getByRole('region', { name: /^Experiments that ended/ });

const scrolled = async (page, steps) => {
  await list(page).hover();
  for (let i = 0; i < steps; i += 1) {
    await page.mouse.wheel(0, 420);
    await page.waitForTimeout(60);
  }
};

const wheeled = async (page, steps) => {
  for (let i = 0; i < steps; i += 1) {
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(40);
  }
};

export const actions = [
  {
    what: 'The overview is opened',
    counted: false,
    act: async (page, { campaign }) => {
      await page.goto(campaign);
      await listed(page).waitFor({ timeout: 180_000 });
      await list(page).scrollIntoViewIfNeeded();
      await page.waitForTimeout(4000);
    },
  },
  {
    what: 'Results are scrolled through',
    counted: true,
    act: (page) => scrolled(page, 120),
  },
  {
    what: 'and back to the top',
    counted: true,
    act: async (page) => {
      await list(page).evaluate((frame) => frame.scrollTo({ top: 0 }));
      await page.waitForTimeout(800);
    },
  },
  {
    what: 'Its plots are pointed at',
    counted: true,
    act: async (page) => {
      const plot = page.locator('.plot-canvas svg').first();
      await plot.scrollIntoViewIfNeeded();
      const box = await plot.boundingBox();
      for (let i = 0; i < 40; i += 1) {
        await page.mouse.move(box.x + (box.width * i) / 40, box.y + box.height * (0.3 + 0.01 * i));
        await page.waitForTimeout(30);
      }
      await list(page).scrollIntoViewIfNeeded();
    },
  },
  {
    what: 'Results are filtered by what is typed',
    counted: true,
    act: async (page, { experiments }) => {
      const field = page.getByLabel('Number, point, reason or note');
      await field.pressSequentially(String(experiments - 7), { delay: 90 });
      await page.getByText(/^All \d+ are listed/).waitFor({ timeout: 120_000 });
      await field.fill('');
      await page.getByText(/scroll on for more/).waitFor({ timeout: 120_000 });
    },
  },
  {
    what: 'Results are sorted by their value',
    counted: true,
    act: async (page) => {
      await list(page)
        .getByRole('button', { name: /conductivity/ })
        .click();
      await page.waitForTimeout(3000);
      await scrolled(page, 20);
    },
  },
  {
    what: 'The space is opened',
    counted: false,
    act: async (page, { campaign }) => {
      await page.goto(`${campaign}/space`);
      await page.getByRole('heading', { name: 'Coverage' }).waitFor({ timeout: 120_000 });
      await page.waitForTimeout(6000);
    },
  },
  {
    what: 'and scrolled',
    counted: true,
    act: (page) => wheeled(page, 40),
  },
  {
    what: 'The record is opened',
    counted: false,
    act: async (page, { campaign }) => {
      await page.goto(`${campaign}/record`);
      await page.locator('ol.record > li').first().waitFor({ timeout: 120_000 });
      await page.waitForTimeout(3000);
    },
  },
  {
    what: 'and filtered by kind',
    counted: true,
    act: async (page) => {
      await page.getByLabel('About').selectOption('results');
      await page.waitForTimeout(1500);
      await page.locator('ol.record > li').first().waitFor({ timeout: 120_000 });
      await wheeled(page, 20);
    },
  },
  {
    what: 'A million candidates are opened',
    counted: false,
    act: async (page, { candidates }) => {
      await page.goto(`${candidates}/space`);
      await panel(page).getByRole('row').nth(5).waitFor({ timeout: 600_000 });
      await page.waitForTimeout(3000);
    },
  },
  {
    what: 'and scrolled',
    counted: true,
    act: (page) => wheeled(page, 40),
  },
  {
    what: 'filtered by what is typed',
    counted: true,
    act: async (page) => {
      await panel(page).getByLabel('Contains').pressSequentially('17', { delay: 120 });
      await page.waitForTimeout(4000);
      await panel(page).getByLabel('Contains').fill('');
      await page.waitForTimeout(3000);
    },
  },
  {
    what: 'sorted, and read on page by page',
    counted: true,
    act: async (page) => {
      await panel(page)
        .getByRole('button', { name: /^Predicted/ })
        .click();
      await page.waitForTimeout(2500);
      for (let i = 0; i < 5; i += 1) {
        await panel(page).getByRole('button', { name: 'Next' }).click();
        await page.waitForTimeout(1500);
      }
    },
  },
];
