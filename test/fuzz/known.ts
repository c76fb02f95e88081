import type { Chance } from './chance.js';

const atMost = 400;

/** Ids that answers have told, by the type of what has them, so that requests reach more than "there is no such". */
export class Known {
  private readonly ids = new Map<string, string[]>();

  /** `kept` are never told: a run that takes back its own tokens asks as nobody from then on. */
  constructor(private readonly kept: ReadonlySet<string> = new Set()) {}

  learn(answer: unknown): void {
    if (Array.isArray(answer)) {
      for (const entry of answer.slice(0, 50)) this.learn(entry);
    } else if (typeof answer === 'object' && answer !== null) {
      const { __typename: type, id } = answer as Readonly<Record<string, unknown>>;
      if (typeof type === 'string' && typeof id === 'string') this.add(type, id);
      for (const [name, value] of Object.entries(answer)) {
        const named = /^(campaign|experiment|attempt|station|measurement)Id$/.exec(name)?.[1];
        if (named !== undefined && typeof value === 'string') this.add(capital(named), value);
        else if (name === 'endCursor' && typeof value === 'string') this.add('cursor', value);
        else if (name === 'specHash' && typeof value === 'string') this.add('specHash', value);
        else this.learn(value);
      }
    }
  }

  add(type: string, id: string): void {
    const list = this.ids.get(type) ?? [];
    if (list.includes(id) || this.kept.has(id)) return;
    list.push(id);
    // The first ones stay: what is built up in a run hangs on them.
    if (list.length > atMost) list.splice(20, 1);
    this.ids.set(type, list);
  }

  /** One of this type; of any where there is none yet. */
  id(chance: Chance, type: string | null): string {
    const own = type === null ? undefined : this.ids.get(type);
    const list = own ?? [...this.ids.values()].flat();
    return list.length === 0 ? 'none-yet' : chance.one(list);
  }

  get size(): number {
    return [...this.ids.values()].reduce((sum, list) => sum + list.length, 0);
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
