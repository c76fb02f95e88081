import type { Campaign } from '@ionloop/domain';
import { openSpace, type Space } from '@ionloop/space';
import { Recent } from '../graphql/recent.js';

/** Opened spaces by campaign, as its settings are now. */
export class Spaces {
  private readonly opened = new Recent<Space>(64);

  of({ id, revision, space: spec }: Pick<Campaign, 'id' | 'revision' | 'space'>): Space {
    const key = `${id}@${revision}`;
    const known = this.opened.get(key);
    if (known) return known;
    const space = openSpace(spec);
    this.opened.set(key, space);
    return space;
  }
}
