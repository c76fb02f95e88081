import { addressOf, relative } from './render.mjs';

const escapeHtml = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

/** A whole HTML page around what a Markdown page became: where one is, what is on it, what comes before and after. */
export function frame({ page, title, headings, html }, sections, titleOf) {
  const order = sections.flatMap(({ pages }) => pages);
  const here = order.indexOf(page);
  const to = (file) => relative(page, file);
  const link = (other, text = titleOf(other)) =>
    `<a href="${to(addressOf(other))}"${other === page ? ' aria-current="page"' : ''}>${escapeHtml(text)}</a>`;
  const section = sections.find(({ pages }) => pages.includes(page));
  const navigation = sections
    .map(
      (one) =>
        `<details${one === section ? ' open' : ''}><summary>${one.title}</summary><ul>${one.pages
          .map((other) => `<li>${link(other)}</li>`)
          .join('')}</ul></details>`,
    )
    .join('\n');
  const onPage = headings.filter(({ level }) => level === 2 || level === 3);
  const beside =
    onPage.length < 2
      ? ''
      : `<nav class="beside" aria-label="On this page"><p>On this page</p><ul>${onPage
          .map(
            ({ id, level, text }) =>
              `<li class="level-${level}"><a href="#${id}">${escapeHtml(text)}</a></li>`,
          )
          .join('')}</ul></nav>`;
  const step = (other, name) =>
    other === undefined ? '<span></span>' : `<span>${name}<br>${link(other)}</span>`;
  return `<!doctype html>
<html lang="en" data-root="${to('index.html').replace(/index\.html$/, '')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page === 'README.md' ? 'Ionloop' : `${title} · Ionloop`)}</title>
<link rel="stylesheet" href="${to('site/look.css')}">
<script src="${to('site/reader.js')}" defer></script>
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
<header>
<button type="button" class="menu" aria-expanded="false" aria-controls="pages">Pages</button>
${link('README.md', 'Ionloop').replace('<a ', '<a class="name" ')}
<search><label for="query">Search</label><input id="query" type="search" placeholder="Search (press /)" autocomplete="off"><ol id="found" aria-live="polite" hidden></ol></search>
<button type="button" class="theme">Dark or light</button>
</header>
<div class="columns">
<nav id="pages" aria-label="Pages">
${navigation}
</nav>
<main id="text">
${html}
<footer>${step(order[here - 1], 'Before')}${step(order[here + 1], 'Next')}</footer>
</main>
${beside}
</div>
</body>
</html>
`;
}
