/* global document, localStorage, matchMedia */
/* In the reader's browser: search, which loads its index when it is first used; the menu on narrow screens; light or dark. Works from files. */
(() => {
  const root = document.documentElement;
  const base = root.dataset.root;
  const theme = localStorage.getItem('ionloop-docs-theme');
  if (theme) root.dataset.theme = theme;

  document.querySelector('.theme').addEventListener('click', () => {
    const dark = root.dataset.theme
      ? root.dataset.theme === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    localStorage.setItem('ionloop-docs-theme', root.dataset.theme);
  });

  const menu = document.querySelector('.menu');
  menu.addEventListener('click', () => {
    const open = menu.getAttribute('aria-expanded') !== 'true';
    menu.setAttribute('aria-expanded', String(open));
    document.getElementById('pages').classList.toggle('open', open);
  });

  const query = document.getElementById('query');
  const found = document.getElementById('found');
  let index;
  const load = () =>
    (index ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = `${base}site/search.js`;
      script.onload = () => resolve(globalThis.ionloopSearch());
      script.onerror = reject;
      document.head.append(script);
    }));

  const line = ({ title, heading, address, start }) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = base + address;
    link.textContent = heading ? `${title} › ${heading}` : title;
    const text = document.createElement('span');
    text.textContent = start;
    link.append(text);
    item.append(link);
    return item;
  };

  query.addEventListener('input', async () => {
    const asked = query.value.trim();
    if (asked === '') {
      found.hidden = true;
      return;
    }
    const pages = await load();
    if (query.value.trim() !== asked) return;
    const hits = pages
      .search(asked, { prefix: true, fuzzy: 0.15, boost: { title: 4, heading: 3 } })
      .slice(0, 12);
    found.replaceChildren(...hits.map(line));
    if (hits.length === 0) {
      const none = document.createElement('li');
      none.textContent = `Nothing about “${asked}”`;
      found.append(none);
    }
    found.hidden = false;
  });

  const move = (by) => {
    const links = [query, ...found.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  };
  document.addEventListener('keydown', (event) => {
    const searching = document.querySelector('search').contains(document.activeElement);
    if (event.key === '/' && !searching) {
      event.preventDefault();
      query.focus();
    } else if (searching && event.key === 'Escape') {
      found.hidden = true;
      query.focus();
    } else if (searching && (event.key === 'ArrowDown' || event.key === 'ArrowUp') && !found.hidden) {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (searching && event.key === 'Enter' && document.activeElement === query) {
      found.querySelector('a')?.click();
    }
  });
  document.addEventListener('click', (event) => {
    if (!document.querySelector('search').contains(event.target)) found.hidden = true;
  });
})();
