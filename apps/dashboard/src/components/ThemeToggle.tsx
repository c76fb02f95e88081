import { type JSX, useState } from 'react';
import { applyTheme, readTheme, type Theme } from '../design/theme.js';

const next: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const words: Readonly<Record<Theme, string>> = { system: 'Auto', light: 'Light', dark: 'Dark' };

export function ThemeToggle(): JSX.Element {
  const [theme, setTheme] = useState(readTheme);
  const change = (): void => {
    applyTheme(next[theme]);
    setTheme(next[theme]);
  };
  return (
    <button type="button" className="button quiet small" onClick={change}>
      <span aria-hidden="true">◑</span>
      <span className="visually-hidden">Colours: </span>
      {words[theme]}
    </button>
  );
}
