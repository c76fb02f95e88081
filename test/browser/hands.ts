import type { Page } from 'playwright-core';

/** What has the focus: its role and its name, as somebody hears them who does not see the page. */
interface Focused {
  readonly role: string;
  readonly name: string;
}

const focused = `(() => {
  const element = document.activeElement;
  if (!element) return { role: '', name: '' };
  const roles = { A: 'link', BUTTON: 'button', TEXTAREA: 'textbox', SELECT: 'combobox' };
  const input = { checkbox: 'checkbox', file: 'button' }[element.type] ?? 'textbox';
  const role = element.getAttribute('role') ?? (element.tagName === 'INPUT' ? input : roles[element.tagName] ?? '');
  const labels = [...(element.labels ?? [])].map((label) => label.textContent).join(' ');
  const name = element.getAttribute('aria-label') ?? (labels === '' ? element.textContent : labels);
  return { role, name: (name ?? '').replaceAll(/\\s+/g, ' ').trim() };
})()`;

const farthest = 200;

/** A person at the page who has a keyboard and nothing else. */
export class Hands {
  constructor(private readonly page: Page) {}

  /** From where the focus is to the next control of this name. */
  async tabTo(role: string, name: RegExp): Promise<void> {
    const passed: string[] = [];
    for (let i = 0; i < farthest; i += 1) {
      await this.page.keyboard.press('Tab');
      const at = await this.page.evaluate<Focused>(focused);
      if (at.role === role && name.test(at.name)) return;
      passed.push(`${at.role} ${at.name}`);
    }
    throw new Error(`no ${role} ${name.source} by the tab key; passed ${[...new Set(passed)].join(' · ')}`);
  }

  async press(role: string, name: RegExp): Promise<void> {
    await this.tabTo(role, name);
    await this.page.keyboard.press('Enter');
  }
}
