import { existsSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import hljs from 'highlight.js/lib/common';
import MarkdownIt from 'markdown-it';
import anchor from 'markdown-it-anchor';
import { root } from '../steps.mjs';

/** As GitHub makes them, so that a link to a heading works in both places. */
const slugify = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

const escapeHtml = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

const languages = { mjs: 'js', sh: 'bash', jsonc: 'json' };

const highlight = (code, language) => {
  const name = languages[language] ?? language;
  return name && hljs.getLanguage(name) ? hljs.highlight(code, { language: name }).value : escapeHtml(code);
};

const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false, highlight }).use(anchor, {
  slugify,
  tabIndex: false,
  permalink: anchor.permalink.headerLink({ safariReaderFix: true, class: 'to-heading' }),
});
const wide = (name) => (tokens, i, options, env, self) =>
  name === 'open'
    ? `<div class="wide" tabindex="0">${self.renderToken(tokens, i, options)}`
    : `${self.renderToken(tokens, i, options)}</div>`;
markdown.renderer.rules['table_open'] = wide('open');
markdown.renderer.rules['table_close'] = wide('close');

/** `docs/loop.md` → `docs/loop.html`; a README is the index of its folder. */
export const addressOf = (page) =>
  page.endsWith('README.md') ? posix.join(posix.dirname(page), 'index.html') : page.replace(/\.md$/, '.html');

/**
 * A page of the repository as what the site shows: its title, its headings with the text below each, and HTML whose links
 * lead to pages of the site, and to copies of the files that are none. Both kinds of links are reported.
 */
export function render(page, text, isPage) {
  const tokens = markdown.parse(text, {});
  const files = new Set();
  const links = [];
  const resolve = (link) => {
    if (/^[a-z]+:/.test(link) || link.startsWith('#')) {
      if (link.startsWith('#')) links.push({ page, fragment: link.slice(1) });
      return link;
    }
    const [path, fragment] = link.split('#');
    const target = posix.normalize(posix.join(posix.dirname(page), decodeURI(path))).replace(/\/$/, '');
    const found = [target, `${target}/README.md`].find((name) => isPage(name)) ?? firstOf(target);
    if (found !== undefined && isPage(found)) {
      links.push({ page: found, fragment });
      return relative(page, addressOf(found)) + (fragment === undefined ? '' : `#${fragment}`);
    }
    if (!existsSync(join(root, target))) throw new Error(`${page} links to ${link}, which is not there`);
    if (statSync(join(root, target)).isDirectory()) return undefined;
    files.add(target);
    return relative(page, target);
  };
  const firstOf = (folder) => isPage.first(folder);
  visit(tokens, (token) => {
    for (const name of ['href', 'src']) {
      const link = token.attrGet?.(name);
      if (!link || token.meta?.anchor || token.attrGet('class') === 'to-heading') continue;
      const to = resolve(link);
      if (to !== undefined) token.attrSet(name, to);
    }
  });
  const headings = headingsOf(tokens);
  const title = headings.find(({ level }) => level === 1)?.text ?? page;
  return {
    page,
    title,
    headings,
    files,
    links,
    html: markdown.renderer.render(tokens, markdown.options, {}),
  };
}

function visit(tokens, see) {
  for (const token of tokens) {
    see(token);
    if (token.children) visit(token.children, see);
  }
}

function headingsOf(tokens) {
  const headings = [];
  for (const [i, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const text = plainText(tokens[i + 1]);
      headings.push({ id: token.attrGet('id'), level: Number(token.tag.slice(1)), text, below: '' });
    } else if (headings.length > 0 && tokens[i - 1]?.type !== 'heading_open') {
      if (token.type === 'inline') headings.at(-1).below += `${plainText(token)} `;
      if (token.type === 'fence') headings.at(-1).below += `${token.content} `;
    }
  }
  return headings;
}

const plainText = (token) =>
  (token.children ?? [])
    .filter(({ type }) => ['text', 'code_inline', 'softbreak'].includes(type))
    .map(({ type, content }) => (type === 'softbreak' ? ' ' : content))
    .join('');

export const relative = (from, to) => posix.relative(dirname(addressOf(from)), to) || posix.basename(to);
