import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.js';
import { applyTheme, readTheme } from './design/theme.js';
import './design/index.css';

applyTheme(readTheme());
const root = document.getElementById('root');
if (!root) throw new Error('The page has no place for the dashboard.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
