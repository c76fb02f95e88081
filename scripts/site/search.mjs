import MiniSearch from 'minisearch';
import { addressOf } from './render.mjs';

/** Shared with the reader's script, which gets it as text. */
export const searchOptions = {
  fields: ['title', 'heading', 'text'],
  storeFields: ['title', 'heading', 'address', 'start'],
};

/** Each heading with the text below it is one thing to find. */
export function searchIndex(pages) {
  const index = new MiniSearch(searchOptions);
  index.addAll(
    pages.flatMap(({ page, title, headings }) =>
      headings.map(({ id, level, text, below }) => ({
        id: `${page}#${id}`,
        title,
        heading: level === 1 ? '' : text,
        text: below,
        start: below.replace(/\s+/g, ' ').slice(0, 140).replace(/\S*$/, '…'),
        address: addressOf(page) + (level === 1 ? '' : `#${id}`),
      })),
    ),
  );
  return JSON.stringify(index);
}
