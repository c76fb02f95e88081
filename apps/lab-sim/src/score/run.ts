import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCampaign } from './campaign.js';
import { isSound, linesOf } from './print.js';
import { readJournal } from './read-journal.js';
import { scoreOf } from './score.js';

/** `score`: 0 where nothing was lost, doubled or made up, 1 where something was. */
export async function score(
  argv: readonly string[],
  token: string | undefined,
  say: (line: string) => void,
): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      journal: { type: 'string' },
      url: { type: 'string' },
      campaign: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const given = (name: 'journal' | 'url' | 'campaign'): string => {
    const value = values[name];
    if (value === undefined) throw new TypeError(`--${name} is missing`);
    return value;
  };
  const journal = readJournal(given('journal'));
  const campaign = await readCampaign(given('url'), token ?? null, given('campaign'));
  const result = scoreOf(journal, campaign);
  for (const line of linesOf(result)) say(line);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
  return isSound(result) ? 0 : 1;
}
