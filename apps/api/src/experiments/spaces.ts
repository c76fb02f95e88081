import type { Campaign } from '@ionloop/domain';
import { openSpace, type Space } from '@ionloop/space';
import { Recent } from '../graphql/recent.js';

/** Opened spaces by campaign: a campaign's space is fixed when it is created. */
export class Spaces {
  private readonly opened = new Recent<Space>(64);

  of({ id, space: spec }: Pick<Campaign, 'id' | 'space'>): Space {
    const known = this.opened.get(id);
    if (known) return known;
    const space = openSpace(spec);
    this.opened.set(id, space);
    return space;
  }
}
